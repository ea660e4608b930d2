using System.Collections.Immutable;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>
/// Expressions that have one value by the specification: nothing overflows, divides by zero, or is rounded as a database likes. Their literals are of the
/// values that the rows have.
/// </summary>
internal sealed class ExpressionGenerator(Random random)
{
    /// <summary>The row that an expression is about, and those of the lambdas around it.</summary>
    internal sealed record Frame(Entity Entity, string Variable = "", ImmutableList<Frame>? Around = null, IReadOnlyList<Expression.Named>? Computed = null);

    private static readonly Kind[] Compared =
    [
        Kind.String, Kind.String, Kind.Int32, Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Decimal, Kind.Double, Kind.Boolean, Kind.Date, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration,
        Kind.Guid, Kind.Enum,
    ];

    private static readonly Kind[] Named = [Kind.String, Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Double, Kind.Boolean, Kind.Date, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration, Kind.Guid];

    private static readonly Kind[] Exact = [Kind.Int32, Kind.Int64, Kind.Decimal];

    private int _variables;

    public Expression Condition(Frame frame, int depth)
    {
        switch (random.Next(depth > 0 ? 21 : 10))
        {
            case 0 or 1 or 2:
                return Comparison(frame, depth);
            case 3 when Own(Compared.Any(random), frame) is { } listed:
                return new Expression.In(listed.Path, [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(7) == 0 ? new Expression.Constant(listed.Path.Kind, null) : LiteralOf(listed.Property))]);
            case 4 when Own(Kind.Boolean, frame) is { } flag:
                return flag.Path;
            case 5:
                return new Expression.Call(Kind.Boolean, OneOf("contains", "startswith", "endswith"), Of(Kind.String, frame, depth - 1), random.Next(3) > 0 ? Literal(Kind.String) : Of(Kind.String, frame, depth - 1));
            case 6 when Own(Kind.Enum, frame, property => property.IsFlags) is { } flags:
                return new Expression.Operation(Kind.Boolean, OneOf("has", "has", "eq", "ne"), flags.Path, LiteralOf(flags.Property));
            case 7:
                return new Expression.Matches(Of(Kind.String, frame, depth - 1), Pattern.All.Any(random));
            case 8:
                return Test(frame, depth);
            case 9 when Own(Kind.Json, frame) is { } list:
                return Part(list);
            case 10 or 11 or 12 or 13:
                return new Expression.Operation(Kind.Boolean, OneOf("and", "or"), Condition(frame, depth - 1), Condition(frame, depth - 1));
            case 14:
                return new Expression.Prefixed(Kind.Boolean, "not", Condition(frame, depth - 1));
            case 15:
                return new Expression.Operation(Kind.Boolean, OneOf("eq", "ne"), Condition(frame, depth - 1), random.Next(4) > 0 ? new Expression.Constant(Kind.Boolean, random.Next(3) switch { 0 => null, 1 => true, _ => false }) : Condition(frame, 0));
            case 16 or 17 or 18 when Pick(frame, isMany: true) is { } many:
                return Lambda(frame, many, depth);
            case 19 when Pick(frame, isMany: false) is { } single:
                return new Expression.Leads(frame.Variable, single, OneOf("eq", "ne"));
            case 20 when Own(Kind.Json, frame) is { } items:
                return Items(frame, items, depth);
            default:
                return Comparison(frame, 0);
        }
    }

    /// <summary>Of the type of a value or an entity, or whether a complex property is there.</summary>
    private Expression Test(Frame frame, int depth)
    {
        if (random.Next(3) == 0 && frame.Entity.Navigations.Count > 0 && frame.Entity.Properties.Where(property => property.Name.StartsWith("Spot/", StringComparison.Ordinal)).ToList() is { Count: > 0 } members)
            return new Expression.Complex(frame.Variable, "Spot", [.. members.Select(member => member.Name)], OneOf("eq", "ne"));
        if (random.Next(2) == 0 && IsItem(frame.Entity))
            return new Expression.IsGem(frame.Variable, []);
        if (random.Next(2) == 0 && Pick(frame, isMany: false) is { } single && IsItem(single.Target))
            return new Expression.IsGem(frame.Variable, [single]);
        var kind = Named.Any(random);
        // What a query has computed can be a literal, whose type is that of its digits.
        return Own(kind, frame, property => !property.IsFlags && !char.IsAsciiDigit(property.Name.PadLeft(1)[^1])) is { } own ? new Expression.IsOf(own.Path, random.Next(3) == 0 ? Named.Any(random) : kind) : Comparison(frame, 0);

        static bool IsItem(Entity entity) => entity.Navigations.Count > 0 && entity.Properties.Any(property => property.Name == Tables.Sort);
    }

    private Expression Part((Expression.Path Path, Property Property) list)
    {
        var item = Values.Item(list.Property.Items!.Value);
        object? Any() => random.Next(6) == 0 ? null : Values.Any(item, random);
        if (list.Path.Steps.Count > 0 || random.Next(3) == 0)
            return new Expression.ItemIn(new(item.Kind, Values.Any(item, random)), list.Path);
        return new Expression.Contains(OneOf("hassubset", "hassubsequence"), list.Path, [.. Enumerable.Range(0, random.Next(3)).Select(_ => Any())]);
    }

    private Expression Items(Frame frame, (Expression.Path Path, Property Property) list, int depth)
    {
        Entity items = new("", [], [Values.Item(list.Property.Items!.Value)]);
        if (list.Path.Steps.Count == 0 && random.Next(3) == 0)
            return new Expression.Operation(Kind.Boolean, OneOf("eq", "gt", "le"),
                new Expression.ItemCount(list.Path, random.Next(2) == 0 ? null : Condition(new Frame(items, "$it"), 0)), new Expression.Constant(Kind.Int32, random.Next(4)));
        if (random.Next(6) == 0)
            return new Expression.Items(false, list.Path, "", null);
        var variable = $"v{++_variables}";
        return new Expression.Items(random.Next(3) == 0, list.Path, variable, Condition(new Frame(items, variable, (frame.Around ?? []).Add(frame)), depth - 1));
    }

    public Expression Of(Kind kind, Frame frame, int depth)
    {
        if (frame.Computed?.Where(named => named.Kind == kind).ToList() is { Count: > 0 } computed && random.Next(2) == 0)
            return computed.Any(random);
        if (depth <= 0 || random.Next(3) == 0)
            return Leaf(kind, frame);
        Expression Next(Kind other) => Of(other, frame, depth - 1);
        // A text among values does not tell that it is a member of an enumeration.
        if (kind != Kind.Enum && random.Next(10) == 0)
            return new Expression.Case(kind, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Condition(frame, depth - 1), Next(kind)))], random.Next(3) == 0 ? null : Next(kind));
        if (random.Next(10) == 0 && Cast(kind) is { } source)
            return new Expression.Cast(kind, source != Kind.String ? Source(source, frame) : random.Next(3) == 0 ? Leaf(source, frame) : new Expression.Cast(source, Source(kind, frame)));
        return (kind, random.Next(6)) switch
        {
            (Kind.String, 0) => Call("concat", Next(Kind.String), Next(Kind.String)),
            (Kind.String, 1) => Call("substring", Next(Kind.String), Offset(frame)),
            (Kind.String, 2) => Call("substring", Next(Kind.String), Offset(frame), Offset(frame)),
            (Kind.String, 3) => Call("trim", Next(Kind.String)),
            (Kind.String, 4) => Call(OneOf("tolower", "toupper"), Folding(frame)),
            (Kind.Int32, 0) => Call("length", Next(Kind.String)),
            (Kind.Int32, 1) => Call("indexof", Next(Kind.String), Literal(Kind.String)),
            (Kind.Int32, 2) => Call(OneOf("year", "month", "day"), Next(OneOf(Kind.Date, Kind.DateTimeOffset))),
            (Kind.Int32, 3) => Call(OneOf("hour", "minute", "second"), Next(OneOf(Kind.TimeOfDay, Kind.DateTimeOffset))),
            (Kind.Int32 or Kind.Double, _) => random.Next(3) == 0 && kind == Kind.Double ? Rounded(kind, frame) : Small(kind, frame, 2),
            (Kind.Decimal, 0) => Rounded(kind, frame),
            (Kind.Decimal, 1) => Call("totalseconds", Leaf(Kind.Duration, frame)),
            (Kind.Decimal, 2) => Call("fractionalseconds", Next(OneOf(Kind.TimeOfDay, Kind.DateTimeOffset))),
            (Kind.Decimal, 3) => new Expression.Operation(kind, "divby", Small(Kind.Int32, frame, 1), new Expression.Constant(Kind.Int32, OneOf(2, 4, 5, -8))),
            (Kind.Decimal, _) => Small(kind, frame, 2),
            (Kind.Int64, 0 or 1) => new Expression.Operation(kind, OneOf("div", "mod"), Leaf(kind, frame), new Expression.Constant(Kind.Int32, OneOf(2, 7, 1000))),
            (Kind.Int64, _) when Pick(frame, isMany: true) is { } many => new Expression.Count(frame.Variable, many, random.Next(2) == 0 ? null : Condition(new Frame(many.Target), depth - 1)),
            (Kind.Boolean, _) => Condition(frame, depth - 1),
            (Kind.Date, 0 or 1) => Call("date", Next(Kind.DateTimeOffset)),
            (Kind.TimeOfDay, 0 or 1) => Call("time", Next(Kind.DateTimeOffset)),
            (Kind.Duration, 0 or 1) => new Expression.Operation(kind, "sub", Next(Kind.DateTimeOffset), Next(Kind.DateTimeOffset)),
            _ => Leaf(kind, frame),
        };

        Expression Call(string function, params Expression[] arguments) => new Expression.Call(kind, function, arguments);
    }

    /// <summary>A kind whose values can be converted to another one.</summary>
    private Kind? Cast(Kind to) => to switch
    {
        Kind.Int32 or Kind.Int64 => OneOf(Kind.Decimal, Kind.Int64, Kind.Double, Kind.String),
        Kind.String => OneOf(Kind.Int32, Kind.Int64, Kind.Boolean, Kind.Decimal, Kind.Date, Kind.Guid, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration, Kind.Enum, Kind.Double),
        Kind.Date or Kind.TimeOfDay => OneOf(Kind.DateTimeOffset, Kind.String),
        Kind.DateTimeOffset => OneOf(Kind.Date, Kind.String),
        Kind.Decimal => OneOf(Kind.Int32, Kind.Int64, Kind.String),
        Kind.Double => OneOf(Kind.Int32, Kind.Decimal),
        Kind.Boolean or Kind.Guid or Kind.Duration => Kind.String,
        _ => null,
    };

    /// <summary>What is cast: real numbers are small ones, whose digits are the same to everybody, and what becomes one too; a member's name alone has no type.</summary>
    private Expression Source(Kind kind, Frame frame) => kind is Kind.Double ? Small(kind, frame, 0) : kind is Kind.Enum ? Own(kind, frame)?.Path ?? Leaf(Kind.Int32, frame) : Leaf(kind, frame);

    private Expression Comparison(Frame frame, int depth)
    {
        var kind = Compared.Any(random);
        var left = Of(kind, frame, depth);
        var other = Exact.Contains(kind) && random.Next(4) == 0 ? Exact.Any(random) : kind;
        var right = random.Next(12) == 0 ? new Expression.Constant(kind, null)
            : random.Next(3) == 0 ? Of(other, frame, depth)
            : left is Expression.Path { Steps: var steps } path ? LiteralOf((steps.Count > 0 ? steps[^1].Target : EntityOf(path.Variable, frame)).Property(path.Property))
            : Literal(other);
        var name = kind is Kind.Guid or Kind.Enum or Kind.Boolean ? OneOf("eq", "ne") : OneOf("eq", "ne", "gt", "ge", "lt", "le");
        return random.Next(5) == 0 ? new Expression.Operation(Kind.Boolean, name, right, left) : new(Kind.Boolean, name, left, right);
    }

    private Expression.Lambda Lambda(Frame frame, Navigation many, int depth)
    {
        var steps = ImmutableList<Navigation>.Empty;
        var isAll = random.Next(3) == 0;
        if (!isAll && random.Next(4) == 0 && Pick(frame, isMany: false) is { } single && Pick(new Frame(single.Target), isMany: true) is { } further)
            (steps, many) = ([single], further);
        if (!isAll && random.Next(6) == 0)
            return new(false, frame.Variable, [.. steps, many], "", null);
        var variable = $"v{++_variables}";
        return new(isAll, frame.Variable, [.. steps, many], variable, Condition(new Frame(many.Target, variable, (frame.Around ?? []).Add(frame)), depth - 1));
    }

    /// <summary>Numbers that can be calculated with, exactly.</summary>
    public Expression Small(Kind kind, Frame frame, int depth)
    {
        var operand = random.Next(4) == 0 ? null : Own(kind, frame, property => property.IsSmall)?.Path;
        if (depth == 0 || random.Next(4) == 0)
            return operand ?? (Expression)LiteralOf(new("", kind, IsSmall: true));
        return random.Next(5) switch
        {
            0 when operand is not null => new Expression.Operation(kind, "div", operand, new Expression.Constant(Kind.Int32, OneOf(2, 4, -5, 8).Dyadic(kind))),
            1 when operand is not null => new Expression.Operation(kind, "mod", operand, new Expression.Constant(Kind.Int32, OneOf(2, 3, -5, 7))),
            2 => new Expression.Prefixed(kind, "-", Small(kind, frame, depth - 1)),
            _ => new Expression.Operation(kind, OneOf("add", "sub", "mul"), Small(kind, frame, depth - 1), Small(kind == Kind.Int32 || random.Next(3) > 0 ? kind : Kind.Int32, frame, depth - 1)),
        };
    }

    private Expression Rounded(Kind kind, Frame frame) => new Expression.Call(kind, OneOf("round", "floor", "ceiling"), Leaf(kind, frame));

    private Expression Offset(Frame frame) => random.Next(3) == 0 ? Small(Kind.Int32, frame, 1) : new Expression.Constant(Kind.Int32, random.Next(-4, 6));

    private Expression Folding(Frame frame) => Own(Kind.String, frame, property => property.Folds)?.Path ?? (Expression)LiteralOf(new("", Kind.String, Folds: true));

    private Expression Leaf(Kind kind, Frame frame) => Own(kind, frame)?.Path ?? (Expression)Literal(kind);

    /// <summary>A property of that kind: of the row, of one that a navigation leads to, or of a row around the lambda.</summary>
    private (Expression.Path Path, Property Property)? Own(Kind kind, Frame frame, Func<Property, bool>? condition = null)
    {
        if (frame.Around is { } around && random.Next(5) == 0)
            frame = around.Any(random);
        var steps = ImmutableList<Navigation>.Empty;
        var entity = frame.Entity;
        while (steps.Count < 2 && random.Next(4) == 0 && Pick(new Frame(entity), isMany: false) is { } single)
            (steps, entity) = (steps.Add(single), single.Target);
        var found = entity.Properties.Where(property => property.Kind == kind && (condition is null ? !property.IsFlags : condition(property))).ToList();
        if (found.Count == 0)
            return null;
        var chosen = found.Any(random);
        return (new(kind, frame.Variable, steps, chosen.Name), chosen);
    }

    /// <summary>A property of one of those kinds; null when there is none.</summary>
    /// <param name="isOwn">Of the row itself, not of one that a navigation leads to.</param>
    public Expression.Path? Property(Entity entity, IReadOnlyList<Kind> kinds, bool isOwn = false)
    {
        var path = Own(kinds.Any(random), new Frame(entity))?.Path;
        return isOwn && path is { Steps.Count: > 0 } ? null : path;
    }

    private Navigation? Pick(Frame frame, bool isMany)
    {
        var found = frame.Entity.Navigations.Where(navigation => navigation.IsMany == isMany).ToList();
        return found.Count == 0 ? null : found.Any(random);
    }

    private static Entity EntityOf(string variable, Frame frame) => frame.Variable == variable ? frame.Entity : frame.Around!.First(outer => outer.Variable == variable).Entity;

    private Expression.Constant Literal(Kind kind) => LiteralOf(new("", kind, IsSmall: random.Next(2) == 0, Folds: random.Next(2) == 0));

    private Expression.Constant LiteralOf(Property property) => new(property.Kind, Values.Any(property, random));

    private T OneOf<T>(params T[] values) => values[random.Next(values.Length)];
}

internal static class Divisors
{
    /// <summary>A fraction of two divides by powers of two alone without a rest.</summary>
    public static int Dyadic(this int divisor, Kind kind) => kind == Kind.Double && divisor == -5 ? -2 : divisor;
}
