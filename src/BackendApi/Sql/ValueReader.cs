using System.Data.Common;

namespace BackendApi.Sql;

/// <summary>
/// Reads one column of the current row in the CLR type of a <see cref="Model.ValueKind"/>, without boxing. A dialect overrides what its driver
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
}
