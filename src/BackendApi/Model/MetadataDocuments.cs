using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using BackendApi.Model.Csdl;
using BackendApi.Model.OpenApi;

namespace BackendApi.Model;

/// <summary>
/// The <c>$metadata</c> of one snapshot, and its OpenAPI description. Each document is written when it is first asked for, so that a publish waits for none,
/// and kept as long as the snapshot.
/// </summary>
public sealed class MetadataDocuments
{
    private readonly Lazy<MetadataDocument> xml40;
    private readonly Lazy<MetadataDocument> xml401;
    private readonly Lazy<MetadataDocument> json;
    private readonly CsdlDocument model;

    // Nearly all requests of a server come to one address: for another the document is written anew.
    private volatile Described? openApi;

    internal MetadataDocuments(CsdlDocument document)
    {
        model = document;
        xml40 = new(() => new("application/xml", CsdlXml.Write(document, "4.0")));
        xml401 = new(() => new("application/xml", CsdlXml.Write(document, "4.01")));
        json = new(() => new("application/json", CsdlJson.Write(document)));
    }

    /// <summary>CSDL XML for clients that speak 4.0 at most: readers of that version refuse a later one.</summary>
    public MetadataDocument Xml40 => xml40.Value;

    /// <summary>CSDL XML 4.01.</summary>
    public MetadataDocument Xml401 => xml401.Value;

    /// <summary>CSDL JSON, which exists in version 4.01 only.</summary>
    public MetadataDocument Json => json.Value;

    /// <summary>The OpenAPI description.</summary>
    internal OpenApiDocument OpenApi(OpenApiService service)
    {
        var known = openApi;
        if (known?.Service != service)
            openApi = known = new(service, new(() => OpenApiDocument.Write(model, service)));
        return known.Document.Value;
    }

    private sealed record Described(OpenApiService Service, Lazy<OpenApiDocument> Document);
}

/// <summary>One document, ready to send.</summary>
public sealed class MetadataDocument
{
    private readonly Lazy<byte[]> gzip;

    internal MetadataDocument(string mediaType, byte[] content)
    {
        MediaType = mediaType;
        Content = content;
        var hash = Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 16));
        ETag = $"\"{hash}\"";
        GzipETag = $"\"{hash}-gzip\"";
        gzip = new(() => Compress(content));
    }

    /// <summary>Without parameters.</summary>
    public string MediaType { get; }

    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>A strong ETag with its quotes, the same on every node that serves the same content.</summary>
    public string ETag { get; }

    /// <summary>The content compressed with gzip.</summary>
    public ReadOnlyMemory<byte> Gzip => gzip.Value;

    /// <summary>The ETag of <see cref="Gzip"/>: a strong one belongs to the bytes that are sent.</summary>
    public string GzipETag { get; }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream(content.Length / 8);
        using (var stream = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(content);
        return compressed.ToArray();
    }
}
