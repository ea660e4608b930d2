using System.Net;
using System.Xml;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace BackendApi.Spec.Clients;

/// <summary>What kind of payload a request is answered with.</summary>
public enum Payload { Service, Collection, Delta, Entity, Property, Value, Reference, References, Error, Nothing }

/// <summary>
/// The reader of Microsoft.OData.Core, the one inside Excel and Power BI, as strict as it can be: it gets the service's own <c>$metadata</c> and
/// the response, and nothing else that would help it.
/// </summary>
/// <param name="takesUndeclared">Reads dynamic properties of types that are not open.</param>
internal sealed class ODataLibReader(IEdmModel model, ODataVersion version, bool takesUndeclared)
{
    public static IEdmModel Model(string metadata)
    {
        using var reader = XmlReader.Create(new StringReader(metadata));
        return CsdlReader.Parse(reader);
    }

    /// <summary>What it found, written one piece after the other: <c>[{Id Name}]</c>.</summary>
    /// <exception cref="ODataException">It would not read the response.</exception>
    public string Read(Payload kind, HttpResponseMessage response, byte[] body)
    {
        if (kind == Payload.Nothing)
            return response.StatusCode == HttpStatusCode.NoContent && body.Length == 0 ? "nothing" : throw new ODataException("There is a body.");
        var validations = takesUndeclared ? ValidationKinds.All & ~ValidationKinds.ThrowOnUndeclaredPropertyForNonOpenType : ValidationKinds.All;
        var settings = new ODataMessageReaderSettings { MaxProtocolVersion = version, Version = version, Validations = validations };
        using var reader = new ODataMessageReader(new Message(response, body), settings, model);
        return kind switch
        {
            Payload.Service => Service(reader.ReadServiceDocument()),
            Payload.Collection => Items(reader.CreateODataResourceSetReader()),
            Payload.Delta => Items(reader.CreateODataDeltaResourceSetReader()),
            Payload.Entity => Items(reader.CreateODataResourceReader()),
            Payload.Property => Text(reader.ReadProperty().Value),
            Payload.Value => Text(reader.ReadValue(null)),
            Payload.Reference => reader.ReadEntityReferenceLink().Url.ToString(),
            Payload.References => References(reader.ReadEntityReferenceLinks()),
            Payload.Error => reader.ReadError().ErrorCode,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static string Service(ODataServiceDocument document) =>
        string.Join(' ', document.EntitySets.Select(set => set.Name).Concat(document.Singletons.Select(singleton => "!" + singleton.Name)));

    private static string References(ODataEntityReferenceLinks links) =>
        $"{(links.Count is { } count ? $"#{count} " : "")}{string.Join(' ', links.Links.Select(link => link.Url.ToString()))}{(links.NextPageLink is null ? "" : "+")}";

    private static string Items(ODataReader reader)
    {
        var text = new System.Text.StringBuilder();
        // It reports every navigation property of the type: only what is inline counts.
        var deferred = "";
        while (reader.Read())
        {
            if (reader.State is ODataReaderState.NestedResourceInfoStart or ODataReaderState.NestedResourceInfoEnd)
            {
                deferred = reader.State == ODataReaderState.NestedResourceInfoStart ? $" {((ODataNestedResourceInfo)reader.Item).Name}:" : "";
                continue;
            }
            text.Append(deferred);
            deferred = "";
            text.Append(reader.State switch
            {
                ODataReaderState.ResourceSetStart or ODataReaderState.DeltaResourceSetStart => "[",
                ODataReaderState.ResourceSetEnd or ODataReaderState.DeltaResourceSetEnd => End((ODataResourceSetBase)reader.Item),
                ODataReaderState.ResourceStart => "{",
                ODataReaderState.ResourceEnd => $"{(reader.Item is ODataResource resource ? Resource(resource) : "")}}}",
                ODataReaderState.DeletedResourceEnd => $"-{((ODataDeletedResource)reader.Item).Id} {((ODataDeletedResource)reader.Item).Reason}",
                ODataReaderState.EntityReferenceLink => ((ODataEntityReferenceLink)reader.Item).Url.ToString(),
                _ => "",
            });
        }
        return text.ToString();
    }

    private static string End(ODataResourceSetBase set) =>
        $"]{(set.Count is { } count ? $"#{count}" : "")}{(set.NextPageLink is { IsAbsoluteUri: true } ? "+" : "")}{(set.DeltaLink is { IsAbsoluteUri: true } ? "^" : "")}";

    /// <summary>A reference is an entity without properties.</summary>
    private static string Resource(ODataResource resource) => resource.Properties.Any() ? Properties(resource.Properties) : resource.Id?.ToString() ?? "";

    private static string Properties(IEnumerable<ODataProperty> properties) =>
        string.Join(' ', properties.Select(property => $"{property.Name}={Text(property.Value)}"));

    private static string Text(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        ODataCollectionValue collection => $"[{string.Join(' ', collection.Items.Select(Text))}]",
        ODataResourceValue complex => $"{{{Properties(complex.Properties)}}}",
        ODataEnumValue member => member.Value,
        ODataUntypedValue untyped => untyped.RawValue,
        DateTimeOffset instant => instant.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private sealed class Message(HttpResponseMessage response, byte[] body) : IODataResponseMessage
    {
        public IEnumerable<KeyValuePair<string, string>> Headers =>
            response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)));

        public int StatusCode { get => (int)response.StatusCode; set => throw new NotSupportedException(); }
        public string? GetHeader(string headerName) => Headers.FirstOrDefault(header => header.Key.Equals(headerName, StringComparison.OrdinalIgnoreCase)).Value;
        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();
        public System.IO.Stream GetStream() => new MemoryStream(body);
    }
}
