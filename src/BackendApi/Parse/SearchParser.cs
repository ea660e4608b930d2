namespace BackendApi.Parse;

/// <summary><c>$search</c> (URL Conventions, 5.1.7): words and phrases; NOT binds tightest, then AND, which a blank stands for, then OR.</summary>
internal static class SearchParser
{
    public static SearchExpression Parse(ref Cursor at, ParseState state)
    {
        var terms = new List<SearchExpression>(1);
        do
        {
            terms.Add(Conjunction(ref at, state));
            ParseState.CheckCount(terms.Count, state.Limits.ListItems, at, "terms of $search");
        }
        while (TryTakeOperator(ref at, "OR"));
        return Balanced(terms, 0, terms.Count, isOr: true);
    }

    private static SearchExpression Conjunction(ref Cursor at, ParseState state)
    {
        var terms = new List<SearchExpression>(1);
        bool goesOn;
        do
        {
            terms.Add(Term(ref at, state));
            ParseState.CheckCount(terms.Count, state.Limits.ListItems, at, "terms of $search");
            at.SkipBlanks();
            goesOn = TryTakeOperator(ref at, "AND") || !at.AtEnd && at.Current is not (')' or ';') && !IsOperator(at, "OR");
        }
        while (goesOn);
        return Balanced(terms, 0, terms.Count, isOr: false);
    }

    private static SearchExpression Term(ref Cursor at, ParseState state)
    {
        at.SkipBlanks();
        var start = at.Position;
        if (TryTakeOperator(ref at, "NOT"))
        {
            state.Enter(at);
            var operand = Term(ref at, state);
            state.Leave();
            return new SearchExpression.Not(at.From(start), operand);
        }
        if (at.Current == '(')
        {
            state.Enter(at);
            at.Position++;
            var inner = Parse(ref at, state);
            at.SkipBlanks();
            at.Take(')');
            state.Leave();
            return inner;
        }
        if (at.Current == '"')
        {
            var phrase = LiteralParser.JsonText(ref at);
            return phrase.Length > 0
                ? new SearchExpression.Term(at.From(start), phrase, IsPhrase: true)
                : throw at.Malformed("Expected a phrase that is not empty");
        }
        while (!at.AtEnd && at.Current is not (' ' or '\t' or '(' or ')' or ';' or '"'))
            at.Position++;
        var word = at.Since(start);
        if (word.IsEmpty || word is "AND" or "OR")
        {
            at.Position = start;
            at.Fail("Expected a search term");
        }
        return new SearchExpression.Term(at.From(start), word.ToString(), IsPhrase: false);
    }

    private static bool TryTakeOperator(ref Cursor at, string word)
    {
        if (!IsOperator(at, word))
            return false;
        at.Position += word.Length;
        at.SkipBlanks();
        return true;
    }

    /// <summary>Operators are in capitals; in any other case they are words to search for.</summary>
    private static bool IsOperator(in Cursor at, string word) =>
        at.Rest.StartsWith(word, StringComparison.Ordinal) && at.Ahead(word.Length) is ' ' or '\t' or '(' or '"' or '\0';

    private static SearchExpression Balanced(List<SearchExpression> terms, int start, int end, bool isOr)
    {
        if (end - start == 1)
            return terms[start];
        var middle = start + (end - start + 1) / 2;
        var left = Balanced(terms, start, middle, isOr);
        var right = Balanced(terms, middle, end, isOr);
        var span = new Position(left.At.Start, right.At.Start + right.At.Length - left.At.Start);
        return isOr ? new SearchExpression.Or(span, left, right) : new SearchExpression.And(span, left, right);
    }
}
