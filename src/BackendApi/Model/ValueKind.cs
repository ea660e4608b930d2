namespace BackendApi.Model;

/// <summary>
/// The types that a property can have. Each has one CLR type that carries its values through the engine:
/// bool, byte, short, int, long, decimal, double, float, string, DateOnly, TimeOnly, DateTimeOffset, TimeSpan (a duration of days
/// and time), Guid, byte[], string (JSON text), string (the stored text of an enumeration member).
/// </summary>
public enum ValueKind
{
    Boolean, Byte, Int16, Int32, Int64, Decimal, Double, Single, String, Date, TimeOfDay, DateTimeOffset, Duration, Guid, Binary, Json, Enum,
}
