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
    private const string Bundled = "e_sqlite3";

    /// <summary>The oldest system library that is preferred to the bundled one: the bundled one's own age.</summary>
    private const int OldestPreferred = 3_035_005;

    private static readonly Lazy<(nint Handle, string Version)> Loaded = new(Load);

    /// <summary>The version that runs, e.g. <c>3.40.1</c>.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>The library, for <see cref="NativeLibrary"/>.</summary>
    internal static nint Handle => Loaded.Value.Handle;

    internal static void Ensure() => _ = Loaded.Value;

    private static (nint Handle, string Version) Load()
    {
        Assembly provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
        nint library = OfTheSystem() is var system and not 0 ? system : NativeLibrary.Load(Bundled, provider, searchPath: null);

        // Whoever calls by name must reach the same library as whoever calls by address.
        NativeLibrary.SetDllImportResolver(provider, (name, _, _) => string.Equals(name, Bundled, StringComparison.Ordinal) ? library : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();

        return (library, raw.sqlite3_libversion().utf8_to_string());
    }

    /// <summary>The system's library, zero where there is none or it is too old.</summary>
    private static nint OfTheSystem()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out nint library)) return 0;
        if (VersionOf(library) >= OldestPreferred) return library;

        NativeLibrary.Free(library);

        return 0;
    }

    private static unsafe int VersionOf(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out nint version)
            ? ((delegate* unmanaged[Cdecl]<int>)version)()
            : 0;
}
