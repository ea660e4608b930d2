using System.Data;
using System.Data.Common;
using System.Data.SqlTypes;
using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;
using Microsoft.Data.SqlClient;
using SqlParameter = BackendApi.Sql.SqlParameter;

namespace BackendApi.SqlServer;

/// <summary>Between SQL Server's types, property kinds and the driver's parameters. A duration is a bigint of ticks of 100 ns.</summary>
internal static class Types
{
    /// <summary>The extended property by which our own DDL tells the catalogue of kinds that SQL Server has no type for.</summary>
    public const string KindProperty = "BackendApi.Kind";

    /// <summary>The type that its synonym <c>timestamp</c> is told as.</summary>
    public const string RowVersion = "rowversion";

    private const int MaxUnicode = 4000;
    private const int MaxBytes = 8000;
    private static readonly DateTime FirstOfDateTime = SqlDateTime.MinValue.Value;

    /// <param name="typeName">The base type's name.</param>
    /// <param name="length">Of sys.columns: bytes, -1 for max.</param>
    /// <param name="kind">The value of <see cref="KindProperty"/>, if the column has it.</param>
    public static ColumnType Parse(string typeName, short length, byte precision, byte scale, string? kind)
    {
        int? bytes = length < 0 ? null : length;
        int? characters = length < 0 ? null : length / 2;
        return typeName switch
        {
            "bit" => new(ValueKind.Boolean, typeName),
            "tinyint" => new(ValueKind.Byte, typeName),
            "smallint" => new(ValueKind.Int16, typeName),
            "int" => new(ValueKind.Int32, typeName),
            "bigint" => new(kind == nameof(ValueKind.Duration) ? ValueKind.Duration : ValueKind.Int64, typeName),
            "decimal" or "numeric" => new(ValueKind.Decimal, $"{typeName}({precision},{scale})", null, precision, scale),
            "money" or "smallmoney" => new(ValueKind.Decimal, typeName, null, precision, scale),
            "float" => new(ValueKind.Double, typeName),
            "real" => new(ValueKind.Single, typeName),
            "char" or "varchar" => new(ValueKind.String, Sized(bytes), bytes),
            "nchar" or "nvarchar" => new(kind == nameof(ValueKind.Json) ? ValueKind.Json : ValueKind.String, Sized(characters), characters),
            "text" or "ntext" => new(ValueKind.String, typeName),
            "date" => new(ValueKind.Date, typeName),
            "time" => new(ValueKind.TimeOfDay, $"time({scale})", null, scale),
            "datetime" or "smalldatetime" => new(ValueKind.DateTimeOffset, typeName, null, scale),
            "datetime2" or "datetimeoffset" => new(ValueKind.DateTimeOffset, $"{typeName}({scale})", null, scale),
            "uniqueidentifier" => new(ValueKind.Guid, typeName),
            "binary" or "varbinary" => new(ValueKind.Binary, Sized(bytes), bytes),
            "image" => new(ValueKind.Binary, typeName),
            "timestamp" => new(ValueKind.Binary, RowVersion, 8),
            "json" => new(ValueKind.Json, typeName),
            _ => new(ValueKind.String, typeName),
        };

        string Sized(int? size) => $"{typeName}({size?.ToString(CultureInfo.InvariantCulture) ?? "max"})";
    }

    /// <summary>The type without its size.</summary>
    public static string Name(ColumnType type) =>
        type.Native.IndexOf('(', StringComparison.Ordinal) is > 0 and var size ? type.Native[..size] : type.Native;

    /// <summary>The type in which values of a column are compared, for conversions out of the text of a JSON list.</summary>
    public static string Compared(ColumnType type) => type.Kind switch
    {
        ValueKind.Boolean => "bit",
        ValueKind.Byte => "tinyint",
        ValueKind.Int16 => "smallint",
        ValueKind.Int32 => "int",
        ValueKind.Int64 or ValueKind.Duration => "bigint",
        ValueKind.Decimal when Name(type) is "decimal" or "numeric" or "money" or "smallmoney" => type.Native,
        ValueKind.Decimal => "decimal(38,10)",
        ValueKind.Double => "float",
        ValueKind.Single => "real",
        ValueKind.Date => "date",
        ValueKind.TimeOfDay => "time(7)",
        ValueKind.DateTimeOffset => Name(type) switch { "datetime" or "smalldatetime" => "datetime", "datetime2" => "datetime2(7)", _ => "datetimeoffset(7)" },
        ValueKind.Guid => "uniqueidentifier",
        ValueKind.Binary => "varbinary(max)",
        _ => "nvarchar(max)",
    };

