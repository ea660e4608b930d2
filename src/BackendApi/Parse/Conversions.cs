using System.Collections.Frozen;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Parse;

/// <summary>
/// The pairs of primitive types that <c>cast</c> has values for (URL Conventions, 5.1.1.10.1): every type to text and back, numbers among themselves,
/// dates and instants. Between any others a cast fails, which is null. Enumerations are planned by their members.
/// </summary>
public static class Conversions
{
    private static readonly Kind[] Numbers = [Kind.Byte, Kind.Int16, Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Single, Kind.Double];
    private static readonly Kind[] Others = [Kind.Boolean, Kind.Date, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration, Kind.Guid, Kind.Binary];

    public static readonly FrozenSet<(Kind From, Kind To)> All = (
        from one in Numbers.Concat(Others)
        from pair in new[] { (one, Kind.String), (Kind.String, one) }
        select pair)
        .Concat(from one in Numbers from other in Numbers where one != other select (one, other))
        .Concat([(Kind.Date, Kind.DateTimeOffset), (Kind.DateTimeOffset, Kind.Date), (Kind.DateTimeOffset, Kind.TimeOfDay)])
        .ToFrozenSet();
}
