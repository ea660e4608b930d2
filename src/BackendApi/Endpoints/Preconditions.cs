using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints;

/// <summary>Whether a request is carried out, as far as its conditions are concerned.</summary>
internal enum PreconditionOutcome
{
    Proceed,
    /// <summary>304: the client has what it asks for.</summary>
    NotModified,
    /// <summary>412.</summary>
    Failed,
    /// <summary>428: the definition wants a condition, and there is none.</summary>
    Required,
}

/// <summary>
/// The conditions of a request (Protocol 4.01, 8.2.4 and 8.2.5; RFC 9110, 13.1). Reading them never fails: a tag that cannot be one of ours matches
/// nothing.
/// </summary>
internal sealed record Preconditions
{
    public static readonly Preconditions None = new();

    /// <summary>The header, or what stands for it in a body; null without one.</summary>
    public EntityTagList? IfMatch { get; init; }

    public EntityTagList? IfNoneMatch { get; init; }

    public static Preconditions Read(IHeaderDictionary headers)
    {
        if (headers.IfMatch.Count == 0 && headers.IfNoneMatch.Count == 0)
            return None;
        // What serializers of missing values make of the header. Of If-Match it would be a condition lost: there it is a tag, which nothing has.
        var ifNoneMatch = headers.IfNoneMatch is ["null"] ? StringValues.Empty : headers.IfNoneMatch;
        return new() { IfMatch = EntityTagList.Read(headers.IfMatch), IfNoneMatch = EntityTagList.Read(ifNoneMatch) };
    }

    /// <summary>Only an entity that exists may be written: a missing one is not created.</summary>
    public bool MustExist => IfMatch is not null;

    /// <summary>Only an entity that does not exist may be written.</summary>
    public bool MustNotExist => IfNoneMatch is EntityTagList.Any;

    /// <summary>Of a GET, once its entity is there.</summary>
    /// <param name="etag">Null for an entity without one.</param>
    public PreconditionOutcome OfRead(string? etag) =>
        IfMatch?.Matches(etag) == false ? PreconditionOutcome.Failed
        : IfNoneMatch?.Matches(etag) == true ? PreconditionOutcome.NotModified
        : PreconditionOutcome.Proceed;

    /// <summary>Of a write, once it is known what is there.</summary>
    /// <param name="isRequired">The definition refuses to change what exists without If-Match.</param>
    public PreconditionOutcome OfWrite(bool exists, string? etag, bool isRequired)
    {
        if (!exists)
            return MustExist ? PreconditionOutcome.Failed : PreconditionOutcome.Proceed;
        return IfMatch?.Matches(etag) == false || IfNoneMatch?.Matches(etag) == true ? PreconditionOutcome.Failed
            : isRequired && IfMatch is null ? PreconditionOutcome.Required
            : PreconditionOutcome.Proceed;
    }

    /// <summary>The same, as an error; null when the write may go on.</summary>
    /// <param name="path">The entity's place in the body; null for that of the address.</param>
    public ServiceError? Refusal(bool exists, string? etag, bool isRequired, string? path = null) => OfWrite(exists, etag, isRequired) switch
    {
        PreconditionOutcome.Failed when !exists => new(Errors.PreconditionFailed, "If-Match asks for an entity that exists; there is none with this key.", path ?? "If-Match"),
        PreconditionOutcome.Failed when MustNotExist => new(Errors.PreconditionFailed, "If-None-Match: * asks for a new entity; there is one with this key already.", path ?? "If-None-Match"),
        PreconditionOutcome.Failed => new(Errors.PreconditionFailed, "The entity has changed since the client read it. Read it again, and decide again.", path ?? "If-Match"),
        PreconditionOutcome.Required => new(Errors.PreconditionRequired, "Send the ETag of the entity that you read in If-Match, or * for whatever there is.", path ?? "If-Match"),
        _ => null,
    };
}

/// <summary>What a condition compares an entity with.</summary>
internal abstract record EntityTagList
{
    /// <summary><c>*</c>: whatever there is.</summary>
    public sealed record Any : EntityTagList;

    /// <param name="Tags">Opaque: without quotes, and without a sign of weakness.</param>
    public sealed record Of(IReadOnlyList<string> Tags) : EntityTagList;

    /// <summary>Weakly, also what asks for a change: our tags are weak, and OData compares them (Protocol 4.01, 8.2.4).</summary>
    /// <param name="etag">That of an entity that exists; null when it has none.</param>
    public bool Matches(string? etag) => this switch
    {
        Of list => etag is not null && list.Tags.Contains(Opaque(etag)),
        _ => true,
    };

    /// <summary>A header, or a tag as JSON says it; null when nothing is in it.</summary>
    public static EntityTagList? Read(StringValues header)
    {
        List<string>? tags = null;
        foreach (var line in header)
            for (var rest = (line ?? "").AsSpan(); Next(ref rest, out var tag, out var isQuoted);)
            {
                if (tag is "*" && !isQuoted)
                    return new Any();
                (tags ??= []).Add(tag.ToString());
            }
        return tags is null ? null : new Of(tags);
    }

    private static string Opaque(string etag)
    {
        var rest = etag.AsSpan();
        return Next(ref rest, out var tag, out _) ? tag.ToString() : "";
    }

    /// <summary>The next member of a list. Quotes may be missing, as some clients send tags; a comma then ends the tag.</summary>
    private static bool Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> tag, out bool isQuoted)
    {
        rest = rest.TrimStart(", \t");
        tag = rest;
        isQuoted = false;
        if (rest.IsEmpty)
            return false;
        if (rest.StartsWith("W/", StringComparison.OrdinalIgnoreCase))
            rest = rest[2..];
        if (rest.StartsWith('"') && rest[1..].IndexOf('"') is >= 0 and var length)
        {
            tag = rest.Slice(1, length);
            isQuoted = true;
            rest = rest[(length + 2)..];
            return true;
        }
        var comma = rest.IndexOf(',');
        tag = (comma < 0 ? rest : rest[..comma]).TrimEnd(" \t");
        rest = comma < 0 ? [] : rest[comma..];
        return true;
    }
}
