using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BackendApi.Endpoints.Batch;

using Stream = System.IO.Stream;

/// <summary>
/// Reads a JSON batch (JSON Format 19.1). Tolerated: members in any order, a missing or numeric id, header names in any case, a missing content type of
/// a JSON body, one text in <c>dependsOn</c>. A member that the format does not have is refused, because what it asks for could not be kept.
/// </summary>
internal sealed class JsonBatchReader : IDisposable
{
    /// <summary>Of the whole text; a body begins at the fourth level.</summary>
    private const int MaxDepth = 128;

    private readonly JsonTokens _tokens;
    private readonly Spool _bodies;
    private readonly BatchOutline _outline;

    private JsonBatchReader(Stream body, Spool bodies, BatchOutline outline, CancellationToken cancellation)
    {
        _tokens = new(body, MaxDepth, cancellation);
        (_bodies, _outline) = (bodies, outline);
    }

    /// <param name="bodies">Takes the bodies of the requests.</param>
    /// <exception cref="ServiceException">400: malformed, with the line or the path; or what <see cref="BatchOutline"/> refuses.</exception>
    public static async Task<BatchRequest> ReadAsync(Stream body, Spool bodies, ODataSettings settings, CancellationToken cancellation)
    {
        var outline = new BatchOutline(settings, areIdsUniqueInGroups: false);
        using var reader = new JsonBatchReader(body, bodies, outline, cancellation);
        await reader.ReadAsync();
        return outline.ToRequest();
    }

    public void Dispose() => _tokens.Dispose();

    private async Task ReadAsync()
    {
        const string Expected = "A JSON batch is an object with the member 'requests', an array of request objects.";
        if (!await _tokens.NextAsync() || _tokens.Type != JsonTokenType.StartObject)
            throw new ServiceException(Errors.InvalidBody, Expected);
        var isRead = false;
        while (await NextAsync() != JsonTokenType.EndObject)
        {
            var name = _tokens.Text!;
            await NextAsync();
            if (name == "requests" && !isRead && _tokens.Type == JsonTokenType.StartArray)
            {
                await ReadRequestsAsync();
                isRead = true;
            }
            else if (name.Contains('@', StringComparison.Ordinal))
                await _tokens.CopyAsync(null);
            else
                throw new ServiceException(Errors.InvalidBody, isRead && name == "requests" ? "'requests' stands in the batch twice." : Expected, name);
        }
        if (!isRead)
            throw new ServiceException(Errors.InvalidBody, Expected);
        // Anything behind the end is malformed.
        await _tokens.NextAsync();
    }

    private async Task ReadRequestsAsync()
    {
        string? group = null;
        for (var index = 0; await NextAsync() != JsonTokenType.EndArray; index++)
        {
            var place = new BatchPlace(index, IsJson: true);
            if (_tokens.Type != JsonTokenType.StartObject)
                throw Malformed(place.ToString(), "a request is an object");
            var members = await ReadMembersAsync(place);
            if (members.Group != group)
            {
                if (group is not null)
                    _outline.EndGroup();
                if (members.Group is not null)
                    _outline.BeginGroup(members.Group, place);
                group = members.Group;
            }
            _outline.Add(await ToOperationAsync(members, place));
        }
        if (group is not null)
            _outline.EndGroup();
    }

    /// <summary>A request object as far as it has been read.</summary>
    private sealed class Members
    {
        public string? Id, Method, Url, Group;
        public IReadOnlyList<string> DependsOn = [];
        public IHeaderDictionary Headers = new HeaderDictionary();
        public bool IsConditional;
        /// <summary>As it stands in the batch.</summary>
        public Spool.Slice Body;
        /// <summary>Of a body that is a string.</summary>
        public string? Text;

        private readonly List<string> _names = new(8);
        private HashSet<string>? _many;

        /// <summary>A request that was written to do harm has more members than those of the format.</summary>
        public bool IsNew(string name)
        {
            if (_many is not null || _names.Count > 16)
                return (_many ??= new(_names, StringComparer.Ordinal)).Add(name);
            if (_names.Contains(name))
                return false;
            _names.Add(name);
            return true;
        }
    }

    private async Task<Members> ReadMembersAsync(BatchPlace place)
    {
        var members = new Members();
        while (await NextAsync() != JsonTokenType.EndObject)
        {
            var name = _tokens.Text!;
            if (!members.IsNew(name))
                throw Malformed($"{place}.{name}", "the member stands there twice");
            await NextAsync();
            switch (name)
            {
                case "id": members.Id = Scalar(place, name); break;
                case "method": members.Method = Scalar(place, name); break;
                case "url": members.Url = Scalar(place, name); break;
                case "atomicityGroup": members.Group = Scalar(place, name); break;
                case "dependsOn": members.DependsOn = await ReadDependsOnAsync(place, name); break;
                case "headers": await ReadHeadersAsync(members.Headers, place); break;
                case "body": await ReadBodyAsync(members); break;
                case "if":
                    members.IsConditional = _tokens.Type != JsonTokenType.Null;
                    await _tokens.CopyAsync(null);
                    break;
                default:
                    if (!name.Contains('@', StringComparison.Ordinal))
                        throw Malformed($"{place}.{name}", "a request has the members id, method, url, atomicityGroup, dependsOn, if, headers and body");
                    await _tokens.CopyAsync(null);
                    break;
            }
        }
        return members;
    }

