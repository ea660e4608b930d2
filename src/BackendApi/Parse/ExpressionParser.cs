using System.Buffers;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>
/// Common expressions (URL Conventions, 5.1.1): operators by their precedence from the function table, parentheses, lists, aliases.
/// Ends in front of what does not belong to the expression; the caller says what may follow.
/// </summary>
internal static class ExpressionParser
{
    public static Expression ParseCondition(ref Cursor at, Scope scope, string what)
    {
        at.SkipBlanks();
        var condition = Parse(ref at, scope);
        at.SkipBlanks();
        // A mistyped operator is told as such before the operand in front of it is called no condition.
        if (Cursor.IsIdentifierStart(at.Current))
            throw Unexpected(at);
        return Operands.Condition(at, condition, what);
    }

    public static Expression Parse(ref Cursor at, Scope scope) => Binary(ref at, scope, minimum: 0);

    /// <summary>The error for what follows an expression where an operator could, or one of <paramref name="alternative"/>.</summary>
    public static ServiceException Unexpected(in Cursor at, string? alternative = null)
    {
        var word = at.PeekIdentifier();
        var hint = word.IsEmpty ? "" : Suggestions.For(word, Functions.Rows.Where(row => row.Form == FunctionForm.Binary).Select(row => row.Name));
        return at.Error(Errors.MalformedUrl, alternative is null ? "Expected an operator" : $"Expected an operator or {alternative}", at.Position, hint);
    }

    /// <summary>Operands joined by operators that bind at least as tight as <paramref name="minimum"/>.</summary>
    private static Expression Binary(ref Cursor at, Scope scope, int minimum)
    {
        var left = Unary(ref at, scope);
        for (var chain = 1; TryTakeOperator(ref at, minimum, out var row, out var position); chain++)
        {
            if (ReferenceEquals(row, Functions.And) || ReferenceEquals(row, Functions.Or))
            {
                left = Junction(ref at, scope, row, left);
                chain = 0;
                continue;
            }
            // Only such chains lean to the left, and whoever walks the tree goes as deep as they are long.
            ParseState.CheckCount(chain, scope.State.Limits.Depth, at, "operators in a row");
            left = ReferenceEquals(row, Functions.In)
                ? In(ref at, scope, position, left)
                : Apply(at, position, row, left, Binary(ref at, scope, row.Precedence + 1));
        }
        return left;
    }

    /// <summary>A chain of <c>and</c> or of <c>or</c>, as a balanced tree: ten thousand terms are a dozen levels deep.</summary>
    private static Expression Junction(ref Cursor at, Scope scope, FunctionRow row, Expression first)
    {
        var second = Binary(ref at, scope, row.Precedence + 1);
        var save = at.Position;
        if (!TryTakeOperator(ref at, row.Precedence, out var next, out _) || !ReferenceEquals(next, row))
        {
            at.Position = save;
            return Logical(at, row, first, second);
        }
        var terms = new List<Expression> { first, second, Binary(ref at, scope, row.Precedence + 1) };
        while (true)
        {
            save = at.Position;
            if (!TryTakeOperator(ref at, row.Precedence, out next, out _) || !ReferenceEquals(next, row))
                break;
            terms.Add(Binary(ref at, scope, row.Precedence + 1));
        }
        at.Position = save;
        return Balanced(at, row, terms, 0, terms.Count);
    }

    private static Expression Balanced(in Cursor at, FunctionRow row, List<Expression> terms, int start, int end)
    {
        if (end - start == 1)
            return terms[start];
        var middle = start + (end - start + 1) / 2;
        return Logical(at, row, Balanced(at, row, terms, start, middle), Balanced(at, row, terms, middle, end));
    }

    private static Expression.Binary Logical(in Cursor at, FunctionRow row, Expression left, Expression right) =>
        new(Span(left, right), PrimitiveTypes.Boolean, row, Operands.Condition(at, left, row.Name), Operands.Condition(at, right, row.Name));

    private static bool TryTakeOperator(ref Cursor at, int minimum, out FunctionRow row, out int position)
    {
        row = null!;
        position = 0;
        var save = at.Position;
        if (at.Current is not (' ' or '\t'))
            return false;
        at.SkipBlanks();
        position = at.Position;
        var word = at.PeekIdentifier();
        if (!word.IsEmpty && Functions.Find(word) is { Form: FunctionForm.Binary } found && found.Precedence >= minimum
            && at.Ahead(word.Length) is ' ' or '\t' or '(' or '[' or '\0')
        {
            at.Position += word.Length;
            at.SkipBlanks();
            row = found;
            return true;
        }
        at.Position = save;
        return false;
    }

    private static Expression Unary(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        var isNegation = at.Current == '-' && !char.IsAsciiDigit(at.Ahead(1)) && !at.Rest.StartsWith("-INF", StringComparison.Ordinal);
        if (!isNegation && !(at.Current is 'n' or 'N' && at.Ahead(3) is ' ' or '\t' or '(' && at.TryTakeWord("not")))
            return MemberParser.Continue(ref at, scope, Primary(ref at, scope));

        scope.State.Enter(at);
        if (isNegation)
            at.Position++;
        at.SkipBlanks();
        // has and in bind tighter than the unary operators.
        var operand = Binary(ref at, scope, Functions.Has.Precedence);
        scope.State.Leave();

        var row = isNegation ? Functions.Negate : Functions.Not;
        if (!isNegation)
            return new Expression.Unary(at.From(start), PrimitiveTypes.Boolean, row, Operands.Condition(at, operand, "not"));
        var signature = CallParser.Match(at, start, row, ref operand);
        return new Expression.Unary(at.From(start), CallParser.TypeOf(signature), row, operand);
    }

