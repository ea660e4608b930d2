using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// The headers of a part of a multipart body, or of the request in it. Heads that follow each other are mostly the same but for <c>Content-ID</c> and
/// <c>Content-Length</c>: then they share their headers, which nobody changes.
/// </summary>
internal sealed class PartHead
{
    /// <summary>Those that <see cref="Headers"/> is made of.</summary>
    private readonly List<(byte[] Text, string Name, string Value)> _lines = [];
    private int _read;
    private HeaderDictionary? _headers;
    private StringValues _ids;
    private StringValues _lengths;

    /// <summary>Without <c>Content-ID</c> and <c>Content-Length</c>; after <see cref="End"/>.</summary>
    public IHeaderDictionary Headers => _headers ??= Made();

    /// <summary>The <c>Content-ID</c>; null without one.</summary>
    public string? Id => _ids is [{ } id, ..] && id.Length > 0 ? id : null;

    /// <summary>Null without a <c>Content-Length</c>, or where it is none.</summary>
    public long? ContentLength => _lengths is [{ } length] && HeaderUtilities.TryParseNonNegativeInt64(length, out var bytes) ? bytes : null;

    public void Begin()
    {
        _read = 0;
        (_ids, _lengths) = (default, default);
    }

    /// <summary>False for what is no header.</summary>
    public bool TryAdd(ReadOnlySpan<byte> line)
    {
        if (_read < _lines.Count && line.SequenceEqual(_lines[_read].Text))
        {
            _read++;
            return true;
        }
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAny((byte)' ', (byte)'\t') || line.ContainsAny((byte)'\0', (byte)'\r'))
            return false;
        var name = line[..colon];
        var value = line[(colon + 1)..];
        if (Ascii.EqualsIgnoreCase(name, "Content-ID"u8))
        {
            _ids = StringValues.Concat(_ids, Encoding.UTF8.GetString(value).Trim());
        }
        else if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
        {
            _lengths = StringValues.Concat(_lengths, Encoding.UTF8.GetString(value).Trim());
        }
        else
        {
            Forget();
            _lines.Add((line.ToArray(), Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value).Trim(' ', '\t')));
            _read++;
        }
        return true;
    }

    public void End()
    {
        if (_read < _lines.Count)
            Forget();
    }

    /// <summary>From here on it is another head than the one before.</summary>
    private void Forget()
    {
        _lines.RemoveRange(_read, _lines.Count - _read);
        _headers = null;
    }

    private HeaderDictionary Made()
    {
        var headers = new HeaderDictionary(_lines.Count);
        foreach (var (_, name, value) in _lines)
            headers.Append(name, value);
        return headers;
    }
}
