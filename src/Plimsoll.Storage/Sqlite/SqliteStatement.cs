using System.Text;
using Plimsoll.Units;
using SQLitePCL;

namespace Plimsoll.Storage.Sqlite;

/// <summary>A prepared statement. Parameters count from 1 and columns from 0, as in SQLite.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    // The handle keeps the statement alive as long as this object; its address is that statement.
    private readonly nint _address = handle.DangerousGetHandle();

    /// <summary>Gives a parameter a number.</summary>
    public SqliteStatement Bind(int parameter, long value)
    {
        connection.Check(SqliteBinding.Number(_address, parameter, value));

        return this;
    }

    /// <summary>Gives a parameter a text.</summary>
    public SqliteStatement Bind(int parameter, string text)
    {
        connection.Check(raw.sqlite3_bind_text(handle, parameter, text));

        return this;
    }

    /// <summary>Gives a parameter a text in UTF-8, which must stay where it is until the statement has run.</summary>
    public unsafe void BindTextInPlace(int parameter, byte* utf8, int length) =>
        connection.Check(SqliteBinding.Text(_address, parameter, utf8, length));

    /// <summary>Gives a parameter bytes, which must stay where they are until the statement has run.</summary>
    public unsafe void BindBytesInPlace(int parameter, byte* bytes, int length) =>
        connection.Check(SqliteBinding.Bytes(_address, parameter, bytes, length));

    /// <summary>Gives a parameter bytes.</summary>
    public SqliteStatement BindBytes(int parameter, ReadOnlySpan<byte> bytes)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, parameter, bytes));

        return this;
    }

    /// <summary>Gives a parameter a hash, as its 32 bytes.</summary>
    public SqliteStatement Bind(int parameter, Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);

        return BindBytes(parameter, bytes);
    }

    /// <summary>Moves to the next row; <c>false</c> at the end.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        connection.Check(code);

        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement that answers nothing, and makes it ready to run again.</summary>
    public void Run()
    {
        connection.Check(raw.sqlite3_step(handle));
        connection.Check(raw.sqlite3_reset(handle));
    }

    /// <summary>Makes the statement ready to run again. What its last run met was said then.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    /// <summary>A column as a number; 0 for NULL.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A column as text; empty for NULL.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>A column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>A column as a hash.</summary>
    /// <exception cref="InputException">The column does not hold 32 bytes.</exception>
    public Hash256 Hash(int column) => new(Bytes(column));

    /// <inheritdoc/>
    public void Dispose() => raw.sqlite3_finalize(handle);
}
