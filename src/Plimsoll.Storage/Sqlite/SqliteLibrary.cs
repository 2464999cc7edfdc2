using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// Which SQLite runs: the system's where there is one, since it is patched with the system, else the one that
/// comes with the program.
/// </summary>
public static class SqliteLibrary
{
    /// <summary>The oldest system library that is preferred to the bundled one: the bundled one's own age.</summary>
    private const int OldestPreferred = 3_035_005;

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The version that runs, e.g. <c>3.40.1</c>.</summary>
    public static string Version => Loaded.Value;

    internal static void Ensure() => _ = Loaded.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();

        return raw.sqlite3_libversion().utf8_to_string();
    }

    /// <summary>Zero leaves the choice to the runtime, which then finds the bundled library.</summary>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!OperatingSystem.IsLinux() || !string.Equals(name, "e_sqlite3", StringComparison.Ordinal)) return 0;
        if (!NativeLibrary.TryLoad("libsqlite3.so.0", out nint library)) return 0;
        if (VersionOf(library) >= OldestPreferred) return library;

        NativeLibrary.Free(library);

        return 0;
    }

    private static unsafe int VersionOf(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out nint version)
            ? ((delegate* unmanaged[Cdecl]<int>)version)()
            : 0;
}
