using System.Diagnostics;

namespace Plimsoll.Cli.Tests;

/// <summary>The program as a process of its own, where the environment matters.</summary>
internal static class Spawned
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<Typed> Plimsoll((string Name, string Value)? variable, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "plimsoll.dll"));
        foreach (string arg in args) start.ArgumentList.Add(arg);
        if (variable is { } set) start.Environment[set.Name] = set.Value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }

        return new Typed(process.ExitCode, await output, await error);
    }
}
