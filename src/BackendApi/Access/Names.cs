using BackendApi.Support;

namespace BackendApi.Access;

/// <summary>What the names of users, roles, keys and clients can be.</summary>
public static class Names
{
    /// <exception cref="ServiceException"><see cref="Errors.InvalidValue"/>: the name is empty, too long, or holds what a log or a header cannot.</exception>
    public static string Check(string? name, string target = "name") =>
        Mistake(name) is { } mistake ? throw new ServiceException(Errors.InvalidValue, mistake, target) : name!;

    /// <summary>What keeps a text from being a name; null when it can be one.</summary>
    public static string? Mistake(string? name)
    {
        if (name is not { Length: > 0 and <= AccessTables.NameLength } || name != name.Trim())
            return $"1 to {AccessTables.NameLength} characters are expected, without spaces around them.";
        // Control characters would write lines of their own into a log; HTTP Basic ends a user's name with a colon.
        return name.Any(character => char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' or ':')
            ? "Control characters, colons and characters beyond U+FFFF cannot be part of a name."
            : null;
    }

    /// <summary>The name of a user as it is stored: names that differ in case only are the same.</summary>
    public static string OfUser(string? name) => Check(name).ToLowerInvariant();
}
