using System.Data.Common;
using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>
/// Reads one column of the current row in the CLR type of a <see cref="ValueKind"/>, without boxing. A dialect overrides what its driver
/// returns otherwise: texts that hold dates, timestamps without an offset (taken as UTC), widened integers.
/// Callers check <see cref="DbDataReader.IsDBNull(int)"/> first.
/// </summary>
public abstract class ValueReader
{
    public virtual bool Boolean(DbDataReader row, int ordinal) => row.GetBoolean(ordinal);
    public virtual byte Byte(DbDataReader row, int ordinal) => row.GetByte(ordinal);
    public virtual short Int16(DbDataReader row, int ordinal) => row.GetInt16(ordinal);
    public virtual int Int32(DbDataReader row, int ordinal) => row.GetInt32(ordinal);
    public virtual long Int64(DbDataReader row, int ordinal) => row.GetInt64(ordinal);
    public virtual decimal Decimal(DbDataReader row, int ordinal) => row.GetDecimal(ordinal);
    public virtual double Double(DbDataReader row, int ordinal) => row.GetDouble(ordinal);
    public virtual float Single(DbDataReader row, int ordinal) => row.GetFloat(ordinal);
    public virtual string String(DbDataReader row, int ordinal) => row.GetString(ordinal);
    public virtual DateOnly Date(DbDataReader row, int ordinal) => row.GetFieldValue<DateOnly>(ordinal);
    public virtual TimeOnly TimeOfDay(DbDataReader row, int ordinal) => row.GetFieldValue<TimeOnly>(ordinal);
    public virtual DateTimeOffset DateTimeOffset(DbDataReader row, int ordinal) => row.GetFieldValue<DateTimeOffset>(ordinal);
    public virtual TimeSpan Duration(DbDataReader row, int ordinal) => row.GetFieldValue<TimeSpan>(ordinal);
    public virtual Guid Guid(DbDataReader row, int ordinal) => row.GetGuid(ordinal);
    public virtual byte[] Binary(DbDataReader row, int ordinal) => row.GetFieldValue<byte[]>(ordinal);
    /// <summary>JSON text.</summary>
    public virtual string Json(DbDataReader row, int ordinal) => row.GetString(ordinal);

    /// <summary>The same, boxed; null when the column is null. For keys, order values and single properties, not for rows.</summary>
    public object? ReadOrNull(ValueKind kind, DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : Read(kind, row, ordinal);

    /// <summary>
    /// The value by which a row is ordered, exactly as the database compares it; null when the column is null. It may be of another CLR type than the
    /// kind's where that type cannot hold it exactly.
    /// </summary>
    public virtual object? OrderValue(ValueKind kind, DbDataReader row, int ordinal) => ReadOrNull(kind, row, ordinal);

    /// <summary>Adds the value, or null, to the content of its row. What cannot be read as its kind is added too, instead of failing: nobody may have asked to see it.</summary>
    public virtual void AddTo(RowContent content, ValueKind kind, DbDataReader row, int ordinal)
    {
        if (row.IsDBNull(ordinal))
        {
            content.AddNull();
            return;
        }
        object value;
        try
        {
            value = Read(kind, row, ordinal);
        }
        catch (StoredValueException)
        {
            content.AddUnreadable();
            return;
        }
        switch (value)
        {
            case string text:
                content.AddText(text);
                break;
            case byte[] bytes:
                content.AddBytes(bytes);
                break;
            case bool or byte or short or int or long:
                content.Add(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case float or double:
                content.Add(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case decimal number:
                Span<int> bits = stackalloc int[4];
                decimal.GetBits(number, bits);
                content.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(bits));
                break;
            case DateOnly date:
                content.Add((long)date.DayNumber);
                break;
            case TimeOnly time:
                content.Add(time.Ticks);
                break;
            case DateTimeOffset instant:
                content.Add(instant.UtcTicks);
                break;
            case TimeSpan duration:
                content.Add(duration.Ticks);
                break;
            case Guid guid:
                content.AddBytes(guid.ToByteArray());
                break;
            default:
                throw new InvalidOperationException($"No kind of value is a {value.GetType().Name}.");
        }
    }

    /// <summary>The bytes of a binary value, which is not null; nothing of it is read.</summary>
    public virtual long Length(DbDataReader row, int ordinal) => row.GetBytes(ordinal, 0, null, 0, 0);

    public object Read(ValueKind kind, DbDataReader row, int ordinal) => kind switch
    {
        ValueKind.Boolean => Boolean(row, ordinal),
        ValueKind.Byte => Byte(row, ordinal),
        ValueKind.Int16 => Int16(row, ordinal),
        ValueKind.Int32 => Int32(row, ordinal),
        ValueKind.Int64 => Int64(row, ordinal),
        ValueKind.Decimal => Decimal(row, ordinal),
        ValueKind.Double => Double(row, ordinal),
        ValueKind.Single => Single(row, ordinal),
        ValueKind.Date => Date(row, ordinal),
        ValueKind.TimeOfDay => TimeOfDay(row, ordinal),
        ValueKind.DateTimeOffset => DateTimeOffset(row, ordinal),
        ValueKind.Duration => Duration(row, ordinal),
        ValueKind.Guid => Guid(row, ordinal),
        ValueKind.Binary => Binary(row, ordinal),
        ValueKind.Json => Json(row, ordinal),
        _ => String(row, ordinal),
    };
}

/// <summary>A stored value that is not of the type its column declares. <see cref="Dialect.Classify"/> calls it <see cref="Failure.BadValue"/>.</summary>
public sealed class StoredValueException(Model.ValueKind kind, Exception? inner = null)
    : Exception($"A stored value cannot be read as {kind}.", inner)
{
    public Model.ValueKind Kind { get; } = kind;
}
