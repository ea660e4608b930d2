using System.Globalization;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints;

/// <summary>A JSON format that was agreed on.</summary>
internal sealed record JsonFormat(MetadataLevel Level, bool Ieee754, bool IsStreaming)
{
    public static readonly JsonFormat Minimal = new(MetadataLevel.Minimal, Ieee754: false, IsStreaming: false);

    /// <summary>The parameters that the client named are acknowledged, and no others are added (Protocol 8.2.1).</summary>
    public string ContentType { get; } =
        "application/json;odata.metadata=" + (Level switch { MetadataLevel.None => "none", MetadataLevel.Full => "full", _ => "minimal" })
        + (IsStreaming ? ";odata.streaming=true" : "") + (Ieee754 ? ";IEEE754Compatible=true" : "");
}

/// <summary>Content negotiation (Protocol 8.2.1 and 11.2.12): <c>$format</c> before <c>Accept</c>.</summary>
internal static class MediaTypes
{
    /// <exception cref="ServiceException">406: nothing that the client accepts can be produced.</exception>
    public static JsonFormat Json(StringValues accept, string? format)
    {
        if (format is not null)
        {
            if (format.Equals("json", StringComparison.OrdinalIgnoreCase))
                return JsonFormat.Minimal;
            return Range(format) is { } named && named.Json is { } known ? known : throw NotAcceptable(format, "$format");
        }
        var text = accept.ToString();
        if (text.Length == 0 || text is "*/*" or "application/json")
            return JsonFormat.Minimal;

        var best = default(MediaRange);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (Range(part) is { Json: not null } range && range.Quality > best.Quality)
                best = range;
        return best.Json ?? throw NotAcceptable(text, "Accept");
    }

    /// <summary>Whether a body writes 64-bit integers and decimals as texts (JSON Format 3.2).</summary>
    public static bool IsIeee754(string? contentType) => contentType is not null && Range(contentType) is { Json.Ieee754: true };

    /// <summary><c>$metadata</c> is XML unless JSON alone is asked for: readers inside Excel prefer JSON in their header and then cannot read it.</summary>
    /// <returns>True for XML.</returns>
    public static bool IsXmlMetadata(StringValues accept, string? format)
    {
        if (format is not null)
            return format.Equals("xml", StringComparison.OrdinalIgnoreCase) || format.StartsWith("application/xml", StringComparison.OrdinalIgnoreCase)
                ? true
                : format.Equals("json", StringComparison.OrdinalIgnoreCase) || Range(format) is { Json: not null } ? false : throw NotAcceptable(format, "$format");
        var text = accept.ToString();
        if (text.Length == 0)
            return true;
        var isJson = false;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Range(part) is not { } range || range.Quality == 0)
                continue;
            if (range.IsXml)
                return true;
            isJson |= range.Json is not null;
        }
        return isJson ? false : throw NotAcceptable(text, "Accept");
    }

    private static ServiceException NotAcceptable(string text, string target) => new(Errors.NotAcceptable,
        $"'{text.Trim()}' cannot be produced here. The service writes application/json with odata.metadata=none, minimal or full, and $metadata also as application/xml.", target);

    private readonly record struct MediaRange(double Quality, JsonFormat? Json, bool IsXml);

    /// <summary>One media range; null when it holds a parameter that is not known, which makes it unacceptable and not an error.</summary>
    private static MediaRange? Range(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var quality = 1.0;
        var level = MetadataLevel.Minimal;
        var ieee754 = false;
        var isStreaming = false;
        for (var i = 1; i < parts.Length; i++)
        {
            var equals = parts[i].IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? parts[i] : parts[i][..equals]).Trim().ToLowerInvariant();
            var value = (equals < 0 ? "" : parts[i][(equals + 1)..]).Trim().Trim('"').ToLowerInvariant();
            switch (name)
            {
                case "q":
                    if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality))
                        return null;
                    break;
                case "odata.metadata" or "metadata" when value is "none" or "minimal" or "full":
                    level = value switch { "none" => MetadataLevel.None, "full" => MetadataLevel.Full, _ => MetadataLevel.Minimal };
                    break;
                case "ieee754compatible" when value is "true" or "false":
                    ieee754 = value == "true";
                    break;
                case "odata.streaming" or "streaming" when value is "true" or "false":
                    isStreaming = value == "true";
                    break;
                case "charset" when value is "utf-8":
                    break;
                case "":
                    break;
                default:
                    return null;
            }
        }
        return parts[0].ToLowerInvariant() switch
        {
            "application/json" => new(quality, level == MetadataLevel.Minimal && !ieee754 && !isStreaming ? JsonFormat.Minimal : new(level, ieee754, isStreaming), false),
            "application/*" or "*/*" => new(quality, JsonFormat.Minimal, IsXml: true),
            "application/xml" => new(quality, null, IsXml: true),
            _ => null,
        };
    }
}
