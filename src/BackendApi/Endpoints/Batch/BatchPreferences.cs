using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints.Batch;

/// <summary>The preference <c>continue-on-error</c> (Protocol 8.2.8.3), with or without the prefix of 4.0.</summary>
/// <param name="ContinueOnError">Null when the client did not say: a multipart batch stops at the first error, a JSON batch goes on.</param>
/// <param name="Applied">As the client wrote it.</param>
internal readonly record struct BatchPreferences(bool? ContinueOnError, string? Applied)
{
    private const string Name = "continue-on-error";

    public static BatchPreferences Read(StringValues prefer)
    {
        foreach (var header in prefer)
            foreach (var preference in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                var plain = preference.StartsWith("odata.", StringComparison.OrdinalIgnoreCase) ? preference["odata.".Length..] : preference;
                if (!plain.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
                    continue;
                switch (plain[Name.Length..].Replace(" ", "", StringComparison.Ordinal).Trim('"').ToUpperInvariant())
                {
                    case "" or "=TRUE" or "=\"TRUE": return new(true, preference);
                    case "=FALSE" or "=\"FALSE": return new(false, preference);
                }
            }
        return default;
    }
}
