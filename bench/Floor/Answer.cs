using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;

namespace BackendApi.Bench.Floor;

/// <summary>One response under way: the JSON writer over the response pipe, and the envelope that OData puts around rows.</summary>
internal readonly struct Answer
{
    /// <summary>Bytes that gather before they are sent; a page of 100 rows goes out at once, a long export does not gather.</summary>
    private const int SendAt = 32 * 1024;

    private static readonly ConcurrentBag<Utf8JsonWriter> Idle = [];
    private static readonly JsonEncodedText Context = JsonEncodedText.Encode("@odata.context");
    private static readonly JsonEncodedText Count = JsonEncodedText.Encode("@odata.count");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText NextLink = JsonEncodedText.Encode("@odata.nextLink");

    private readonly PipeWriter _pipe;
    private readonly HttpRequest _request;

    public Utf8JsonWriter Json { get; }

    public Answer(HttpContext http)
    {
        http.Response.ContentType = "application/json;odata.metadata=minimal";
        http.Response.Headers["OData-Version"] = "4.0";
        _pipe = http.Response.BodyWriter;
        _request = http.Request;
        if (Idle.TryTake(out var writer))
            writer.Reset(_pipe);
        else
            writer = new Utf8JsonWriter(_pipe, new JsonWriterOptions { SkipValidation = true });
        Json = writer;
    }

    public void StartEntity(string context)
    {
        Json.WriteStartObject();
        Json.WriteString(Context, $"{_request.Scheme}://{_request.Host.Value}/odata/$metadata#{context}");
    }

    public void StartRows(string context, long? count = null)
    {
        StartEntity(context);
        if (count is not null)
            Json.WriteNumber(Count, count.Value);
        Json.WriteStartArray(Value);
    }

    public void EndRows(string? nextPath = null)
    {
        Json.WriteEndArray();
        if (nextPath is not null)
            Json.WriteString(NextLink, $"{_request.Scheme}://{_request.Host.Value}{nextPath}");
        Json.WriteEndObject();
    }

    /// <summary>Sends what has gathered once it is worth a write.</summary>
    public ValueTask SendWhenFull()
    {
        if (Json.BytesPending + _pipe.UnflushedBytes < SendAt)
            return default;
        Json.Flush();
        var sent = _pipe.FlushAsync();
        return sent.IsCompletedSuccessfully ? default : Rest(sent);

        static async ValueTask Rest(ValueTask<FlushResult> sent) => await sent.ConfigureAwait(false);
    }

    /// <summary>Hands the rest to the pipe, which sends it when the request ends.</summary>
    public void Complete()
    {
        Json.Flush();
        Json.Reset(Stream.Null);
        Idle.Add(Json);
    }
}
