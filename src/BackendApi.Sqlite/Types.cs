using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>Between declared types, property kinds and the five storage classes of SQLite.</summary>
internal static class Types
{
    /// <summary>
    /// Follows the declared type in <see cref="ColumnType.Native"/> where a check constraint proves that the column holds nothing but the
    /// operand form of its kind.
    /// </summary>
    public const string CanonicalMark = " CANONICAL";

    private const string TwoDigits = "[0-9][0-9]";
    private const string DateGlob = $"{TwoDigits}{TwoDigits}-{TwoDigits}-{TwoDigits}";
    private const string TimeGlob = $"{TwoDigits}:{TwoDigits}:{TwoDigits}.{TwoDigits}{TwoDigits}{TwoDigits}[0-9]";
    private static readonly string GuidGlob = string.Join('-', new[] { 8, 4, 4, 4, 12 }.Select(digits => string.Concat(Enumerable.Repeat("[0-9a-f]", digits))));

    /// <summary>2^53, up to where doubles hold every whole number.</summary>
    private const long LargestExact = 1L << 53;

    /// <summary>Those that doubles hold exactly.</summary>
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private static readonly object True = 1L;
    private static readonly object False = 0L;

    /// <summary>The condition under which a column holds only operand form; null for kinds whose storage class is their operand form.</summary>
    public static string? CanonicalCheck(ValueKind kind, string quotedColumn) => kind switch
    {
        ValueKind.Boolean => $"{quotedColumn} IN (0, 1)",
        ValueKind.Date => $"{quotedColumn} GLOB '{DateGlob}'",
        ValueKind.TimeOfDay => $"{quotedColumn} GLOB '{TimeGlob}'",
        ValueKind.DateTimeOffset => $"{quotedColumn} GLOB '{DateGlob}T{TimeGlob}Z'",
        ValueKind.Duration => $"typeof({quotedColumn}) IN ('integer', 'null')",
        ValueKind.Guid => $"{quotedColumn} GLOB '{GuidGlob}'",
        _ => null,
    };

    /// <summary>The condition that tells a narrow integer from others where the declared type has to be INTEGER; null for kinds that have none.</summary>
    public static string? RangeCheck(ValueKind kind, string quotedColumn) => kind switch
    {
        ValueKind.Byte => $"{quotedColumn} BETWEEN 0 AND 255",
        ValueKind.Int16 => $"{quotedColumn} BETWEEN -32768 AND 32767",
        ValueKind.Int32 => $"{quotedColumn} BETWEEN -2147483648 AND 2147483647",
        _ => null,
    };

    /// <summary>SQLite takes any words as a type; these are the ones that other databases gave a meaning.</summary>
    public static ColumnType Parse(string declared)
    {
        var (name, first, second) = Split(declared);
        return name switch
        {
            "BOOLEAN" or "BOOL" or "BIT" => new(ValueKind.Boolean, declared),
            "TINYINT UNSIGNED" or "UNSIGNED TINYINT" or "BYTE" => new(ValueKind.Byte, declared),
            "TINYINT" or "SMALLINT" or "INT2" => new(ValueKind.Int16, declared),
            "INT4" or "MEDIUMINT" => new(ValueKind.Int32, declared),
            "DECIMAL" or "NUMERIC" or "NUMBER" or "DEC" => new(ValueKind.Decimal, declared, null, first, first is null ? null : second ?? 0),
            "MONEY" or "SMALLMONEY" or "CURRENCY" => new(ValueKind.Decimal, declared, null, name == "SMALLMONEY" ? 10 : 19, 4),
            "FLOAT4" or "SINGLE" => new(ValueKind.Single, declared),
            "DATE" => new(ValueKind.Date, declared),
            "TIME" => new(ValueKind.TimeOfDay, declared, null, 7),
            "DATETIME" or "DATETIME2" or "SMALLDATETIME" or "DATETIMEOFFSET" or "TIMESTAMP" or "TIMESTAMPTZ"
                or "TIMESTAMP WITH TIME ZONE" or "TIMESTAMP WITHOUT TIME ZONE" => new(ValueKind.DateTimeOffset, declared, null, 7),
            "INTERVAL" or "DURATION" or "TIMESPAN" => new(ValueKind.Duration, declared),
            "UUID" or "GUID" or "UNIQUEIDENTIFIER" => new(ValueKind.Guid, declared),
            "JSON" or "JSONB" or "JSON TEXT" => new(ValueKind.Json, declared),
            "IMAGE" or "BINARY" or "VARBINARY" or "BYTEA" => new(ValueKind.Binary, declared, first),
            _ => ByAffinity(name, declared, first),
        };
    }

