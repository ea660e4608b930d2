using BackendApi.Model;

namespace BackendApi.Parse;

/// <summary>Between the CLR types of numeric literals.</summary>
internal static class Numbers
{
    private const double LargestDecimal = 7.9e28;

    /// <summary>The number in the CLR type of another numeric kind; null when that cannot hold it. An integer is never made out of a fraction.</summary>
    public static object? To(object number, ValueKind kind) => kind switch
    {
        ValueKind.Byte => Whole(number) is { } whole and >= byte.MinValue and <= byte.MaxValue ? (byte)whole : null,
        ValueKind.Int16 => Whole(number) is { } whole and >= short.MinValue and <= short.MaxValue ? (short)whole : null,
        ValueKind.Int32 => Whole(number) is { } whole and >= int.MinValue and <= int.MaxValue ? (int)whole : null,
        ValueKind.Int64 => Whole(number),
        ValueKind.Decimal => number switch
        {
            int value => (decimal)value,
            long value => (decimal)value,
            double value when Math.Abs(value) < LargestDecimal && (double)(decimal)value == value => (decimal)value,
            decimal => number,
            _ => null,
        },
        ValueKind.Double => number switch
        {
            int value => (double)value,
            long value => (double)value,
            decimal value => (double)value,
            double => number,
            _ => null,
        },
        ValueKind.Single => number switch
        {
            int value => (float)value,
            long value => (float)value,
            decimal value => (float)value,
            double value when !double.IsFinite(value) || float.IsFinite((float)value) => (float)value,
            _ => null,
        },
        _ => null,
    };

    private static long? Whole(object number) => number switch
    {
        int value => value,
        long value => value,
        _ => null,
    };
}
