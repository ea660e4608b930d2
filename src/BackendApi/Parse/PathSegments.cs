using System.Text;

namespace BackendApi.Parse;

/// <summary>Splits a path at its slashes before anything is decoded, so that an encoded slash never splits.</summary>
internal static class PathSegments
{
    /// <returns>The decoded path, and where in it each segment ends.</returns>
    public static (string Text, List<int> Ends) Split(string raw)
    {
        var ends = new List<int>(4);
        if (raw.Length == 0)
            return (raw, ends);
        var decoded = raw.Contains('%', StringComparison.Ordinal) ? new StringBuilder(raw.Length) : null;
        for (var start = 0; ;)
        {
            var end = EndOf(raw, start);
            // A slash at the end of the path is not the start of a segment.
            if (end == start && end == raw.Length && start > 0)
                break;
            if (decoded is null)
                ends.Add(end);
            else
            {
                if (start > 0)
                    decoded.Append('/');
                decoded.Append(PercentDecoding.PathSegment(raw.AsSpan(start, end - start)));
                ends.Add(decoded.Length);
            }
            if (end == raw.Length)
                break;
            start = end + 1;
        }
        return (decoded?.ToString() ?? raw, ends);
    }

    /// <summary>The next slash outside of parentheses: key values and the expression of a <c>$filter</c> segment may hold one.</summary>
    private static int EndOf(string raw, int start)
    {
        var depth = 0;
        for (var i = start; i < raw.Length; i++)
        {
            switch (raw[i])
            {
                case '/' when depth == 0:
                    return i;
                case '(':
                    depth++;
                    break;
                case ')' when depth > 0:
                    depth--;
                    break;
                case '\'' when depth > 0:
                    var close = raw.IndexOf('\'', i + 1);
                    if (close < 0)
                        return raw.Length;
                    i = close;
                    break;
            }
        }
        return raw.Length;
    }
}
