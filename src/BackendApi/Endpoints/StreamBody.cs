using BackendApi.Endpoints.Batch;
using BackendApi.Model;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints;

/// <summary>A body that is the stream of a media entity (Protocol 11.4.7): it is stored as it is, whatever it holds.</summary>
internal static class StreamBody
{
    /// <summary>What is stored as a value like others.</summary>
    public const int ShortBytes = 64 * 1024;

    private const int LongestMediaType = 255;

    /// <summary>PUT of a stream; POST of a media entity whose body is not the entity as JSON.</summary>
    public static bool IsExpected(HttpRequest request, WriteTarget target) => target switch
    {
        WriteTarget.Media => HttpMethods.IsPut(request.Method),
        WriteTarget.Collection { IsEach: false, Set.Media: not null } =>
            HttpMethods.IsPost(request.Method) && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Waits for the client, as for every body, before a transaction is open.</summary>
    /// <exception cref="ServiceException">400: too long.</exception>
    public static async Task<Spool> ArriveAsync(HttpContext context, int maxBytes)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (request.ContentLength > maxBytes)
            throw JsonBody.TooLong(maxBytes);
        var spool = new Spool();
        try
        {
            while (await request.Body.ReadAsync(spool.GetMemory(Spool.MemoryBytes / 16), context.RequestAborted) is var read and > 0)
            {
                spool.Advance(read);
                await spool.SettleAsync(context.RequestAborted);
                if (spool.Length > maxBytes)
                    throw JsonBody.TooLong(maxBytes);
            }
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    /// <summary>The type that is stored with the stream; null for none.</summary>
    /// <exception cref="ServiceException">400: none that can be stored. 415: every stream of the set has another type.</exception>
    public static string? MediaType(HttpRequest request, MediaModel media)
    {
        if (request.ContentType is not { Length: > 0 } text)
            return null;
        if (!MediaTypeHeaderValue.TryParse(text, out var type) || !text.All(character => character is >= ' ' and <= '~'))
            throw new ServiceException(Errors.InvalidHeader, "This is no media type.", "Content-Type");
        if (media.ContentTypeColumn is { } column)
            return text.Length <= (column.Type.MaxLength ?? LongestMediaType) ? text : throw new ServiceException(Errors.InvalidHeader, "The media type is longer than can be stored.", "Content-Type");
        if (media.ContentType is { } only && !(MediaTypeHeaderValue.TryParse(only, out var stored) && stored.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)))
            throw new ServiceException(Errors.UnsupportedMediaType, $"Streams of this set are {only}.", "Content-Type");
        return text;
    }
}
