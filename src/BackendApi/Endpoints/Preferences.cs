using System.Globalization;
using BackendApi.Support;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints;

/// <summary>The <c>Prefer</c> header of a read (Protocol 8.2.8): what is known is honoured and acknowledged, what is not is ignored.</summary>
/// <param name="TrackChanges">As the client spells it. Whether it is honoured depends on the query, so it is not among <paramref name="Applied"/>.</param>
internal readonly record struct Preferences(int? MaxPageSize, bool OmitNulls, string? TrackChanges, IReadOnlyList<string> Applied)
{
    public static Preferences Read(StringValues prefer)
    {
        if (prefer.Count == 0)
            return new(null, false, null, []);
        int? maxPageSize = null;
        var omitNulls = false;
        string? trackChanges = null;
        var applied = new List<string>(2);
        foreach (var preference in Preference.All(prefer))
        {
            if (maxPageSize is null && preference.Is("maxpagesize") && int.TryParse(preference.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0)
                maxPageSize = size;
            else if (!omitNulls && preference.Is("omit-values") && preference.Value.Equals("nulls", StringComparison.OrdinalIgnoreCase))
                omitNulls = true;
            else
            {
                if (preference.Is("track-changes") && preference.Value.Length == 0)
                    trackChanges ??= preference.Name;
                continue;
            }
            applied.Add($"{preference.Name}={preference.Value}");
        }
        return new(maxPageSize, omitNulls, trackChanges, applied);
    }
}

/// <summary>The <c>Prefer</c> header of a modification.</summary>
/// <param name="Return"><c>minimal</c> or <c>representation</c> (Protocol 8.2.8.7); null when the client leaves it to the service.</param>
/// <param name="IsTrial"><c>validate-only</c>, or <c>tx=rollback</c>: the change is made, answered, and rolled back.</param>
/// <param name="MaxAffected">The most rows that the change may touch.</param>
internal readonly record struct WritePreferences(string? Return, bool IsTrial, long? MaxAffected, IReadOnlyList<string> Applied)
{
    /// <exception cref="ServiceException">400: a preference whose neglect would change more than the client means to, and that cannot be read.</exception>
    public static WritePreferences Read(StringValues prefer)
    {
        if (prefer.Count == 0)
            return new(null, false, null, []);
        string? returned = null;
        var isTrial = false;
        long? maxAffected = null;
        var applied = new List<string>(2);
        foreach (var preference in Preference.All(prefer))
        {
            if (returned is null && preference.Is("return") && preference.Value is "minimal" or "representation")
                returned = preference.Value;
            else if (preference.Is("validate-only") && preference.Value is "" or "true")
                isTrial = true;
            else if (preference.Is("tx") && preference.Value == "rollback")
                isTrial = true;
            else if (preference.Is("max-affected"))
                maxAffected = long.TryParse(preference.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                    ? most
                    : throw new ServiceException(Errors.InvalidHeader, $"max-affected={preference.Value}: a number of rows is expected.", "Prefer");
            else
                continue;
            applied.Add(preference.Value.Length == 0 ? preference.Name : $"{preference.Name}={preference.Value}");
        }
        return new(returned, isTrial, maxAffected, applied);
    }

    /// <exception cref="ServiceException">400: more rows than the client allows.</exception>
    public void CheckAffected(long rows)
    {
        if (rows > MaxAffected)
            throw new ServiceException(Errors.LimitExceeded, $"The change would touch {rows} rows, and max-affected allows {MaxAffected}. Nothing was written.", "Prefer");
    }
}

/// <summary>One preference of a <c>Prefer</c> header (RFC 7240), without its parameters.</summary>
internal readonly record struct Preference(string Name, string Value)
{
    public static IEnumerable<Preference> All(StringValues prefer)
    {
        foreach (var header in prefer)
            foreach (var preference in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var parameters = preference.IndexOf(';', StringComparison.Ordinal);
                var text = parameters < 0 ? preference : preference[..parameters];
                var equals = text.IndexOf('=', StringComparison.Ordinal);
                yield return new((equals < 0 ? text : text[..equals]).Trim(), equals < 0 ? "" : text[(equals + 1)..].Trim().Trim('"'));
            }
    }

    /// <summary>By that name, with the prefix of 4.0 or without.</summary>
    public bool Is(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (Name.StartsWith("odata.", StringComparison.OrdinalIgnoreCase) && Name.AsSpan("odata.".Length).Equals(name, StringComparison.OrdinalIgnoreCase));
}
