using System.Data.Common;
using System.Globalization;
using BackendApi.Model;
using BackendApi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace BackendApi.PostgreSql;

/// <summary>Between PostgreSQL's types, property kinds and the driver's parameters.</summary>
internal static class Types
{
    private const int DaysOfMonth = 30;
    private const string Array = "[]";

    private static readonly DateOnly Epoch = new(2000, 1, 1);

    /// <summary>PostgreSQL's infinite instants: beside the ends of .NET's range, between two microseconds, where none of its other instants can be.</summary>
    public static readonly DateTime Infinity = new(DateTime.MaxValue.Ticks, DateTimeKind.Utc), NegativeInfinity = new(DateTime.MinValue.Ticks + 1, DateTimeKind.Utc);

    /// <summary>Types of text that compare as something else than their text: everything that no property kind stands for is text to the outside.</summary>
    public static bool TravelsAsText(ColumnType column) => column.Kind is ValueKind.String or ValueKind.Enum && column.Native.Length > 0 && !IsTextType(column.Native);

    public static bool IsBlankPadded(ColumnType column) => column.Native is "bpchar" or "character" || column.Native.StartsWith("character(", StringComparison.Ordinal);

    /// <summary>The property kind of a base type's name in pg_type, with the type modifier of the column.</summary>
    public static ColumnType Parse(string typeName, string declared, int modifier) => typeName switch
    {
        "bool" => new(ValueKind.Boolean, declared),
        "int2" => new(ValueKind.Int16, declared),
        "int4" => new(ValueKind.Int32, declared),
        "int8" or "oid" => new(ValueKind.Int64, declared),
        "numeric" when modifier >= 4 => new(ValueKind.Decimal, declared, null, ((modifier - 4) >> 16) & 0xffff, Scale(modifier - 4)),
        "numeric" => new(ValueKind.Decimal, declared),
        "money" => new(ValueKind.Decimal, declared, null, 19, 2),
        "float8" => new(ValueKind.Double, declared),
        "float4" => new(ValueKind.Single, declared),
        "varchar" or "bpchar" => new(ValueKind.String, declared, modifier >= 4 ? modifier - 4 : null),
        "text" or "name" or "citext" => new(ValueKind.String, declared),
        "date" => new(ValueKind.Date, declared),
        "time" => new(ValueKind.TimeOfDay, declared, null, modifier >= 0 ? modifier : 6),
        "timestamp" or "timestamptz" => new(ValueKind.DateTimeOffset, declared, null, modifier >= 0 ? modifier : 6),
        "interval" => new(ValueKind.Duration, declared),
        "uuid" => new(ValueKind.Guid, declared),
        "bytea" => new(ValueKind.Binary, declared),
        "json" or "jsonb" => new(ValueKind.Json, declared),
        _ when typeName[0] == '_' && declared.EndsWith(Array, StringComparison.Ordinal) && ItemsOf(typeName[1..]) is { } items => new(ValueKind.Json, declared) { Items = items },
        _ => new(ValueKind.String, declared),
    };

    /// <summary>An array whose items JSON writes as OData does; the others are texts, as PostgreSQL writes them.</summary>
    public static bool IsArray(ColumnType column) => column.Kind == ValueKind.Json && column.Native.EndsWith(Array, StringComparison.Ordinal);

    private static ValueKind? ItemsOf(string typeName) => typeName switch
    {
        // JSON has instants without an offset for timestamp, PostgreSQL's own words for interval, and no bytes.
        "timestamp" or "interval" or "bytea" or "money" or "oid" or "json" or "jsonb" => null,
        "text" or "name" or "varchar" or "bpchar" or "citext" => ValueKind.String,
        _ => Parse(typeName, "", -1).Kind is not ValueKind.String and var kind ? kind : null,
    };

