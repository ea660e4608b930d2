using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Batch;

/// <summary>How a body stands in a JSON batch (JSON Format 19.1): JSON as it is, text as a string, everything else as a string of base64url.</summary>
internal static class BodyForms
{
    public static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    public static bool IsText(MediaTypeHeaderValue type) => type.Type.Equals("text", StringComparison.OrdinalIgnoreCase);
}