    /// <summary>The rules of SQLite's documentation, "Determination Of Column Affinity", in their order.</summary>
    private static ColumnType ByAffinity(string name, string declared, int? length) =>
        name.Contains("INT", StringComparison.Ordinal) ? new(ValueKind.Int64, declared)
        : name.Contains("CHAR", StringComparison.Ordinal) || name.Contains("CLOB", StringComparison.Ordinal) || name.Contains("TEXT", StringComparison.Ordinal)
            ? new(ValueKind.String, declared, length)
        : name.Contains("BLOB", StringComparison.Ordinal) ? new(ValueKind.Binary, declared, length)
        : name.Contains("REAL", StringComparison.Ordinal) || name.Contains("FLOA", StringComparison.Ordinal) || name.Contains("DOUB", StringComparison.Ordinal)
            ? new(ValueKind.Double, declared)
        : name.Length == 0 ? new(ValueKind.String, declared)
        : name == "NUM" ? new(ValueKind.Decimal, declared)
        : new(ValueKind.String, declared);

    private static (string Name, int? First, int? Second) Split(string declared)
    {
        var open = declared.IndexOf('(', StringComparison.Ordinal);
        var close = declared.IndexOf(')', StringComparison.Ordinal);
        var name = (open < 0 ? declared : close < open ? declared[..open] : declared[..open] + declared[(close + 1)..]).Trim().ToUpperInvariant();
        if (open < 0 || close < open)
            return (name, null, null);
        var numbers = declared[(open + 1)..close].Split(',');
        return (name, Number(numbers[0]), numbers.Length > 1 ? Number(numbers[1]) : null);

        static int? Number(string text) => int.TryParse(text, NumberStyles.None | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number > 0 | text.Trim() == "0" ? number : null;
    }

    /// <summary>Gives a parameter of a prepared statement its value, in the form in which it is stored and compared.</summary>
    /// <param name="number">From 1.</param>
    /// <returns>SQLite's result code.</returns>
    public static int Bind(nint statement, int number, in Sql.SqlParameter parameter) => parameter switch
    {
        { Value: null } => Engine.BindNull(statement, number),
        { IsList: true, Value: IReadOnlyList<object?> list } => BindText(statement, number, JsonList.Write(list, Stored)),
        _ => Bind(statement, number, parameter.Value),
    };

    private static int Bind(nint statement, int number, object value)
    {
        switch (value)
        {
            case string text: return BindText(statement, number, text);
            case int whole: return Engine.Bind(statement, number, whole);
            case decimal fraction: return IsWhole(fraction, out var large) ? Engine.Bind(statement, number, large) : Engine.Bind(statement, number, Real(fraction));
            case DateTimeOffset instant:
                Span<byte> utf8 = stackalloc byte[StoredText.InstantLength];
                StoredText.Write(instant, utf8);
                return BindText(statement, number, utf8);
            case byte[] bytes: return BindBlob(statement, number, bytes);
            default: return BindStored(statement, number, Stored(value));
        }
    }

    private static int BindStored(nint statement, int number, object value) => value switch
    {
        long whole => Engine.Bind(statement, number, whole),
        double real => Engine.Bind(statement, number, real),
        string text => BindText(statement, number, text),
        _ => Engine.BindNull(statement, number),
    };

    private static int BindText(nint statement, int number, string text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size <= 1024 ? null : ArrayPool<byte>.Shared.Rent(size);
        Span<byte> utf8 = rented ?? stackalloc byte[1024];
        var result = BindText(statement, number, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    private static unsafe int BindText(nint statement, int number, ReadOnlySpan<byte> utf8)
    {
        // Of an empty span the address is null, which would be SQLite's null.
        var nothing = (byte)0;
        fixed (byte* text = utf8)
            return Engine.BindText(statement, number, utf8.IsEmpty ? &nothing : text, utf8.Length, Engine.Transient);
    }

    private static unsafe int BindBlob(nint statement, int number, ReadOnlySpan<byte> bytes)
    {
        var nothing = (byte)0;
        fixed (byte* blob = bytes)
            return Engine.BindBlob(statement, number, bytes.IsEmpty ? &nothing : blob, bytes.Length, Engine.Transient);
    }

    /// <summary>A value in the form in which it is stored and compared. SQLite has no NaN and stores null for it.</summary>
    public static object Stored(object value) => value switch
    {
        double.NaN or float.NaN => DBNull.Value,
        bool boolean => boolean ? True : False,
        string or long or double or byte[] => value,
        byte number => (long)number,
        short number => (long)number,
        int number => (long)number,
        float number => (double)number,
        decimal number => Stored(number),
        DateTimeOffset instant => StoredText.Of(instant),
        DateOnly date => StoredText.Of(date),
        TimeOnly time => StoredText.Of(time),
        TimeSpan duration => duration.Ticks,
        Guid guid => StoredText.Of(guid),
        _ => throw new ArgumentException($"No kind of value is a {value.GetType().Name}."),
    };

    private static object Stored(decimal number) => IsWhole(number, out var whole) ? whole : Real(number);

    /// <summary>
    /// Decimals are real numbers, exact to 15 digits, because integers would turn a division of decimals into one of integers; but whole numbers that a
    /// double cannot hold stay whole.
    /// </summary>
    private static bool IsWhole(decimal number, out long whole)
    {
        var isWhole = Math.Abs(number) > LargestExact && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue;
        whole = isWhole ? (long)number : 0;
        return isWhole;
    }

    /// <summary>The double that is nearest.</summary>
    private static double Real(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var digits = (ulong)(uint)bits[1] << 32 | (uint)bits[0];
        if (bits[2] != 0 || digits > LargestExact || number.Scale >= PowersOfTen.Length)
            return double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        // Of two numbers that doubles hold exactly the quotient is rounded once, as it should be. Zero has no sign.
        var real = digits / PowersOfTen[number.Scale];
        return number < 0 ? -real : real;
    }
}

/// <summary>Reads every storage class in which a value of the kind has been seen, whatever the column declares.</summary>
internal sealed unsafe class SqliteValueReader : ValueReader
{
    public override long Length(DbDataReader row, int ordinal) => Engine.ColumnBytes(Statement(row), ordinal);

    public override bool Boolean(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return Engine.ColumnType(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => Engine.ColumnInt64(statement, ordinal) != 0,
            raw.SQLITE_FLOAT => Engine.ColumnDouble(statement, ordinal) != 0,
            _ => StoredText.Boolean(row.GetString(ordinal)) ?? throw new StoredValueException(ValueKind.Boolean),
        };
    }

    public override byte Byte(DbDataReader row, int ordinal) =>
        Integer(row, ordinal, ValueKind.Byte) is >= byte.MinValue and <= byte.MaxValue and var number ? (byte)number : throw new StoredValueException(ValueKind.Byte);

    public override short Int16(DbDataReader row, int ordinal) =>
        Integer(row, ordinal, ValueKind.Int16) is >= short.MinValue and <= short.MaxValue and var number ? (short)number : throw new StoredValueException(ValueKind.Int16);

    public override int Int32(DbDataReader row, int ordinal) =>
        Integer(row, ordinal, ValueKind.Int32) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw new StoredValueException(ValueKind.Int32);

    public override long Int64(DbDataReader row, int ordinal) => Integer(row, ordinal, ValueKind.Int64);

    public override decimal Decimal(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return Engine.ColumnType(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => Engine.ColumnInt64(statement, ordinal),
            raw.SQLITE_FLOAT when StoredText.TryDecimal(Engine.ColumnDouble(statement, ordinal), out var number) => number,
            raw.SQLITE_TEXT when decimal.TryParse(row.GetString(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new StoredValueException(ValueKind.Decimal),
        };
    }

    /// <summary>A real number keeps the digits beyond the fifteenth, which a decimal loses: a page would begin beside the row that the last one ended with.</summary>
    public override object? OrderValue(ValueKind kind, DbDataReader row, int ordinal) =>
        kind == ValueKind.Decimal && Engine.ColumnType(Statement(row), ordinal) == raw.SQLITE_FLOAT
            ? Engine.ColumnDouble(Statement(row), ordinal)
            : ReadOrNull(kind, row, ordinal);

    public override double Double(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return Engine.ColumnType(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER or raw.SQLITE_FLOAT => Engine.ColumnDouble(statement, ordinal),
            raw.SQLITE_TEXT when double.TryParse(row.GetString(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new StoredValueException(ValueKind.Double),
        };
    }

    public override float Single(DbDataReader row, int ordinal) => (float)Double(row, ordinal);

    public override DateOnly Date(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        if (Engine.ColumnType(statement, ordinal) == raw.SQLITE_TEXT)
            return StoredText.TryDate(Text(statement, ordinal), out var date) ? date : throw new StoredValueException(ValueKind.Date);
        return DateOnly.FromDateTime(Instant(statement, ordinal, ValueKind.Date).UtcDateTime);
    }

    public override TimeOnly TimeOfDay(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        if (Engine.ColumnType(statement, ordinal) == raw.SQLITE_TEXT)
            return StoredText.TryTime(Text(statement, ordinal), out var time) ? time : throw new StoredValueException(ValueKind.TimeOfDay);
        return TimeOnly.FromDateTime(Instant(statement, ordinal, ValueKind.TimeOfDay).UtcDateTime);
    }

    public override DateTimeOffset DateTimeOffset(DbDataReader row, int ordinal) => Instant(Statement(row), ordinal, ValueKind.DateTimeOffset);

    /// <summary>An integer counts ticks of 100 ns, a real number days.</summary>
    public override TimeSpan Duration(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return Engine.ColumnType(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => new TimeSpan(Engine.ColumnInt64(statement, ordinal)),
            raw.SQLITE_FLOAT when Engine.ColumnDouble(statement, ordinal) is > -1e7 and < 1e7 and var days => TimeSpan.FromDays(days),
            raw.SQLITE_TEXT when StoredText.TryDuration(row.GetString(ordinal), out var duration) => duration,
            _ => throw new StoredValueException(ValueKind.Duration),
        };
    }

    public override Guid Guid(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return Engine.ColumnType(statement, ordinal) switch
        {
            raw.SQLITE_TEXT => StoredText.Guid(Text(statement, ordinal)),
            raw.SQLITE_BLOB when Blob(statement, ordinal) is { Length: 16 } bytes => new Guid(bytes),
            _ => null,
        } ?? throw new StoredValueException(ValueKind.Guid);
    }

    public override byte[] Binary(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return Engine.ColumnType(statement, ordinal) == raw.SQLITE_BLOB
            ? Blob(statement, ordinal).ToArray()
            : Text(statement, ordinal).ToArray();
    }

    /// <summary>As it is stored, whatever the kind: nothing is parsed, and nothing is copied but into the content.</summary>
    public override void AddTo(RowContent content, ValueKind kind, DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        switch (Engine.ColumnType(statement, ordinal))
        {
            case raw.SQLITE_INTEGER:
                content.Add(Engine.ColumnInt64(statement, ordinal));
                break;
            // A whole number may stand in the file as an integer, and come out as either.
            case raw.SQLITE_FLOAT when Engine.ColumnDouble(statement, ordinal) is >= -9.2e18 and <= 9.2e18 and var number && number == Math.Truncate(number):
                content.Add((long)number);
                break;
            case raw.SQLITE_FLOAT:
                content.Add(Engine.ColumnDouble(statement, ordinal));
                break;
            case raw.SQLITE_NULL:
                content.AddNull();
                break;
            case raw.SQLITE_BLOB:
                content.AddBytes(Blob(statement, ordinal));
                break;
            default:
                content.AddText(Text(statement, ordinal));
                break;
        }
    }

    private static nint Statement(DbDataReader row) => ((StatementReader)row).Handle;

    /// <summary>The text in UTF-8; valid until the row is left or the column is asked for in another form.</summary>
    private static ReadOnlySpan<byte> Text(nint statement, int ordinal)
    {
        var text = Engine.ColumnText(statement, ordinal);
        return new(text, Engine.ColumnBytes(statement, ordinal));
    }

    private static ReadOnlySpan<byte> Blob(nint statement, int ordinal)
    {
        var bytes = Engine.ColumnBlob(statement, ordinal);
        return new(bytes, Engine.ColumnBytes(statement, ordinal));
    }

    private static long Integer(DbDataReader row, int ordinal, ValueKind kind)
    {
        var statement = Statement(row);
        return Engine.ColumnType(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => Engine.ColumnInt64(statement, ordinal),
            raw.SQLITE_FLOAT when Engine.ColumnDouble(statement, ordinal) is >= -9.2e18 and <= 9.2e18 and var number && number == Math.Truncate(number) => (long)number,
            raw.SQLITE_TEXT when long.TryParse(Text(statement, ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new StoredValueException(kind),
        };
    }

    private static DateTimeOffset Instant(nint statement, int ordinal, ValueKind kind)
    {
        DateTimeOffset instant;
        var isValid = Engine.ColumnType(statement, ordinal) switch
        {
            raw.SQLITE_TEXT => StoredText.TryInstant(Text(statement, ordinal), out instant),
            raw.SQLITE_INTEGER => StoredText.TryInstant(Engine.ColumnInt64(statement, ordinal), out instant),
            raw.SQLITE_FLOAT => StoredText.TryInstant(Engine.ColumnDouble(statement, ordinal), out instant),
            _ => (instant = default) != default,
        };
        return isValid ? instant : throw new StoredValueException(kind);
    }
}
