using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints;

/// <summary>Entity tags in the headers of a condition (RFC 9110 section 13.1).</summary>
internal static class EntityTags
{
    /// <summary>The header lists the tag, or is <c>*</c>. Tags are compared weakly: reads only ask whether anything changed.</summary>
    public static bool Match(StringValues header, string etag)
    {
        foreach (var line in header)
            foreach (var tag in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
                if (tag == "*" || Strong(tag) == Strong(etag))
                    return true;
        return false;
    }

    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
