using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Plimsoll.Crash.Tests;

/// <summary>A venue in a process of its own, spoken to in lines.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly BlockingCollection<string> _told = [];

    public HostProcess(string file, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Plimsoll.Crash.Host.dll"), file, .. more]) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _reading = Task.Run(Read);
    }

    /// <summary>The next line, or none where the process has ended and all it said was read.</summary>
    public string? Hear(TimeSpan patience) => _told.TryTake(out string? line, patience) ? line : null;

    /// <summary>Says a line; a process that is gone hears nothing.</summary>
    public bool Say(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL, and then whatever it had still said.</summary>
    public IEnumerable<string> Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _reading.Wait();

        return _told;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        _told.Dispose();
    }

    private void Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line) _told.Add(line);
        _told.CompleteAdding();
    }
}
