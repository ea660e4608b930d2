using System.Globalization;

namespace BackendApi.Sql;

public enum TokenKind { Word, Name, Text, Number, Symbol }

/// <param name="Value">Without its quotes; a word as it is written.</param>
public readonly record struct Token(TokenKind Kind, string Value)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Names in the text of a constraint may be written in another case than the column's own.</summary>
    public bool IsColumn(string name) => Kind is TokenKind.Word or TokenKind.Name && Value.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reads conditions out of SQL text: the check constraints that a catalogue keeps as text only.</summary>
public static class ConditionText
{
    /// <param name="bracketsQuote"><c>[name]</c> is a name, as in T-SQL and SQLite, and not part of an array.</param>
    public static IReadOnlyList<Token> Tokens(string sql, bool bracketsQuote)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var tokens = new List<Token>();
        for (var i = 0; i < sql.Length;)
        {
            var next = i + 1 < sql.Length ? sql[i + 1] : '\0';
            switch (sql[i])
            {
                case var blank when char.IsWhiteSpace(blank):
                    i++;
                    break;
                case '-' when next == '-':
                    i = After(sql, "\n", i + 2);
                    break;
                case '/' when next == '*':
                    i = After(sql, "*/", i + 2);
                    break;
                case '\'':
                    tokens.Add(new(TokenKind.Text, Quoted(sql, '\'', ref i)));
                    break;
                case 'N' or 'n' or 'E' or 'e' when next == '\'':
                    var isEscaped = sql[i++] is 'E' or 'e';
                    var text = Quoted(sql, '\'', ref i);
                    tokens.Add(new(TokenKind.Text, isEscaped ? text.Replace(@"\\", @"\", StringComparison.Ordinal) : text));
                    break;
                case '"' or '`':
                    tokens.Add(new(TokenKind.Name, Quoted(sql, sql[i], ref i)));
                    break;
                case '[' when bracketsQuote:
                    tokens.Add(new(TokenKind.Name, Quoted(sql, ']', ref i)));
                    break;
                case ':' when next == ':':
                    tokens.Add(new(TokenKind.Symbol, "::"));
                    i += 2;
                    break;
                case var digit when char.IsAsciiDigit(digit):
                    tokens.Add(new(TokenKind.Number, Run(sql, ref i, c => char.IsAsciiLetterOrDigit(c) || c == '.')));
                    break;
                case var letter when IsWord(letter):
                    tokens.Add(new(TokenKind.Word, Run(sql, ref i, IsWord)));
                    break;
                case var symbol:
                    tokens.Add(new(TokenKind.Symbol, symbol.ToString(CultureInfo.InvariantCulture)));
                    i++;
                    break;
            }
        }
        return tokens;
    }

    /// <summary>The tokens inside each <c>CHECK (...)</c> of a statement, without parentheses that enclose all of them.</summary>
    public static IReadOnlyList<IReadOnlyList<Token>> Checks(IReadOnlyList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var checks = new List<IReadOnlyList<Token>>();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (!tokens[i].Is("CHECK") || !tokens[i + 1].Is("("))
                continue;
            var (first, end) = (i + 2, Close(tokens, i + 1));
            i = end;
            while (first < end && tokens[first].Is("(") && Close(tokens, first) == end - 1)
                (first, end) = (first + 1, end - 1);
            checks.Add([.. tokens.Skip(first).Take(end - first)]);
        }
        return checks;
    }

    /// <summary>
    /// The texts that a condition allows a column, in their order: <c>c IN ('a', 'b')</c>, <c>c = ANY (ARRAY['a', 'b'])</c>,
    /// <c>c = 'a' OR c = 'b'</c>, each also with casts, parentheses and <c>OR c IS NULL</c>. Null when it says something else.
    /// </summary>
    public static IReadOnlyList<string>? Members(IReadOnlyList<Token> condition, string column)
    {
        // Without parentheses, array brackets and casts each form is a flat list; whatever else a condition holds then fails to match.
        var flat = WithoutCasts(condition).Where(token => !(token.Is("(") || token.Is(")") || token.Is("[") || token.Is("]"))).ToList();
        var members = new List<string>();
        for (var i = 0; ; i++)
        {
            if (i + 2 >= flat.Count || !flat[i].IsColumn(column))
                return null;
            if (flat[i + 1].Is("IS") && flat[i + 2].Is("NULL"))
            {
                i += 3;
            }
            else
            {
                if (!flat[i + 1].Is("=") && !flat[i + 1].Is("IN"))
                    return null;
                i += flat[i + 2].Is("=") ? 3 : flat[i + 2].Is("ANY") && i + 3 < flat.Count && flat[i + 3].Is("ARRAY") ? 4 : 2;
                if (!ReadTexts(flat, ref i, members))
                    return null;
            }
            if (i == flat.Count)
                return members.Count > 0 ? members : null;
            if (!flat[i].Is("OR"))
                return null;
        }
    }

    /// <summary>Texts with commas between them.</summary>
    private static bool ReadTexts(List<Token> tokens, ref int i, List<string> texts)
    {
        while (i < tokens.Count && tokens[i].Kind == TokenKind.Text)
        {
            texts.Add(tokens[i++].Value);
            if (i == tokens.Count || !tokens[i].Is(","))
                return true;
            i++;
        }
        return false;
    }

    private static IEnumerable<Token> WithoutCasts(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].Is("::"))
            {
                yield return tokens[i];
                continue;
            }
            // A type: words or names, perhaps qualified, perhaps with a length, perhaps an array.
            while (i + 1 < tokens.Count && (tokens[i + 1].Kind == TokenKind.Name || tokens[i + 1].Is(".")
                || (tokens[i + 1].Kind == TokenKind.Word && !tokens[i + 1].Is("OR") && !tokens[i + 1].Is("AND") && !tokens[i + 1].Is("IS"))))
                i++;
            if (i + 2 < tokens.Count && tokens[i + 1].Is("(") && tokens[i + 2].Kind == TokenKind.Number)
                i = Close(tokens, i + 1);
        }
    }

    /// <summary>Where the parenthesis at <paramref name="open"/> closes; the end where it does not.</summary>
    private static int Close(IReadOnlyList<Token> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return tokens.Count;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c > 127;

    private static int After(string sql, string end, int from) => sql.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var at ? at + end.Length : sql.Length;

    private static string Run(string sql, ref int i, Func<char, bool> belongs)
    {
        var start = i;
        while (i < sql.Length && belongs(sql[i]))
            i++;
        return sql[start..i];
    }

    /// <summary>Reads from the opening quote behind the closing one; a closing quote that is doubled stands for itself.</summary>
    private static string Quoted(string sql, char close, ref int i)
    {
        var start = ++i;
        while (i < sql.Length && (sql[i] != close || (i + 1 < sql.Length && sql[i + 1] == close && ++i > 0)))
            i++;
        var text = sql[start..Math.Min(i, sql.Length)];
        i++;
        return text.Replace($"{close}{close}", close.ToString(), StringComparison.Ordinal);
    }
}