    private static Expression Primary(ref Cursor at, Scope scope)
    {
        switch (at.Current)
        {
            case '(':
                return Parenthesised(ref at, scope);
            case '@':
                return Alias(ref at, scope);
            case '[':
                return JsonParser.Array(ref at, scope);
            case '{':
                return JsonParser.Object(ref at, scope);
            default:
                return (Expression?)LiteralParser.TryParse(ref at, scope.State.Model) ?? MemberParser.First(ref at, scope);
        }
    }

    private static Expression Parenthesised(ref Cursor at, Scope scope)
    {
        scope.State.Enter(at);
        at.Position++;
        at.SkipBlanks();
        var inner = Parse(ref at, scope);
        at.SkipBlanks();
        at.Take(')');
        scope.State.Leave();
        return inner;
    }

    /// <param name="asList">The alias is the right operand of <c>in</c>, so parentheses in its text make a list.</param>
    private static Expression Alias(ref Cursor at, Scope scope, bool asList = false)
    {
        var start = at.Position;
        at.Position++;
        var name = at.PeekIdentifier();
        if (name.IsEmpty)
            at.Fail("Expected the name of a parameter alias");
        at.Position += name.Length;
        var alias = at.Since(start).ToString();
        if (scope.State.EnterAlias(alias, at) is not { } text)
            return new Expression.Literal(at.From(start), null, null);
        var inner = new Cursor(text, alias);
        inner.SkipBlanks();
        var value = (inner.Current, asList) switch
        {
            ('(', true) => List(ref inner, scope),
            ('@', true) => Alias(ref inner, scope, asList),
            _ => Parse(ref inner, scope),
        };
        inner.SkipBlanks();
        if (!inner.AtEnd)
            throw Unexpected(inner, "the end");
        scope.State.LeaveAlias();
        return value;
    }

    private static Expression.In In(ref Cursor at, Scope scope, int position, Expression operand)
    {
        var values = at.Current switch
        {
            '(' => List(ref at, scope),
            '@' => Alias(ref at, scope, asList: true),
            _ => Binary(ref at, scope, Functions.In.Precedence + 1),
        };
        if (values is Expression.List list)
            values = list with { Items = Members(at, position, ref operand, list.Items) };
        else if (PrimitiveTypes.ItemOf(values.Type) is { } item)
            (operand, _) = Operands.Comparable(at, position, Functions.In, operand, new Expression.Variable(values.At, item, ""));
        else if (values.Type is { } type)
            throw at.Error(Errors.TypeMismatch, $"The operator in takes a list, not {PrimitiveTypes.NameOf(type)},", position);
        return new(Span(operand, values), PrimitiveTypes.Boolean, operand, values);
    }

    private static Expression[] Members(in Cursor at, int position, ref Expression operand, IReadOnlyList<Expression> items)
    {
        var members = new Expression[items.Count];
        for (var i = 0; i < members.Length; i++)
        {
            (var left, members[i]) = Operands.Comparable(at, position, Functions.In, operand, items[i]);
            var isConverted = left is Expression.Convert && !ReferenceEquals(left, operand);
            operand = left;
            if (!isConverted)
                continue;
            // It happens once, from date to date and time, and the items before this one meet another type now.
            for (var j = 0; j < i; j++)
                (_, members[j]) = Operands.Comparable(at, position, Functions.In, operand, items[j]);
        }
        return members;
    }

    /// <summary><c>(a,b)</c>; <c>()</c> is the empty list.</summary>
    private static Expression.List List(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        scope.State.Enter(at);
        at.Take('(');
        at.SkipBlanks();
        var items = new List<Expression>();
        while (!at.TryTake(')'))
        {
            if (items.Count > 0)
            {
                if (!at.TryTake(','))
                    throw Unexpected(at, "',' or ')'");
                at.SkipBlanks();
            }
            items.Add(Parse(ref at, scope));
            ParseState.CheckCount(items.Count, scope.State.Limits.ListItems, at, "items of a list");
            at.SkipBlanks();
        }
        scope.State.Leave();
        return new(at.From(start), null, items);
    }

    private static Expression.Binary Apply(in Cursor at, int position, FunctionRow row, Expression left, Expression right)
    {
        if (ReferenceEquals(row.Signatures, Functions.Eq.Signatures))
        {
            if (!ReferenceEquals(row, Functions.Eq) && !ReferenceEquals(row, Functions.Ne))
                Operands.CheckOrdered(at, position, row, left, right);
            (left, right) = Operands.Comparable(at, position, row, left, right);
            return new(Span(left, right), PrimitiveTypes.Boolean, row, left, right);
        }
        if (ReferenceEquals(row, Functions.Has))
            (left, right) = Operands.Comparable(at, position, row, left, right);
        var signature = CallParser.Match(at, position, row, ref left, ref right);
        return new(Span(left, right), CallParser.TypeOf(signature), row, left, right);
    }

    private static Position Span(Expression left, Expression right)
    {
        var start = Math.Min(left.At.Start, right.At.Start);
        return new(start, Math.Max(left.At.Start + left.At.Length, right.At.Start + right.At.Length) - start);
    }
}