    private async Task<IReadOnlyList<string>> ReadDependsOnAsync(BatchPlace place, string name)
    {
        if (_tokens.Type != JsonTokenType.StartArray)
            return Scalar(place, name) is { } one ? [one] : [];
        var ids = new List<string>();
        while (await NextAsync() != JsonTokenType.EndArray)
            ids.Add(Scalar(place, name) ?? throw Malformed($"{place}.{name}", "an id is a text"));
        return ids;
    }

    private async Task ReadHeadersAsync(IHeaderDictionary headers, BatchPlace place)
    {
        if (_tokens.Type == JsonTokenType.Null)
            return;
        if (_tokens.Type != JsonTokenType.StartObject)
            throw Malformed($"{place}.headers", "headers are an object of texts");
        while (await NextAsync() != JsonTokenType.EndObject)
        {
            var name = _tokens.Text!;
            await NextAsync();
            var value = Scalar(place, "headers", name);
            if (headers.ContainsKey(name))
                throw Malformed($"{place}.headers.{name}", "the header stands there twice");
            if (name.Length == 0 || name.AsSpan().ContainsAnyExceptInRange('!', '~') || value?.AsSpan().ContainsAny("\r\n\0") == true)
                throw Malformed($"{place}.headers.{name}", "this is no header");
            if (value is not null)
                headers[name] = value;
        }
    }

    private async Task ReadBodyAsync(Members members)
    {
        if (_tokens.Type == JsonTokenType.Null)
            return;
        members.Text = _tokens.Type == JsonTokenType.String ? _tokens.Text : null;
        var start = _bodies.Length;
        await _tokens.CopyAsync(_bodies);
        members.Body = _bodies.From(start);
    }

    /// <summary>A text or a number as a text; null for null.</summary>
    private string? Scalar(BatchPlace place, string member, string? inner = null) => _tokens.Type switch
    {
        JsonTokenType.String or JsonTokenType.Number => _tokens.Text,
        JsonTokenType.Null => null,
        _ => throw Malformed(inner is null ? $"{place}.{member}" : $"{place}.{member}.{inner}", "a text is expected"),
    };

    private async Task<BatchOperation> ToOperationAsync(Members members, BatchPlace place)
    {
        var method = members.Method?.ToUpperInvariant() ?? throw Malformed(place.ToString(), "the request has no method");
        if (!method.All(char.IsAsciiLetter) || method.Length == 0)
            throw Malformed($"{place}.method", $"'{members.Method}' is no method");
        if (string.IsNullOrWhiteSpace(members.Url))
            throw Malformed(place.ToString(), "the request has no url");
        members.Headers.ContentLength = null;
        return new(
            place, members.Id, method, members.Url.Trim().Replace(" ", "%20", StringComparison.Ordinal), members.Headers, await BodyAsync(members, place),
            members.DependsOn, members.IsConditional);
    }

    /// <summary>The bytes of the body: JSON as it stands, a text in UTF-8, everything else decoded from base64url.</summary>
    private async ValueTask<Spool.Slice> BodyAsync(Members members, BatchPlace place)
    {
        if (members.Body.Length == 0)
            return default;
        if (members.Headers.ContentType.Count == 0)
            members.Headers.ContentType = "application/json";
        if (!MediaTypeHeaderValue.TryParse(members.Headers.ContentType.ToString(), out var type) || BodyForms.IsJson(type))
            return members.Body;
        if (members.Text is null)
            throw Malformed($"{place}.body", $"a body of the type '{type.MediaType}' is a string, encoded as base64url unless it is a text");
        var start = _bodies.Length;
        await _bodies.AppendAsync(BodyForms.IsText(type) ? Encoding.UTF8.GetBytes(members.Text) : Decoded(members.Text, place), CancellationToken.None);
        return _bodies.From(start);
    }

    private static byte[] Decoded(string text, BatchPlace place)
    {
        try
        {
            // The other alphabet of base64 is taken too.
            return Base64Url.DecodeFromChars(text.Replace('+', '-').Replace('/', '_'));
        }
        catch (FormatException)
        {
            throw Malformed($"{place}.body", "the string is not base64url");
        }
    }

    private async ValueTask<JsonTokenType> NextAsync() => await _tokens.NextAsync()
        ? _tokens.Type
        : throw new ServiceException(Errors.InvalidBody, "The batch is truncated.");

    private static ServiceException Malformed(string path, string what) => new(Errors.InvalidBody, $"The batch is malformed at {path}: {what}.", path);
}
