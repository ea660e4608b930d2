using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Batch;

/// <summary>JSON Format 19.5. A body that is JSON goes through as it comes; every other one becomes a string on its way.</summary>
internal sealed class JsonBatchWriter(PipeWriter body) : BatchResponseWriter(body)
{
    private enum Form { None, Json, Text, Binary }

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Bytes that end in the middle of a group of three, or of a character.</summary>
    private readonly byte[] _carried = new byte[4];
    private int _carriedCount;
    private bool _isFirst = true;
    private Form _form;
    private bool _hasBody;

    public override string ContentType => "application/json";

    public override bool AnswersEachOfFailedGroup => true;

    public override void BeginBatch() => Target.Write("{\"responses\":["u8);

    public override void EndBatch() => Target.Write("]}"u8);

    public override void BeginGroup() { }

    public override void EndGroup() { }

    public override void Begin(BatchOperation operation, string? group, int status, IHeaderDictionary headers)
    {
        if (!_isFirst)
            Target.Write(","u8);
        _isFirst = false;
        var head = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(head, new() { Encoder = Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("id", operation.Id);
            if (group is not null)
                json.WriteString("atomicityGroup", group);
            json.WriteNumber("status", status);
            json.WriteStartObject("headers");
            foreach (var (name, values) in headers)
                if (!IsOfFraming(name))
                    json.WriteString(name.ToLowerInvariant(), values.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }
        // The end of the object follows when there is no (more) body.
        Target.Write(head.WrittenSpan[..^1]);
        _hasBody = false;
        _form = !MediaTypeHeaderValue.TryParse(headers.ContentType.ToString(), out var type) ? Form.Binary
            : BodyForms.IsJson(type) ? Form.Json
            : BodyForms.IsText(type) ? Form.Text
            : Form.Binary;
    }

    public override void WriteBody(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (!_hasBody)
            Target.Write(_form == Form.Json ? ",\"body\":"u8 : ",\"body\":\""u8);
        _hasBody = true;
        switch (_form)
        {
            case Form.Json: Target.Write(bytes); break;
            case Form.Text: WriteText(bytes, isFinal: false); break;
            default: WriteBinary(bytes, isFinal: false); break;
        }
    }

    public override void End()
    {
        if (_hasBody && _form == Form.Text)
            WriteText([], isFinal: true);
        else if (_hasBody && _form == Form.Binary)
            WriteBinary([], isFinal: true);
        Target.Write(_hasBody && _form != Form.Json ? "\"}"u8 : "}"u8);
    }

    private void WriteText(ReadOnlySpan<byte> bytes, bool isFinal) => Through(bytes, isFinal, static (bytes, target, isFinal) =>
    {
        var escaped = target.GetSpan(Math.Max(16, bytes.Length * 6));
        // What is no UTF-8 is replaced; a character that goes on in the next piece is left for it.
        Encoder.EncodeUtf8(bytes, escaped, out var consumed, out var written, isFinal);
        target.Advance(written);
        return consumed;
    });

    private void WriteBinary(ReadOnlySpan<byte> bytes, bool isFinal) => Through(bytes, isFinal, static (bytes, target, isFinal) =>
    {
        var encoded = target.GetSpan(Math.Max(16, Base64Url.GetEncodedLength(bytes.Length)));
        Base64Url.EncodeToUtf8(bytes, encoded, out var consumed, out var written, isFinal);
        target.Advance(written);
        return consumed;
    });

    private delegate int Encode(ReadOnlySpan<byte> bytes, IBufferWriter<byte> target, bool isFinal);

    /// <summary>Hands the bytes on, the ones that were left before first.</summary>
    private void Through(ReadOnlySpan<byte> bytes, bool isFinal, Encode encode)
    {
        const int Piece = 4096;
        if (_carriedCount > 0)
        {
            Span<byte> joined = stackalloc byte[16];
            _carried.AsSpan(0, _carriedCount).CopyTo(joined);
            var added = Math.Min(bytes.Length, joined.Length - _carriedCount);
            bytes[..added].CopyTo(joined[_carriedCount..]);
            var length = _carriedCount + added;
            var consumed = encode(joined[..length], Target, isFinal && added == bytes.Length);
            if (added == bytes.Length)
            {
                Carry(joined[consumed..length]);
                return;
            }
            bytes = bytes[(consumed - _carriedCount)..];
            _carriedCount = 0;
        }
        while (bytes.Length > 0)
        {
            var piece = bytes[..Math.Min(Piece, bytes.Length)];
            var isLast = piece.Length == bytes.Length;
            var consumed = encode(piece, Target, isFinal && isLast);
            bytes = bytes[consumed..];
            if (isLast)
                break;
        }
        Carry(bytes);
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        rest.CopyTo(_carried);
        _carriedCount = rest.Length;
    }
}