    public static NpgsqlParameter Parameter(Sql.SqlParameter parameter)
    {
        var type = parameter.Type;
        if (parameter.Value is not { } value)
            return new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = parameter.IsList ? NpgsqlDbType.Array | DbType(type) : DbType(type) };
        if (parameter.IsList)
            return List(type, (IReadOnlyList<object?>)value);
        return value switch
        {
            bool boolean => Typed(boolean, NpgsqlDbType.Boolean),
            byte number => Typed((short)number, NpgsqlDbType.Smallint),
            short number => Typed(number, NpgsqlDbType.Smallint),
            int number => Typed(number, NpgsqlDbType.Integer),
            long number => Typed(number, NpgsqlDbType.Bigint),
            decimal number => Typed(number, NpgsqlDbType.Numeric),
            double number => Typed(number, NpgsqlDbType.Double),
            float number => Typed(number, NpgsqlDbType.Real),
            string text => Typed(Text(text), DbType(type)),
            DateOnly date => Typed(Raw(date), NpgsqlDbType.Date),
            TimeOnly time => Typed(time, NpgsqlDbType.Time),
            DateTimeOffset instant => Instant(instant, type),
            TimeSpan duration => Typed(duration, NpgsqlDbType.Interval),
            Guid guid => Typed(guid, NpgsqlDbType.Uuid),
            byte[] bytes => Typed(bytes, NpgsqlDbType.Bytea),
            System.IO.Stream stream => Typed(stream, NpgsqlDbType.Bytea),
            _ => throw new ArgumentException($"No kind of value is a {value.GetType().Name}."),
        };
    }

    /// <summary>The name of the type that parameters of a column travel in.</summary>
    public static string Sent(ColumnType type) => DbType(type) switch
    {
        NpgsqlDbType.Boolean => "boolean",
        NpgsqlDbType.Smallint => "smallint",
        NpgsqlDbType.Integer => "integer",
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Numeric => "numeric",
        NpgsqlDbType.Double => "double precision",
        NpgsqlDbType.Real => "real",
        NpgsqlDbType.Date => "date",
        NpgsqlDbType.Time => "time",
        NpgsqlDbType.Timestamp => "timestamp",
        NpgsqlDbType.TimestampTz => "timestamptz",
        NpgsqlDbType.Interval => "interval",
        NpgsqlDbType.Uuid => "uuid",
        NpgsqlDbType.Bytea => "bytea",
        NpgsqlDbType.Char => "bpchar",
        _ => "text",
    };

    public static TimeSpan Duration(NpgsqlInterval interval)
    {
        try
        {
            // As PostgreSQL itself compares intervals: a month is 30 days, a day is 24 hours.
            return new TimeSpan(checked(((long)interval.Months * DaysOfMonth + interval.Days) * TimeSpan.TicksPerDay + interval.Time * TimeSpan.TicksPerMicrosecond));
        }
        catch (OverflowException exception)
        {
            throw new StoredValueException(ValueKind.Duration, exception);
        }
    }

    private static int Scale(int modifier)
    {
        // Eleven bits with a sign since PostgreSQL 15.
        var scale = modifier & 0x7ff;
        return (scale ^ 1024) - 1024 is >= 0 and var positive ? positive : 0;
    }

    private static bool IsTextType(string native) =>
        native is "text" or "name" or "varchar" or "character varying" or "bpchar" or "character"
        || native.StartsWith("character varying(", StringComparison.Ordinal) || native.StartsWith("varchar(", StringComparison.Ordinal)
        || native.StartsWith("character(", StringComparison.Ordinal) || native.StartsWith("char(", StringComparison.Ordinal);

    private static NpgsqlDbType DbType(ColumnType type) => type.Kind switch
    {
        ValueKind.Boolean => NpgsqlDbType.Boolean,
        ValueKind.Byte or ValueKind.Int16 => NpgsqlDbType.Smallint,
        ValueKind.Int32 => NpgsqlDbType.Integer,
        ValueKind.Int64 => NpgsqlDbType.Bigint,
        ValueKind.Decimal => NpgsqlDbType.Numeric,
        ValueKind.Double => NpgsqlDbType.Double,
        ValueKind.Single => NpgsqlDbType.Real,
        ValueKind.Date => NpgsqlDbType.Date,
        ValueKind.TimeOfDay => NpgsqlDbType.Time,
        ValueKind.DateTimeOffset => IsWithoutZone(type) ? NpgsqlDbType.Timestamp : NpgsqlDbType.TimestampTz,
        ValueKind.Duration => NpgsqlDbType.Interval,
        ValueKind.Guid => NpgsqlDbType.Uuid,
        ValueKind.Binary => NpgsqlDbType.Bytea,
        _ => IsBlankPadded(type) ? NpgsqlDbType.Char : NpgsqlDbType.Text,
    };

    private static bool IsWithoutZone(ColumnType type) =>
        type.Native.StartsWith("timestamp", StringComparison.Ordinal) && type.Native.EndsWith("without time zone", StringComparison.Ordinal);

    private static NpgsqlParameter<T> Typed<T>(T value, NpgsqlDbType type) => new() { TypedValue = value, NpgsqlDbType = type };

    private static NpgsqlParameter<long> Instant(DateTimeOffset instant, ColumnType type) =>
        Typed(Raw(instant), IsWithoutZone(type) ? NpgsqlDbType.Timestamp : NpgsqlDbType.TimestampTz);

    // The driver's own conversions make infinity of the first and the last date, which people do store.

    /// <summary>Days since 2000.</summary>
    private static int Raw(DateOnly date) => date.DayNumber - Epoch.DayNumber;

    /// <summary>Microseconds since 2000, or one of the infinities.</summary>
    private static long Raw(DateTimeOffset instant) =>
        instant.UtcTicks == Infinity.Ticks ? long.MaxValue
        : instant.UtcTicks == NegativeInfinity.Ticks ? long.MinValue
        : (instant.UtcTicks - Epoch.ToDateTime(TimeOnly.MinValue).Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>PostgreSQL's text cannot hold U+0000. No stored text equals one that does, and U+FFFE, a noncharacter, is in no text either.</summary>
    private static string Text(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFE') : text;

    private static NpgsqlParameter List(ColumnType type, IReadOnlyList<object?> values)
    {
        var dbType = NpgsqlDbType.Array | DbType(type);
        return type.Kind switch
        {
            ValueKind.Boolean => Values(static value => (bool)value),
            ValueKind.Byte or ValueKind.Int16 => Values(static value => value is short number ? number : Convert.ToInt16(value, CultureInfo.InvariantCulture)),
            ValueKind.Int32 => Values(static value => value is int number ? number : Convert.ToInt32(value, CultureInfo.InvariantCulture)),
            ValueKind.Int64 => Values(static value => value is long number ? number : Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            ValueKind.Decimal => Values(static value => value is decimal number ? number : Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
            ValueKind.Double => Values(static value => value is double number ? number : Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            ValueKind.Single => Values(static value => value is float number ? number : Convert.ToSingle(value, CultureInfo.InvariantCulture)),
            ValueKind.Date => Values(static value => Raw((DateOnly)value)),
            ValueKind.TimeOfDay => Values(static value => (TimeOnly)value),
            ValueKind.DateTimeOffset => Values(static value => Raw((DateTimeOffset)value)),
            ValueKind.Duration => Values(static value => (TimeSpan)value),
            ValueKind.Guid => Values(static value => (Guid)value),
            ValueKind.Binary => Typed(All(values, static value => (byte[]?)value), dbType),
            _ => Typed(All(values, static value => value is null ? null : Text((string)value)), dbType),
        };

        // An array of values is sent faster than one of nullable values.
        NpgsqlParameter Values<T>(Func<object, T> convert)
            where T : struct
        {
            var array = new T[values.Count];
            for (var i = 0; i < array.Length; i++)
            {
                if (values[i] is not { } value)
                    return Typed(All(values, value => value is null ? (T?)null : convert(value)), dbType);
                array[i] = convert(value);
            }
            return Typed(array, dbType);
        }
    }

    private static T[] All<T>(IReadOnlyList<object?> values, Func<object?, T> convert)
    {
        var array = new T[values.Count];
        for (var i = 0; i < array.Length; i++)
            array[i] = convert(values[i]);
        return array;
    }
}

/// <summary>Reads what the driver yields in binary; values that .NET's types cannot hold are <see cref="StoredValueException"/>s.</summary>
internal sealed class PostgreSqlValueReader : ValueReader
{
    /// <summary>PostgreSQL has no unsigned byte: smallint stands for it.</summary>
    public override byte Byte(DbDataReader row, int ordinal) =>
        row.GetInt16(ordinal) is >= byte.MinValue and <= byte.MaxValue and var number ? (byte)number : throw new StoredValueException(ValueKind.Byte);

    /// <summary>NaN, the infinities and numbers beyond 28 digits exist in numeric columns.</summary>
    public override decimal Decimal(DbDataReader row, int ordinal)
    {
        try
        {
            return row.GetDecimal(ordinal);
        }
        // The driver finds most of these numbers to be too large, and runs out of its own array with some.
        catch (Exception exception) when (exception is OverflowException or InvalidCastException or IndexOutOfRangeException)
        {
            throw new StoredValueException(ValueKind.Decimal, exception);
        }
    }

    public override DateOnly Date(DbDataReader row, int ordinal)
    {
        try
        {
            var date = row.GetFieldValue<DateOnly>(ordinal);
            // Which infinity looks like.
            return (date == DateOnly.MinValue || date == DateOnly.MaxValue) && row.GetFieldValue<int>(ordinal) is int.MinValue or int.MaxValue
                ? throw new StoredValueException(ValueKind.Date)
                : date;
        }
        catch (Exception exception) when (IsOutOfRange(exception))
        {
            throw new StoredValueException(ValueKind.Date, exception);
        }
    }

    public override TimeOnly TimeOfDay(DbDataReader row, int ordinal)
    {
        try
        {
            return row.GetFieldValue<TimeOnly>(ordinal);
        }
        catch (Exception exception) when (IsOutOfRange(exception))
        {
            throw new StoredValueException(ValueKind.TimeOfDay, exception);
        }
    }

    /// <summary>A timestamp without a time zone is UTC.</summary>
    public override DateTimeOffset DateTimeOffset(DbDataReader row, int ordinal)
    {
        try
        {
            var instant = row.GetDateTime(ordinal);
            if (instant == DateTime.MinValue && row.GetDataTypeName(ordinal) != "date" && row.GetFieldValue<long>(ordinal) == long.MinValue)
                instant = Types.NegativeInfinity;
            return new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc));
        }
        catch (Exception exception) when (IsOutOfRange(exception))
        {
            throw new StoredValueException(ValueKind.DateTimeOffset, exception);
        }
    }

    public override TimeSpan Duration(DbDataReader row, int ordinal) => Types.Duration(row.GetFieldValue<NpgsqlInterval>(ordinal));

    private static bool IsOutOfRange(Exception exception) => exception is OverflowException or InvalidCastException or ArgumentOutOfRangeException;
}
