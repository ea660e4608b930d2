using System.Collections;
using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>
/// The rows of a <see cref="PreparedStatement"/> that has taken its first step. <see cref="SqliteValueReader"/> reads their values; what is here besides takes SQLite's storage
/// classes as they are.
/// </summary>
/// <param name="done">Called when the statement holds nothing any more; perhaps more than once.</param>
internal sealed unsafe class StatementReader(PreparedStatement statement, bool hasRow, Action? done = null) : DbDataReader
{
    private enum Place { Before, Row, Behind }

    private Place _place = Place.Before;
    private bool _isClosed;

    /// <summary>For the functions of <see cref="Engine"/>.</summary>
    public nint Handle => statement.Handle;

    public override int FieldCount => Engine.ColumnCount(Handle);
    public override bool HasRows => hasRow;
    public override bool IsClosed => _isClosed;
    public override int Depth => 0;
    public override int RecordsAffected => statement.Changes;

    public override bool Read()
    {
        var isThere = _place switch
        {
            Place.Before => hasRow,
            Place.Row => !_isClosed && statement.Step(),
            _ => false,
        };
        _place = isThere ? Place.Row : Place.Behind;
        if (!isThere)
            done?.Invoke();
        return isThere;
    }

    public override bool NextResult() => false;

    public override void Close()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        statement.Reset();
        done?.Invoke();
    }

    public override bool IsDBNull(int ordinal) => Engine.ColumnType(Handle, ordinal) == raw.SQLITE_NULL;

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;
    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));
    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));
    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));
    public override long GetInt64(int ordinal) => (long)GetValue(ordinal);
    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);
    public override double GetDouble(int ordinal) => (double)GetValue(ordinal);

    /// <summary>What is no text becomes one as SQLite writes it.</summary>
    public override string GetString(int ordinal)
    {
        var text = Engine.ColumnText(Handle, ordinal);
        return text is null ? throw new InvalidCastException("The value is null.") : Encoding.UTF8.GetString(text, Engine.ColumnBytes(Handle, ordinal));
    }

    /// <summary>Over the bytes that SQLite holds: valid until the row is left.</summary>
    public override System.IO.Stream GetStream(int ordinal)
    {
        var bytes = Engine.ColumnBlob(Handle, ordinal);
        return bytes is null ? System.IO.Stream.Null : new UnmanagedMemoryStream(bytes, Engine.ColumnBytes(Handle, ordinal));
    }

    public override object GetValue(int ordinal) => Engine.ColumnType(Handle, ordinal) switch
    {
        raw.SQLITE_INTEGER => Engine.ColumnInt64(Handle, ordinal),
        raw.SQLITE_FLOAT => Engine.ColumnDouble(Handle, ordinal),
        raw.SQLITE_TEXT => GetString(ordinal),
        raw.SQLITE_BLOB => new ReadOnlySpan<byte>(Engine.ColumnBlob(Handle, ordinal), Engine.ColumnBytes(Handle, ordinal)).ToArray(),
        _ => DBNull.Value,
    };

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    public override string GetName(int ordinal) => Marshal.PtrToStringUTF8((nint)Engine.ColumnName(Handle, ordinal))!;

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
            if (GetName(i) == name)
                return i;
        throw new ArgumentException($"There is no column {name}.", nameof(name));
    }

    public override string GetDataTypeName(int ordinal) => Marshal.PtrToStringUTF8((nint)Engine.ColumnDeclaredType(Handle, ordinal)) ?? "";

    /// <summary>Of the value in this row: a column can have another in each.</summary>
    public override Type GetFieldType(int ordinal) => Engine.ColumnType(Handle, ordinal) switch
    {
        raw.SQLITE_INTEGER => typeof(long),
        raw.SQLITE_FLOAT => typeof(double),
        raw.SQLITE_TEXT => typeof(string),
        _ => typeof(byte[]),
    };

    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override DateTime GetDateTime(int ordinal) => throw HasNone();
    public override decimal GetDecimal(int ordinal) => throw HasNone();
    public override Guid GetGuid(int ordinal) => throw HasNone();
    public override char GetChar(int ordinal) => throw HasNone();
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw HasNone();
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw HasNone();

    private static NotSupportedException HasNone() => new("SQLite has no such type.");
}
