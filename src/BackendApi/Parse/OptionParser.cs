using System.Globalization;
using BackendApi.Support;

namespace BackendApi.Parse;

/// <summary>The value of one system query option, and the list of options in parentheses behind an expanded or selected item.</summary>
internal static class OptionParser
{
    /// <summary>Reads one value and adds it to what is known. Ends in front of what does not belong to the value.</summary>
    public static QueryOptions Parse(SystemOption option, ref Cursor at, Scope scope, QueryOptions known)
    {
        at.SkipBlanks();
        known = option switch
        {
            SystemOption.Compute => known with { Compute = ComputeParser.Parse(ref at, scope) },
            SystemOption.Search => known with { Search = SearchParser.Parse(ref at, scope.State) },
            SystemOption.Filter => known with { Filter = ExpressionParser.ParseCondition(ref at, scope, at.Option) },
            SystemOption.OrderBy => known with { OrderBy = OrderByParser.Parse(ref at, scope) },
            SystemOption.Select => known with { Select = SelectParser.Parse(ref at, scope) },
            SystemOption.Expand => known with { Expand = ExpandParser.Parse(ref at, scope) },
            SystemOption.Top => known with { Top = Number(ref at) },
            SystemOption.Skip => known with { Skip = Number(ref at) },
            SystemOption.Count => known with { Count = Truth(ref at) },
            SystemOption.Levels => known with { Levels = Levels(ref at) },
            SystemOption.Index => known with { Index = at.TryTake('-') ? -Number(ref at) : Number(ref at) },
            SystemOption.SkipToken => known with { SkipToken = Text(ref at) },
            SystemOption.DeltaToken => known with { DeltaToken = Text(ref at) },
            SystemOption.Format => known with { Format = Text(ref at) },
            SystemOption.Id => known with { Id = Text(ref at) },
            SystemOption.SchemaVersion => known with { SchemaVersion = Text(ref at) },
            _ => known,
        };
        at.SkipBlanks();
        return known;
    }

    /// <summary><c>($select=Name;$top=2)</c>.</summary>
    /// <param name="isCollection">The item leads to a collection.</param>
    /// <param name="texts">Takes each option as it is written.</param>
    public static QueryOptions Nested(ref Cursor at, Scope scope, OptionPlace place, bool isCollection = true, List<string>? texts = null)
    {
        scope.State.Enter(at);
        at.Take('(');
        var options = QueryOptions.None;
        var seen = 0;
        // What these name can be used in front of them too, so they are read first.
        var namesAhead = scope.State.MentionsNames(at.Text);
        if (namesAhead && isCollection && Find(SystemOption.Apply, at, place) is { } apply)
        {
            (var transformations, scope) = ApplyParser.Parse(ref apply, scope);
            options = options with { Apply = transformations };
            CheckEnd(ref apply);
        }
        if (namesAhead && Find(SystemOption.Compute, at, place) is { } compute)
        {
            options = Parse(SystemOption.Compute, ref compute, scope, options);
            scope = scope.WithComputed(options.Compute);
            CheckEnd(ref compute);
        }
        do
        {
            at.SkipBlanks();
            var start = at.Position;
            var row = NestedName(ref at, place, isCollection);
            if ((seen & 1 << (int)row.Option) != 0)
                throw at.Malformed($"{row.Name} is given twice for the same item");
            seen |= 1 << (int)row.Option;
            if (row.Option is SystemOption.Compute or SystemOption.Apply)
                SkipValue(ref at);
            else
                options = Parse(row.Option, ref at, scope, options);
            texts?.Add(at.Since(start).ToString());
        }
        while (at.TryTake(';'));
        if (!at.TryTake(')'))
            throw at.Malformed("Expected ';' or ')'");
        scope.State.Leave();
        return options;
    }

    /// <summary>Name and equals sign of a nested option.</summary>
    private static SystemOptionRow NestedName(ref Cursor at, OptionPlace place, bool isCollection)
    {
        var length = at.Current == '$' ? 1 : 0;
        while (Cursor.IsIdentifierPart(at.Ahead(length)))
            length++;
        var name = at.Rest[..length];
        if (length == 0)
            at.Fail("Expected the name of a query option");
        if (SystemOptions.Find(name) is not { } row)
            throw at.Error(Errors.UnknownOption, $"There is no query option '{name}'", at.Position, SystemOptions.Suggestion(name, place));
        if ((row.Places & place) == 0)
            throw at.Error(Errors.UnknownOption, $"{row.Name} cannot stand here", at.Position);
        if (row.IsForCollections && !isCollection)
            throw at.Error(Errors.UnknownOption, $"{row.Name} is for collections, this item is single", at.Position);
        at.Position += length;
        at.SkipBlanks();
        at.Take('=');
        return row;
    }

    private static void CheckEnd(ref Cursor at)
    {
        at.SkipBlanks();
        if (at.Current is not (';' or ')'))
            throw at.Malformed("Expected ';' or ')'");
    }

    /// <summary>A cursor in front of the value of an option among those that begin here.</summary>
    private static Cursor? Find(SystemOption option, Cursor at, OptionPlace place)
    {
        do
        {
            at.SkipBlanks();
            var length = at.Current == '$' ? 1 : 0;
            while (Cursor.IsIdentifierPart(at.Ahead(length)))
                length++;
            var row = SystemOptions.Find(at.Rest[..length]);
            at.Position += length;
            at.SkipBlanks();
            if (!at.TryTake('='))
                return null;
            if (row?.Option == option && (row.Places & place) != 0)
                return at;
            SkipValue(ref at);
        }
        while (at.TryTake(';'));
        return null;
    }

    /// <summary>Moves to the semicolon or parenthesis that ends the value of a nested option.</summary>
    private static void SkipValue(ref Cursor at)
    {
        var depth = 0;
        for (; !at.AtEnd; at.Position++)
        {
            switch (at.Current)
            {
                case '\'' or '"':
                    var quote = at.Current;
                    at.Position++;
                    while (!at.AtEnd && at.Current != quote)
                        at.Position++;
                    if (at.AtEnd)
                        return;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when depth-- == 0:
                case ';' when depth == 0:
                    return;
            }
        }
    }

    internal static long Number(ref Cursor at)
    {
        var start = at.Position;
        while (char.IsAsciiDigit(at.Current))
            at.Position++;
        if (at.Position == start)
            at.Fail("Expected a whole number that is not negative");
        return long.TryParse(at.Since(start), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw at.Error(Errors.OutOfRange, "The number is outside the range of Edm.Int64", start);
    }

    private static bool Truth(ref Cursor at)
    {
        if (at.TryTakeWord("true"))
            return true;
        return at.TryTakeWord("false") ? false : throw at.Malformed("Expected true or false");
    }

    private static int Levels(ref Cursor at)
    {
        if (at.TryTakeWord("max"))
            return int.MaxValue;
        var start = at.Position;
        var levels = Number(ref at);
        return levels is > 0 and < int.MaxValue ? (int)levels : throw at.Error(Errors.OutOfRange, "$levels is a number from 1, or max,", start);
    }

    private static string Text(ref Cursor at)
    {
        if (at.AtEnd)
            at.Fail("Expected a value");
        var text = at.Rest.ToString();
        at.Position = at.End;
        return text;
    }
}
