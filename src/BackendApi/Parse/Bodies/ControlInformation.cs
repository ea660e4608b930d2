namespace BackendApi.Parse.Bodies;

/// <summary>
/// The name of a member with an @ in it (JSON Format 4.01, 4.6): <c>Customer@odata.bind</c> is the term <c>bind</c> of <c>Customer</c>. Terms with a namespace
/// are annotations, which change nothing.
/// </summary>
/// <param name="Property">Empty for the object itself.</param>
/// <param name="Term">Without the prefix; empty for an annotation.</param>
internal readonly record struct ControlInformation(string Property, string Term, bool HasPrefix)
{
    private const string Prefix = "odata.";

    /// <summary>What a request can say with them; every other control information describes what a client has read.</summary>
    private static readonly string[] Effective = ["id", "type", "etag", "bind", "delta", "removed", "nextLink"];

    /// <returns>Null when the name holds no @.</returns>
    public static ControlInformation? Parse(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return null;
        var term = name.AsSpan(at + 1);
        var hasPrefix = term.StartsWith(Prefix, StringComparison.Ordinal);
        if (hasPrefix)
            term = term[Prefix.Length..];
        return new(name[..at], term.Contains('.') ? "" : term.ToString(), hasPrefix);
    }

    /// <summary>In 4.0 only the prefix makes it control information (JSON Format 4.0, 4.5).</summary>
    public bool IsUnprefixedInV40(bool isV401) => !isV401 && !HasPrefix && Effective.Contains(Term);
}
