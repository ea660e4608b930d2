using System.Text.Json;

namespace BackendApi.Stream;

/// <summary>How much control information a response carries (JSON Format 3.1).</summary>
public enum MetadataLevel { None, Minimal, Full }

/// <summary>What the client asked for of the JSON format.</summary>
/// <param name="IsV401">The payload follows OData 4.01: control information without the prefix <c>odata.</c>.</param>
/// <param name="Ieee754">Int64 and Decimal travel as strings (JSON Format 3.2).</param>
/// <param name="OmitNulls">The preference <c>omit-values=nulls</c>.</param>
/// <param name="StandardBase64">Binary as base64 instead of base64url: what readers of the ODataLib family understand.</param>
/// <param name="IsDataExchange">The Data Exchange dialect: its own names, no control information, so no next links either, and every relation is an array.</param>
public sealed record JsonStyle(MetadataLevel Level, bool IsV401, bool Ieee754, bool OmitNulls, bool StandardBase64, bool IsDataExchange = false)
{
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        // The response is application/json, never part of a page: no need to escape what only HTML minds.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Everything as the Data Exchange dialect writes it: nulls, plain base64, numbers as numbers.</summary>
    public static readonly JsonStyle DataExchange = new(
        MetadataLevel.None, IsV401: false, Ieee754: false, OmitNulls: false, StandardBase64: true, IsDataExchange: true);

    /// <summary>Every entity names its type and id, because nothing around it does.</summary>
    public bool IsSelfDescribing { get; init; }

    /// <summary>Every entity names its id, because its properties may not tell which one it is.</summary>
    public bool HasIds { get; init; }

    internal ControlNames Names => IsV401 ? ControlNames.V401 : ControlNames.V40;

    public string Prefix => Names.Prefix;
}
