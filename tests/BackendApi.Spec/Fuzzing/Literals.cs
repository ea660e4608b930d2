using System.Globalization;
using Microsoft.OData.Edm;

namespace BackendApi.Spec.Fuzzing;

/// <summary>
/// Literals of every type. Most carry a mark that stands in no name and no number of the service, so that a statement which holds one shows that a
/// value of the URL got into its text.
/// </summary>
internal static class Literals
{
    private const string TextMark = "zqx";
    private const string NumberMark = "8675";

    public static bool AreIn(string statement) =>
        statement.Contains(TextMark, StringComparison.OrdinalIgnoreCase) || statement.Contains(NumberMark, StringComparison.Ordinal);

    public static string Of(EdmPrimitiveTypeKind kind, Random random) => kind switch
    {
        EdmPrimitiveTypeKind.String => $"'{Text(random)}'",
        EdmPrimitiveTypeKind.Boolean => random.Next(2) == 0 ? "true" : "false",
        EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte => Number(random.Next(128)),
        EdmPrimitiveTypeKind.Int16 => random.Next(3) > 0 ? $"{NumberMark}" : Number(random.Next(-20, 200)),
        EdmPrimitiveTypeKind.Int32 => random.Next(3) > 0 ? $"{NumberMark}{random.Next(10_000)}" : Number(random.Next(-2, 300)),
        EdmPrimitiveTypeKind.Int64 => random.Next(8) switch
        {
            0 => "9223372036854775807",
            1 => "-9223372036854775808",
            < 5 => Number(random.Next(110)),
            _ => $"{NumberMark}{random.NextInt64(1_000_000_000_000)}",
        },
        EdmPrimitiveTypeKind.Decimal => random.Next(8) switch
        {
            0 => "79228162514264337593543950335",
            1 => "0.0000000000000000000000000001",
            < 5 => Number(random.Next(200)) + ".5",
            _ => $"-{NumberMark}.{random.Next(10_000)}",
        },
        EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Single => random.OneOf("1.5", $"{NumberMark}.25", $"-{NumberMark}e3", "INF", "-INF", "NaN", "1e300", "4.9E-324"),
        EdmPrimitiveTypeKind.Date => random.OneOf($"{NumberMark}-03-09", "2024-02-29", "0001-01-01", "9999-12-31"),
        EdmPrimitiveTypeKind.TimeOfDay => random.OneOf($"08:30:09.{NumberMark}", "00:00", "23:59:59.9999999"),
        EdmPrimitiveTypeKind.DateTimeOffset => random.OneOf(
            $"{NumberMark}-03-09T10:20:30Z", "2024-01-31T10:20:30.123456Z", "2024-03-01T00:00:00%2B05:30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z"),
        EdmPrimitiveTypeKind.Duration => random.OneOf($"duration'PT{NumberMark}S'", "duration'PT1H'", "duration'-P1DT0.5S'", "'PT30M'"),
        EdmPrimitiveTypeKind.Guid => $"{NumberMark}3098-0000-0000-0000-{random.Next():x12}",
        EdmPrimitiveTypeKind.Binary => random.OneOf("binary'-_8A'", "binary'AAAA'", "binary''"),
        _ => "null",
    };

    public static string Text(Random random) => random.Next(8) switch
    {
        0 => "",
        1 => random.OneOf("a", "open", "DE", "%25", "_", "''", "\\", "Ada"),
        2 => $"{TextMark}%25_\\''{random.Next(1000)}",
        3 => $"{TextMark}%C3%A9%F0%9F%98%80%0A%09",
        _ => $"{TextMark}{random.Next(1_000_000)}",
    };

    public static T OneOf<T>(this Random random, params T[] choices) => choices[random.Next(choices.Length)];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
