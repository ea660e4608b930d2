using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using BackendApi.Model.Csdl;

namespace BackendApi.Model.OpenApi;

/// <summary>What the description says of the service besides its model.</summary>
/// <param name="Root">The address that clients reach it by, without a trailing slash.</param>
/// <param name="Basic">HTTP Basic is taken.</param>
internal sealed record OpenApiService(string Root, bool Basic);

/// <summary>
/// The OpenAPI description of one snapshot. It is large where many sets are published, so only the compressed form is kept: it is made while the text is written, and whoever wants the
/// text has it decompressed on the way.
/// </summary>
internal sealed class OpenApiDocument
{
    private readonly byte[] _gzip;

    private OpenApiDocument(byte[] gzip, long length, byte[] hash)
    {
        (_gzip, Length) = (gzip, length);
        var tag = Base64Url.EncodeToString(hash.AsSpan(0, 16));
        (ETag, GzipETag) = ($"\"{tag}\"", $"\"{tag}-gzip\"");
    }

    /// <summary>In bytes, of the text.</summary>
    public long Length { get; }

    public ReadOnlyMemory<byte> Gzip => _gzip;

    /// <summary>Of the text: a strong one, the same on every node.</summary>
    public string ETag { get; }

    /// <summary>Of <see cref="Gzip"/>.</summary>
    public string GzipETag { get; }

    public static OpenApiDocument Write(CsdlDocument model, OpenApiService service)
    {
        using var kept = new MemoryStream();
        using var hash = SHA256.Create();
        long length;
        using (var gzip = new GZipStream(kept, CompressionLevel.Fastest, leaveOpen: true))
        using (var hashed = new CryptoStream(gzip, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var json = new Utf8JsonWriter(hashed, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new OpenApiWriter(json, model, service).Write();
            json.Flush();
            length = json.BytesCommitted;
        }
        return new(kept.ToArray(), length, hash.Hash!);
    }

    public async Task CopyToAsync(System.IO.Stream target, CancellationToken cancellation)
    {
        await using var text = new GZipStream(new MemoryStream(_gzip, writable: false), CompressionMode.Decompress);
        await text.CopyToAsync(target, cancellation);
    }
}
