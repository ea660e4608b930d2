namespace BackendApi.Parse;

/// <summary>The known name that an unknown one was probably meant to be. Only errors ask.</summary>
internal static class Suggestions
{
    private const int LongestName = 128;

    /// <summary>A sentence such as <c>Did you mean 'Name'?</c>, or nothing when no candidate is near.</summary>
    public static string For(ReadOnlySpan<char> name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LongestName)
            return "";
        string? best = null;
        // A third of the name may be wrong, one character at least.
        var least = Math.Max(2, name.Length / 3 + 1);
        foreach (var candidate in candidates)
        {
            if (candidate.Length > LongestName)
                continue;
            var distance = Distance(name, candidate);
            if (distance < least && distance * 2 < Math.Max(name.Length, candidate.Length))
                (best, least) = (candidate, distance);
        }
        return best is null ? "" : $"Did you mean '{best}'?";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours, without regard to case.</summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> beforePrevious = stackalloc int[b.Length + 1];
        Span<int> previous = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                var distance = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    distance = Math.Min(distance, beforePrevious[j - 2] + 1);
                current[j] = distance;
            }
            var free = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = free;
        }
        return previous[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
