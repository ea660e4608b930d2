using System.Runtime.CompilerServices;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>What one URL's parts share while they are parsed: the model, the bounds and the parameter aliases.</summary>
internal sealed class ParseState(IEdmModel model, ParseLimits limits)
{
    // Most URLs declare none.
    private Dictionary<string, string>? aliases;
    private List<string>? aliasesInUse;
    private (string? Text, bool Mentions) lastNames;
    private int depth;
    private int aliasCharacters;
    private int calls;

    /// <summary>The raw query, for function parameters that a client gives as options of their names.</summary>
    public string Query { get; set; } = "";

    public IEdmModel Model => model;
    public ParseLimits Limits => limits;

    /// <summary>One level deeper. Every rule that can contain itself calls this, so no input reaches the end of the stack.</summary>
    public void Enter(in Cursor at)
    {
        if (++depth > limits.Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw at.Error(Errors.LimitExceeded, $"Nested deeper than the {limits.Depth} levels that are allowed", at.Position);
    }

    public void Leave() => depth--;

    /// <summary>Refuses a list, path or chain that is longer than allowed.</summary>
    public static void CheckCount(int count, int limit, in Cursor at, string what)
    {
        if (count > limit)
            throw at.Error(Errors.LimitExceeded, $"More than the {limit} {what} that are allowed", at.Position);
    }

    public void AddAlias(string name, string text)
    {
        if (!(aliases ??= []).TryAdd(name, text))
            throw new ServiceException(Errors.MalformedUrl, $"The parameter alias {name} is declared twice.", name);
    }

    /// <summary>The text of an alias; null when the URL does not declare it, which stands for the literal null (URL Conventions, 5.3).</summary>
    /// <remarks>Aliases that use other aliases multiply; the total is bounded by the longest URL.</remarks>
    public string? EnterAlias(string name, in Cursor at)
    {
        if (aliases is null || !aliases.TryGetValue(name, out var text))
            return null;
        if ((aliasesInUse ??= []).Contains(name))
            throw at.Error(Errors.MalformedUrl, $"The parameter alias {name} refers to itself", at.Position);
        // An empty alias is one character's work too.
        aliasCharacters += text.Length + 1;
        CheckCount(aliasCharacters, limits.UrlCharacters, at, "characters of expanded parameter aliases");
        Enter(at);
        aliasesInUse.Add(name);
        return text;
    }

    public void LeaveAlias()
    {
        aliasesInUse!.RemoveAt(aliasesInUse.Count - 1);
        Leave();
    }

    /// <summary>Characters of expressions that functions stood for so far.</summary>
    public int Expanded { get; private set; }

    /// <summary>A number for each call, by which the variables of one are told from those of another.</summary>
    public int NextCall() => ++calls;

    /// <remarks>Functions whose arguments call functions multiply, as aliases do.</remarks>
    public void Expand(int characters, in Cursor at) => CheckCount(Expanded += characters, limits.UrlCharacters, at, "characters that functions of the service stand for");

    /// <summary>Whether nested options in this text can hold a <c>$compute</c> or <c>$apply</c>; searched once for a text, not once for each of its items.</summary>
    public bool MentionsNames(string text)
    {
        if (!ReferenceEquals(lastNames.Text, text))
            lastNames = (text, text.Contains("compute", StringComparison.OrdinalIgnoreCase) || text.Contains("apply", StringComparison.OrdinalIgnoreCase));
        return lastNames.Mentions;
    }
}
