using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BackendApi.Endpoints.Batch;

/// <summary>Protocol 11.7.7.6. The boundaries are random: no body can hold them.</summary>
internal sealed class MultipartBatchWriter(PipeWriter body) : BatchResponseWriter(body)
{
    private readonly string _batch = $"batchresponse_{Guid.NewGuid():N}";
    private string? _changeSet;

    public override string ContentType => $"multipart/mixed;boundary={_batch}";

    public override bool AnswersEachOfFailedGroup => false;

    public override void BeginBatch() { }

    public override void EndBatch() => Write($"--{_batch}--\r\n");

    public override void BeginGroup()
    {
        _changeSet = $"changesetresponse_{Guid.NewGuid():N}";
        Write($"--{_batch}\r\nContent-Type: multipart/mixed;boundary={_changeSet}\r\n\r\n");
    }

    public override void EndGroup()
    {
        Write($"--{_changeSet}--\r\n");
        _changeSet = null;
    }

    public override void Begin(BatchOperation operation, string? group, int status, IHeaderDictionary headers)
    {
        Write("--"u8);
        Write(_changeSet ?? _batch);
        Write("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"u8);
        if (operation.Id is { } id)
            WriteHeader("Content-ID", id);
        Write(StatusLine(status));
        foreach (var (name, values) in headers)
            if (!IsOfFraming(name))
                foreach (var value in values)
                    WriteHeader(name, value);
        Write("\r\n"u8);
    }

    public override void WriteBody(ReadOnlySpan<byte> bytes) => Target.Write(bytes);

    public override void End() => Target.Write("\r\n"u8);

    private void WriteHeader(string name, string? value)
    {
        Write(name);
        Write(": "u8);
        Write(value ?? "");
        Write("\r\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes) => Target.Write(bytes);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, Target);

    private static ReadOnlySpan<byte> StatusLine(int status) => status switch
    {
        StatusCodes.Status200OK => "\r\nHTTP/1.1 200 OK\r\n"u8,
        StatusCodes.Status201Created => "\r\nHTTP/1.1 201 Created\r\n"u8,
        StatusCodes.Status204NoContent => "\r\nHTTP/1.1 204 No Content\r\n"u8,
        _ => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\r\nHTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\n")),
    };
}
