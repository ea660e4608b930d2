using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints.Batch;

/// <summary>The preference <c>continue-on-error</c> (Protocol 8.2.8.3), with or without the prefix of 4.0.</summary>
/// <param name="ContinueOnError">Null when the client did not say: a multipart batch stops at the first error, a JSON batch goes on.</param>
/// <param name="Applied">As the client wrote it.</param>
internal readonly record struct BatchPreferences(bool? ContinueOnError, string? Applied)
{
    public static BatchPreferences Read(StringValues prefer)
    {
        foreach (var preference in Preference.All(prefer))
            if (preference.Is("continue-on-error"))
                switch (preference.Value)
                {
                    case "": return new(true, preference.Name);
                    case "true" or "false": return new(preference.Value == "true", $"{preference.Name}={preference.Value}");
                }
        return default;
    }
}
