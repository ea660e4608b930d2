using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints.Asynchronous;

/// <summary>The preferences <c>respond-async</c> and <c>wait</c> of RFC 7240, with or without the prefix that OData 4.0 gives its own.</summary>
/// <param name="Wait">How long the client would wait for the answer itself.</param>
/// <param name="Others">All other preferences, as they were sent.</param>
internal sealed record AsynchronousPreference(TimeSpan Wait, StringValues Others)
{
    public const string Name = "respond-async";

    /// <summary>Longer than this a connection should not stand idle.</summary>
    private const int MostSeconds = 60;

    /// <summary>Null when the client does not ask for an asynchronous answer.</summary>
    public static AsynchronousPreference? Read(StringValues prefer)
    {
        var isAsked = false;
        var wait = 0;
        var others = new List<string>();
        foreach (var header in prefer)
            foreach (var preference in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var plain = preference.StartsWith("odata.", StringComparison.OrdinalIgnoreCase) ? preference["odata.".Length..] : preference;
                if (plain.Equals(Name, StringComparison.OrdinalIgnoreCase))
                    isAsked = true;
                else if (plain.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(plain["wait=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                    wait = Math.Min(seconds, MostSeconds);
                else
                    others.Add(preference);
            }
        return isAsked ? new(TimeSpan.FromSeconds(wait), others.Count == 0 ? default : string.Join(", ", others)) : null;
    }
}
