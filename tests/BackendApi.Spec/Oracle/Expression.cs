using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>What a query asks of a row. It knows neither the service's parser nor its planner: <see cref="Writer"/> makes a URL of it, <see cref="Evaluator"/> a value.</summary>
internal abstract record Expression(Kind Kind)
{
    internal sealed record Constant(Kind Kind, object? Value) : Expression(Kind);

    /// <param name="Variable">Of a lambda; empty for the row that the option applies to.</param>
    internal sealed record Path(Kind Kind, string Variable, IReadOnlyList<Navigation> Steps, string Property) : Expression(Kind);

    /// <summary>A computed property, by its name.</summary>
    internal sealed record Named(string Name, Expression Value) : Expression(Value.Kind);

    internal sealed record Call(Kind Kind, string Function, params Expression[] Arguments) : Expression(Kind);

    internal sealed record Operation(Kind Kind, string Operator, Expression Left, Expression Right) : Expression(Kind);

    /// <summary><c>not</c> or <c>-</c>.</summary>
    internal sealed record Prefixed(Kind Kind, string Operator, Expression Operand) : Expression(Kind);

    /// <param name="Else">Written as the branch of <c>true</c>.</param>
    internal sealed record Case(Kind Kind, IReadOnlyList<(Expression Condition, Expression Value)> Branches, Expression? Else) : Expression(Kind);

    internal sealed record Cast(Kind Kind, Expression Operand) : Expression(Kind);

    internal sealed record In(Expression Item, IReadOnlyList<Constant> List) : Expression(Kind.Boolean);

    /// <param name="IsAll">Else any.</param>
    /// <param name="Predicate">Null: there is at least one.</param>
    internal sealed record Lambda(bool IsAll, string Variable, IReadOnlyList<Navigation> Steps, string Item, Expression? Predicate) : Expression(Kind.Boolean);

    internal sealed record Count(string Variable, Navigation Navigation, Expression? Filter) : Expression(Kind.Int64);

    /// <summary>Any or all of a collection of values.</summary>
    internal sealed record Items(bool IsAll, Path List, string Item, Expression? Predicate) : Expression(Kind.Boolean);

    internal sealed record ItemCount(Path List, Expression? Filter) : Expression(Kind.Int64);

    internal sealed record ItemIn(Constant Item, Path List) : Expression(Kind.Boolean);

    /// <summary><c>hassubset</c> or <c>hassubsequence</c>.</summary>
    internal sealed record Contains(string Function, Path List, IReadOnlyList<object?> Part) : Expression(Kind.Boolean);

    internal sealed record Matches(Expression Operand, Pattern Pattern) : Expression(Kind.Boolean);

    internal sealed record IsOf(Expression Operand, Kind Type) : Expression(Kind.Boolean);

    /// <param name="Steps">To the entity that may be a gem; none for the variable's own.</param>
    internal sealed record IsGem(string Variable, IReadOnlyList<Navigation> Steps) : Expression(Kind.Boolean);

    /// <summary>A complex property that has a value, or none: all its members are null.</summary>
    internal sealed record Complex(string Variable, string Name, IReadOnlyList<string> Members, string Operator) : Expression(Kind.Boolean);

    /// <summary>A single-valued navigation that leads somewhere, or nowhere.</summary>
    internal sealed record Leads(string Variable, Navigation Navigation, string Operator) : Expression(Kind.Boolean);
}