    public static Microsoft.Data.SqlClient.SqlParameter Parameter(int index, SqlParameter parameter)
    {
        var name = "@p" + index.ToString(CultureInfo.InvariantCulture);
        var type = parameter.Type;
        if (parameter.IsList)
        {
            object list = parameter.Value is { } values ? JsonList.Write((IReadOnlyList<object?>)values, value => InJson(value, type)) : DBNull.Value;
            return new(name, SqlDbType.NVarChar, -1) { Value = list };
        }
        return parameter.Value switch
        {
            null => Null(name, type),
            bool boolean => new(name, SqlDbType.Bit) { Value = boolean },
            byte number => new(name, SqlDbType.TinyInt) { Value = number },
            short number => new(name, SqlDbType.SmallInt) { Value = number },
            int number => new(name, SqlDbType.Int) { Value = number },
            long number => new(name, SqlDbType.BigInt) { Value = number },
            decimal number => Decimal(name, number),
            double number => new(name, SqlDbType.Float) { Value = Finite(number) },
            float number => new(name, SqlDbType.Real) { Value = Finite(number) },
            string text => Text(name, text, type),
            DateOnly date => new(name, SqlDbType.Date) { Value = date.ToDateTime(TimeOnly.MinValue) },
            TimeOnly time => new(name, SqlDbType.Time) { Value = time.ToTimeSpan(), Scale = 7 },
            DateTimeOffset instant => Instant(name, instant, type),
            TimeSpan duration => new(name, SqlDbType.BigInt) { Value = duration.Ticks },
            Guid guid => new(name, SqlDbType.UniqueIdentifier) { Value = guid },
            System.IO.Stream stream => new(name, SqlDbType.VarBinary, -1) { Value = stream },
            byte[] bytes => new(name, SqlDbType.VarBinary, bytes.Length > MaxBytes ? -1 : MaxBytes) { Value = bytes },
            var other => throw new ArgumentException($"No kind of value is a {other.GetType().Name}."),
        };
    }

    private static Microsoft.Data.SqlClient.SqlParameter Null(string name, ColumnType type)
    {
        var dbType = type.Kind switch
        {
            ValueKind.Boolean => SqlDbType.Bit,
            ValueKind.Byte => SqlDbType.TinyInt,
            ValueKind.Int16 => SqlDbType.SmallInt,
            ValueKind.Int32 => SqlDbType.Int,
            ValueKind.Int64 or ValueKind.Duration => SqlDbType.BigInt,
            ValueKind.Decimal => SqlDbType.Decimal,
            ValueKind.Double => SqlDbType.Float,
            ValueKind.Single => SqlDbType.Real,
            ValueKind.Date => SqlDbType.Date,
            ValueKind.TimeOfDay => SqlDbType.Time,
            ValueKind.DateTimeOffset => SqlDbType.DateTimeOffset,
            ValueKind.Guid => SqlDbType.UniqueIdentifier,
            ValueKind.Binary => SqlDbType.VarBinary,
            _ => SqlDbType.NVarChar,
        };
        var size = dbType is SqlDbType.VarBinary or SqlDbType.NVarChar ? -1 : 0;
        return new(name, dbType, size) { Value = DBNull.Value };
    }

    /// <summary>Few sizes, so that the server's plan cache is not filled with a plan for each length of a number.</summary>
    private static Microsoft.Data.SqlClient.SqlParameter Decimal(string name, decimal number)
    {
        var exact = new SqlDecimal(number);
        var precision = exact.Precision switch { <= 9 => 9, <= 19 => 19, <= 28 => 28, _ => 38 };
        return new(name, SqlDbType.Decimal) { Value = number, Precision = (byte)precision, Scale = exact.Scale };
    }

    /// <summary>
    /// As long as the longest of its kind, because a parameter of the column's length would be cut to it in silence. A varchar column
    /// meets varchar, or its index is of no use; but text outside of ASCII would be forced into the column's code page.
    /// </summary>
    private static Microsoft.Data.SqlClient.SqlParameter Text(string name, string text, ColumnType type) =>
        Name(type) is "varchar" or "char" && Ascii.IsValid(text)
            ? new(name, SqlDbType.VarChar, text.Length > MaxBytes ? -1 : MaxBytes) { Value = text }
            : new(name, SqlDbType.NVarChar, text.Length > MaxUnicode ? -1 : MaxUnicode) { Value = text };

    /// <summary>Columns without an offset hold UTC. What lies before the first instant of datetime is that instant: it compares the same.</summary>
    private static Microsoft.Data.SqlClient.SqlParameter Instant(string name, DateTimeOffset instant, ColumnType type)
    {
        var utc = instant.UtcDateTime;
        return Name(type) switch
        {
            "datetime" or "smalldatetime" => new(name, SqlDbType.DateTime) { Value = utc < FirstOfDateTime ? FirstOfDateTime : utc },
            "datetime2" => new(name, SqlDbType.DateTime2) { Value = utc, Scale = 7 },
            _ => new(name, SqlDbType.DateTimeOffset) { Value = instant.ToUniversalTime(), Scale = 7 },
        };
    }

    private static object InJson(object value, ColumnType type) => value switch
    {
        DateTimeOffset instant => (Name(type) switch
        {
            "datetime" or "smalldatetime" when instant.UtcDateTime < FirstOfDateTime => FirstOfDateTime,
            _ => instant.UtcDateTime,
        }).ToString(Name(type).Length == 0 || Name(type) == "datetimeoffset" ? "yyyy-MM-ddTHH:mm:ss.fffffffZ" : "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        TimeSpan duration => duration.Ticks,
        Guid guid => guid.ToString("D"),
        double number => Finite(number),
        float number => Finite(number),
        _ => value,
    };

