using System.Buffers;
using System.Net.Http.Headers;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>The part of a stream that a GET asks for (RFC 9110, 14).</summary>
internal readonly record struct StreamRange(long Start, long Length)
{
    /// <summary>Says in the head of the response what its body will be: the whole (200), or one range (206). Of several ranges the whole is sent, as the RFC lets a server do.</summary>
    /// <param name="total">Of the stream.</param>
    /// <param name="etag">A strong one; null where nothing tells a stream from another.</param>
    /// <exception cref="ServiceException">416: the range is behind the end.</exception>
    public static StreamRange Of(HttpContext context, long total, string? etag)
    {
        var response = context.Response;
        response.Headers.AcceptRanges = "bytes";
        if (!HttpMethods.IsGet(context.Request.Method) || !IsAsked(context, etag, out var range))
        {
            response.ContentLength = total;
            return new(0, total);
        }
        var start = range.From ?? Math.Max(0, total - range.To!.Value);
        var end = range.From is null ? total - 1 : Math.Min(range.To ?? long.MaxValue, total - 1);
        if (start > end)
        {
            response.Headers.ContentRange = new ContentRangeHeaderValue(total).ToString();
            throw new ServiceException(Errors.RangeNotSatisfiable, $"The stream has {total} bytes.", "Range");
        }
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = new ContentRangeHeaderValue(start, end, total).ToString();
        response.ContentLength = end - start + 1;
        return new(start, end - start + 1);
    }

    /// <summary>Brings a stream, which may not know how to seek, to the first byte.</summary>
    public async ValueTask SkipAsync(System.IO.Stream stream, CancellationToken cancellation)
    {
        if (Start == 0)
            return;
        if (stream.CanSeek)
        {
            stream.Position = Start;
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            for (var left = Start; left > 0;)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation);
                if (read == 0)
                    return;
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>One range in bytes that can be understood, of the version that the client knows; anything else asks for the whole.</summary>
    private static bool IsAsked(HttpContext context, string? etag, out RangeItemHeaderValue range)
    {
        range = null!;
        var headers = context.Request.Headers;
        if (headers.Range is not [{ } text] || !RangeHeaderValue.TryParse(text, out var asked) || asked.Unit != "bytes" || asked.Ranges is not { Count: 1 })
            return false;
        // Only the very tag of these bytes lets a part be fitted to one that the client has (RFC 9110, 13.1.5); of dates nothing is known.
        if (headers.IfRange.Count > 0 && (etag is null || headers.IfRange != etag))
            return false;
        range = asked.Ranges.First();
        return true;
    }
}
