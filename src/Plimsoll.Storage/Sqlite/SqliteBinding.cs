using System.Runtime.InteropServices;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// SQLite's binding functions by address. They are called hundreds of thousands of times a second and only note a
/// pointer or a number, so they skip what the runtime does around a call that may take long or block.
/// </summary>
internal static unsafe class SqliteBinding
{
    /// <summary>SQLITE_STATIC: what is bound stays where it is until the statement has run.</summary>
    private const nint Static = 0;

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int> BindInt64 =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int>)Export("sqlite3_bind_int64");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int> BindText =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int>)Export("sqlite3_bind_text");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int> BindBlob =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int>)Export("sqlite3_bind_blob");

    /// <summary>Binds a number; answers SQLite's result code.</summary>
    public static int Number(nint statement, int parameter, long value) => BindInt64(statement, parameter, value);

    /// <summary>Binds UTF-8 text that stays in place until the statement has run; answers SQLite's result code.</summary>
    public static int Text(nint statement, int parameter, byte* text, int length) => BindText(statement, parameter, text, length, Static);

    /// <summary>Binds bytes that stay in place until the statement has run; answers SQLite's result code.</summary>
    public static int Bytes(nint statement, int parameter, byte* bytes, int length) => BindBlob(statement, parameter, bytes, length, Static);

    private static nint Export(string name) => NativeLibrary.GetExport(SqliteLibrary.Handle, name);
}
