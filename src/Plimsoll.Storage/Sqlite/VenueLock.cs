using System.Globalization;
using System.Text;
using Plimsoll.Units;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// The right to write a venue: a file beside it, held exclusively as long as the process lives and naming it. The
/// system takes the lock back when the process dies, so a crash leaves nothing to clean up; the empty file stays,
/// because removing it could take it from under the next holder.
/// </summary>
internal sealed class VenueLock : IDisposable
{
    // ERROR_SHARING_VIOLATION, and EAGAIN as Linux and as macOS number it.
    private static readonly int[] Held = [32, 11, 35];

    private readonly FileStream _file;

    private VenueLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a venue's file.</summary>
    /// <exception cref="InputException">Another process holds it, or the file cannot be created.</exception>
    public static VenueLock Take(string venue)
    {
        string path = venue + ".lock";
        try
        {
            FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));

            return new VenueLock(file);
        }
        catch (IOException fault) when (Held.Contains(fault.HResult & 0xFFFF))
        {
            throw new InputException(venue, $"another process has this venue open; {path} holds its number", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(venue, $"the lock file {path} cannot be written: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file.SetLength(0);
        }
        catch (IOException)
        {
            // The number of a process that is gone misleads nobody who finds the file unlocked.
        }

        _file.Dispose();
    }
}
