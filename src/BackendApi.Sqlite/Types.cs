using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;
using Microsoft.Data.Sqlite;
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

    /// <summary>Sets parameters <c>?1</c>, <c>?2</c>, ... of a command; those of its last run are used again.</summary>
    public static void Bind(SqliteParameterCollection bound, IReadOnlyList<Sql.SqlParameter> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (i == bound.Count)
                bound.Add(new SqliteParameter { ParameterName = "?" + (i + 1).ToString(CultureInfo.InvariantCulture) });
            bound[i].Value = parameters[i] switch
            {
                { Value: null } => DBNull.Value,
                { IsList: true } list => JsonList.Write((IReadOnlyList<object?>)list.Value, Stored),
                var single => Stored(single.Value),
            };
        }
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

    /// <summary>
    /// Real numbers, exact to 15 digits, because integers would turn a division of decimals into one of integers; but whole numbers that a
    /// double cannot hold stay whole.
    /// </summary>
    private static object Stored(decimal number) =>
        Math.Abs(number) > 9_007_199_254_740_992m && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            // As an object, or the other branch makes it real.
            ? (object)(long)number
            : double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>Reads every storage class in which a value of the kind has been seen, whatever the column declares.</summary>
internal sealed class SqliteValueReader : ValueReader
{
    public override bool Boolean(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal) != 0,
            raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, ordinal) != 0,
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
        return raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
            raw.SQLITE_FLOAT when StoredText.TryDecimal(raw.sqlite3_column_double(statement, ordinal), out var number) => number,
            raw.SQLITE_TEXT when decimal.TryParse(row.GetString(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new StoredValueException(ValueKind.Decimal),
        };
    }

    /// <summary>A real number keeps the digits beyond the fifteenth, which a decimal loses: a page would begin beside the row that the last one ended with.</summary>
    public override object? OrderValue(ValueKind kind, DbDataReader row, int ordinal) =>
        kind == ValueKind.Decimal && raw.sqlite3_column_type(Statement(row), ordinal) == raw.SQLITE_FLOAT
            ? raw.sqlite3_column_double(Statement(row), ordinal)
            : ReadOrNull(kind, row, ordinal);

    public override double Double(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER or raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, ordinal),
            raw.SQLITE_TEXT when double.TryParse(row.GetString(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new StoredValueException(ValueKind.Double),
        };
    }

    public override float Single(DbDataReader row, int ordinal) => (float)Double(row, ordinal);

    public override DateOnly Date(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        if (raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_TEXT)
            return StoredText.TryDate(Text(statement, ordinal), out var date) ? date : throw new StoredValueException(ValueKind.Date);
        return DateOnly.FromDateTime(Instant(statement, ordinal, ValueKind.Date).UtcDateTime);
    }

    public override TimeOnly TimeOfDay(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        if (raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_TEXT)
            return StoredText.TryTime(Text(statement, ordinal), out var time) ? time : throw new StoredValueException(ValueKind.TimeOfDay);
        return TimeOnly.FromDateTime(Instant(statement, ordinal, ValueKind.TimeOfDay).UtcDateTime);
    }

    public override DateTimeOffset DateTimeOffset(DbDataReader row, int ordinal) => Instant(Statement(row), ordinal, ValueKind.DateTimeOffset);

    /// <summary>An integer counts ticks of 100 ns, a real number days.</summary>
    public override TimeSpan Duration(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => new TimeSpan(raw.sqlite3_column_int64(statement, ordinal)),
            raw.SQLITE_FLOAT when raw.sqlite3_column_double(statement, ordinal) is > -1e7 and < 1e7 and var days => TimeSpan.FromDays(days),
            raw.SQLITE_TEXT when StoredText.TryDuration(row.GetString(ordinal), out var duration) => duration,
            _ => throw new StoredValueException(ValueKind.Duration),
        };
    }

    public override Guid Guid(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_TEXT => StoredText.Guid(Text(statement, ordinal)),
            raw.SQLITE_BLOB when raw.sqlite3_column_blob(statement, ordinal) is { Length: 16 } bytes => new Guid(bytes),
            _ => null,
        } ?? throw new StoredValueException(ValueKind.Guid);
    }

    public override byte[] Binary(DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        return raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_BLOB
            ? raw.sqlite3_column_blob(statement, ordinal).ToArray()
            : Text(statement, ordinal).ToArray();
    }

    /// <summary>As it is stored, whatever the kind: nothing is parsed, and nothing is copied but into the content.</summary>
    public override void AddTo(RowContent content, ValueKind kind, DbDataReader row, int ordinal)
    {
        var statement = Statement(row);
        switch (raw.sqlite3_column_type(statement, ordinal))
        {
            case raw.SQLITE_INTEGER:
                content.Add(raw.sqlite3_column_int64(statement, ordinal));
                break;
            // A whole number may stand in the file as an integer, and come out as either.
            case raw.SQLITE_FLOAT when raw.sqlite3_column_double(statement, ordinal) is >= -9.2e18 and <= 9.2e18 and var number && number == Math.Truncate(number):
                content.Add((long)number);
                break;
            case raw.SQLITE_FLOAT:
                content.Add(raw.sqlite3_column_double(statement, ordinal));
                break;
            case raw.SQLITE_NULL:
                content.AddNull();
                break;
            case raw.SQLITE_BLOB:
                content.AddBytes(raw.sqlite3_column_blob(statement, ordinal));
                break;
            default:
                content.AddText(Text(statement, ordinal));
                break;
        }
    }

    private static sqlite3_stmt Statement(DbDataReader row) => ((SqliteDataReader)row).Handle!;

    /// <summary>The text in UTF-8; valid until the row is left or the column is asked for in another form.</summary>
    private static ReadOnlySpan<byte> Text(sqlite3_stmt statement, int ordinal)
    {
        var text = raw.sqlite3_column_text(statement, ordinal);
        var length = raw.sqlite3_column_bytes(statement, ordinal);
        return length == 0 ? default : MemoryMarshal.CreateReadOnlySpan(in text.GetPinnableReference(), length);
    }

    private static long Integer(DbDataReader row, int ordinal, ValueKind kind)
    {
        var statement = Statement(row);
        return raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
            raw.SQLITE_FLOAT when raw.sqlite3_column_double(statement, ordinal) is >= -9.2e18 and <= 9.2e18 and var number && number == Math.Truncate(number) => (long)number,
            raw.SQLITE_TEXT when long.TryParse(Text(statement, ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new StoredValueException(kind),
        };
    }

    private static DateTimeOffset Instant(sqlite3_stmt statement, int ordinal, ValueKind kind)
    {
        DateTimeOffset instant;
        var isValid = raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_TEXT => StoredText.TryInstant(Text(statement, ordinal), out instant),
            raw.SQLITE_INTEGER => StoredText.TryInstant(raw.sqlite3_column_int64(statement, ordinal), out instant),
            raw.SQLITE_FLOAT => StoredText.TryInstant(raw.sqlite3_column_double(statement, ordinal), out instant),
            _ => (instant = default) != default,
        };
        return isValid ? instant : throw new StoredValueException(kind);
    }
}