    /// <summary>The server has neither infinity nor NaN, and ends the connection of whoever sends one: no column holds more than the greatest number, and NaN is null.</summary>
    private static object Finite(double number) => double.IsNaN(number) ? DBNull.Value : Math.Clamp(number, double.MinValue, double.MaxValue);

    private static object Finite(float number) => float.IsNaN(number) ? DBNull.Value : Math.Clamp(number, float.MinValue, float.MaxValue);
}

/// <summary>Reads by the type that the driver holds: a COUNT is an int, a product of decimals has as many digits as T-SQL gives it.</summary>
internal sealed class SqlServerValueReader : ValueReader
{
    public override bool Boolean(DbDataReader row, int ordinal) =>
        row.GetFieldType(ordinal) == typeof(bool) ? row.GetBoolean(ordinal) : Int64(row, ordinal) != 0;

    public override byte Byte(DbDataReader row, int ordinal) =>
        Int64(row, ordinal) is >= byte.MinValue and <= byte.MaxValue and var number ? (byte)number : throw new StoredValueException(ValueKind.Byte);

    public override short Int16(DbDataReader row, int ordinal) =>
        Int64(row, ordinal) is >= short.MinValue and <= short.MaxValue and var number ? (short)number : throw new StoredValueException(ValueKind.Int16);

    public override int Int32(DbDataReader row, int ordinal) =>
        row.GetFieldType(ordinal) == typeof(int) ? row.GetInt32(ordinal)
        : Int64(row, ordinal) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw new StoredValueException(ValueKind.Int32);

    public override long Int64(DbDataReader row, int ordinal) => Type.GetTypeCode(row.GetFieldType(ordinal)) switch
    {
        TypeCode.Int32 => row.GetInt32(ordinal),
        TypeCode.Int16 => row.GetInt16(ordinal),
        TypeCode.Byte => row.GetByte(ordinal),
        TypeCode.Boolean => row.GetBoolean(ordinal) ? 1 : 0,
        TypeCode.Decimal => Whole(Decimal(row, ordinal)),
        _ => row.GetInt64(ordinal),
    };

    public override decimal Decimal(DbDataReader row, int ordinal) => Type.GetTypeCode(row.GetFieldType(ordinal)) switch
    {
        TypeCode.Decimal => Exact(((SqlDataReader)row).GetSqlDecimal(ordinal)),
        TypeCode.Double or TypeCode.Single => Double(row, ordinal) is > -7.9e28 and < 7.9e28 and var number ? (decimal)number : throw new StoredValueException(ValueKind.Decimal),
        _ => Int64(row, ordinal),
    };

    public override double Double(DbDataReader row, int ordinal) => Type.GetTypeCode(row.GetFieldType(ordinal)) switch
    {
        TypeCode.Double => row.GetDouble(ordinal),
        TypeCode.Single => row.GetFloat(ordinal),
        TypeCode.Decimal => ((SqlDataReader)row).GetSqlDecimal(ordinal).ToDouble(),
        _ => Int64(row, ordinal),
    };

    public override float Single(DbDataReader row, int ordinal) =>
        row.GetFieldType(ordinal) == typeof(float) ? row.GetFloat(ordinal) : (float)Double(row, ordinal);

    public override DateOnly Date(DbDataReader row, int ordinal) => DateOnly.FromDateTime(DateTimeOffset(row, ordinal).UtcDateTime);

    public override TimeOnly TimeOfDay(DbDataReader row, int ordinal) =>
        row.GetFieldType(ordinal) == typeof(TimeSpan)
            ? TimeOnly.FromTimeSpan(((SqlDataReader)row).GetTimeSpan(ordinal))
            : TimeOnly.FromDateTime(DateTimeOffset(row, ordinal).UtcDateTime);

    public override DateTimeOffset DateTimeOffset(DbDataReader row, int ordinal) =>
        row.GetFieldType(ordinal) == typeof(DateTimeOffset)
            ? ((SqlDataReader)row).GetDateTimeOffset(ordinal).ToUniversalTime()
            : new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(ordinal), DateTimeKind.Utc));

    public override TimeSpan Duration(DbDataReader row, int ordinal) => new(Int64(row, ordinal));

    /// <summary>T-SQL has 38 digits, .NET 28: the last ones behind the point are rounded away, ones in front of it are too many.</summary>
    private static decimal Exact(SqlDecimal number)
    {
        try
        {
            var integral = number.Precision - number.Scale;
            return (number.Precision > 28 && number.Scale > 0 ? SqlDecimal.AdjustScale(number, Math.Max(28 - integral, 0) - number.Scale is < 0 and var cut ? cut : 0, fRound: true) : number).Value;
        }
        catch (Exception exception) when (exception is OverflowException or SqlTruncateException)
        {
            throw new StoredValueException(ValueKind.Decimal, exception);
        }
    }

    private static long Whole(decimal number) =>
        number is >= long.MinValue and <= long.MaxValue && number == decimal.Truncate(number) ? (long)number : throw new StoredValueException(ValueKind.Int64);
}
