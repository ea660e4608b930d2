using System.Globalization;
using System.Text.RegularExpressions;

namespace BackendApi.Spec.Batch;

/// <summary>Batches and their answers as text.</summary>
internal static partial class BatchText
{
    /// <summary>The statuses of the responses inside, in their order.</summary>
    public static string Statuses(string answer) => string.Join(' ', StatusLines().Matches(answer).Select(match => match.Groups[1].Value));

    /// <summary>A batch of that many parts.</summary>
    public static string Parts(int count, Func<int, string> url) =>
        string.Concat(Enumerable.Range(0, count).Select(index => string.Create(CultureInfo.InvariantCulture, $"--b\r\nContent-Type: application/http\r\n\r\nGET {url(index)} HTTP/1.1\r\n\r\n\r\n"))) + "--b--\r\n";

    [GeneratedRegex("(?:HTTP/1\\.1 |\"status\":)([0-9]{3})")]
    private static partial Regex StatusLines();
}
