using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary>Joins <paramref name="To"/> to the sources before it.</summary>
public sealed record Join(Source To, Condition On, bool IsOuter);

/// <summary>A correlated subquery: the rows of <paramref name="From"/> with its joins that satisfy <paramref name="Where"/>.</summary>
public sealed record Subquery(Source From, IReadOnlyList<Join> Joins, Condition? Where);

/// <summary>A value that the database computes.</summary>
/// <param name="Kind">The kind in which it is compared and read.</param>
/// <param name="IsNullable">False only when it can never be null.</param>
public abstract record Term(ValueKind Kind, bool IsNullable)
{
    /// <summary>A column of a source. <see cref="Property"/> is null for columns that no property shows, such as those of a join.</summary>
    public sealed record Column(Source Source, ColumnSchema Definition, ValueKind Kind, bool IsNullable, PropertyModel? Property = null) : Term(Kind, IsNullable);

    /// <summary>A value from the request or the definition, sent as a parameter.</summary>
    public sealed record Constant(ColumnType Type, object? Value) : Term(Type.Kind, Value is null);

    /// <summary>A word or phrase of <c>$search</c>, sent as a parameter in the form in which the dialect looks for it.</summary>
    public sealed record Word(string Text) : Term(ValueKind.String, false);

    /// <summary>An operator or function of the table, translated by its template.</summary>
    public sealed record Call(FunctionRow Function, IReadOnlyList<Term> Arguments, ValueKind Kind, bool IsNullable) : Term(Kind, IsNullable);

    /// <summary>A condition where a value is wanted: true, false, or null when neither holds.</summary>
    public sealed record Test(Condition WhenTrue, Condition WhenFalse) : Term(ValueKind.Boolean, true);

    /// <summary>The sum over the rows before this one in an order, or over all rows where there is no order; among the rows with the same values of <paramref name="Partition"/>. Null where there are none.</summary>
    /// <param name="OnlyPositive">Negative values do not count.</param>
    public sealed record SumBefore(Term Value, IReadOnlyList<OrderTerm> Order, IReadOnlyList<Term> Partition, bool OnlyPositive, ValueKind Kind) : Term(Kind, true);

    /// <summary>The place of the row in an order, from 1; among the rows with the same values of <paramref name="Partition"/>.</summary>
    public sealed record RowNumber(IReadOnlyList<OrderTerm> Order, IReadOnlyList<Term> Partition) : Term(ValueKind.Int64, false);

    /// <summary>An item of a <see cref="SourceRows.List"/>; null also where it is of another type.</summary>
    public sealed record Item(Source From, ValueKind Kind) : Term(Kind, true);

    /// <summary>A member of an item that is an object; null also where it is of another type, or the item is none.</summary>
    public sealed record ItemMember(Source From, string Name, ValueKind Kind) : Term(Kind, true);

    /// <summary>The place of an item of a <see cref="SourceRows.List"/>, from 0.</summary>
    public sealed record Place(Source From) : Term(ValueKind.Int64, false);

    /// <summary>Items of a JSON list as a JSON list again: those that satisfy a condition, in an order, and how many of them.</summary>
    public sealed record ItemList(Source From, Condition? Where, IReadOnlyList<OrderTerm> OrderBy, long Skip, long? Take) : Term(ValueKind.Json, false)
    {
        /// <summary>What stands in the list in place of each item, never null; null for the items themselves.</summary>
        public Term? Each { get; init; }
    }

    /// <summary>A value in another type; null where it has none there.</summary>
    public sealed record Converted(Term Operand, ValueKind Kind) : Term(Kind, true);

    /// <summary>The value of the first branch whose condition holds; null when none does.</summary>
    public sealed record Case(IReadOnlyList<(Condition When, Term Then)> Branches, ValueKind Kind) : Term(Kind, true)
    {
        /// <summary>The value where the condition holds, null elsewhere.</summary>
        public Case(Condition when, Term then)
            : this([(when, then)], then.Kind) { }
    }

    /// <summary>A column as it is stored in the rows where a condition holds, null in the others: only a nested statement passes it on.</summary>
    public sealed record Masked(Condition When, Column Value) : Term(Value.Kind, true);

    /// <summary>A value of the one row that a subquery finds; null when it finds none.</summary>
    public sealed record Scalar(Subquery Rows, Term Value) : Term(Value.Kind, true);

    /// <summary>The number of rows of a subquery.</summary>
    public sealed record CountOf(Subquery Rows) : Term(ValueKind.Int64, false);
}

/// <summary>The comparisons of SQL that OData's operators become.</summary>
public enum Comparison { Equal, NotEqual, Greater, GreaterOrEqual, Less, LessOrEqual }

/// <summary>What a row must satisfy. SQL's unknown counts as not satisfied; the planner has already expanded OData's own rules for null.</summary>
public abstract record Condition
{
    /// <param name="IsExact">Text is compared by its characters, whatever the column's collation; false where the comparison must agree with ORDER BY.</param>
    public sealed record Compare(Comparison Operator, Term Left, Term Right, bool IsExact = true) : Condition;

    /// <summary><c>(a, b) &gt; (x, y)</c>, or <c>&lt;</c>; used for paging only.</summary>
    public sealed record CompareRows(Comparison Operator, IReadOnlyList<Term> Left, IReadOnlyList<Term> Right) : Condition;

    public sealed record IsNull(Term Operand, bool Negated) : Condition;

    /// <summary>A boolean value that is true, or one that is false when <see cref="Negated"/>.</summary>
    public sealed record Holds(Term Operand, bool Negated) : Condition;

    /// <summary>Among values that are not null.</summary>
    public sealed record In(Term Operand, ColumnType Type, IReadOnlyList<object> Values, bool Negated) : Condition;

    public sealed record All(IReadOnlyList<Condition> Conditions) : Condition;

    public sealed record Any(IReadOnlyList<Condition> Conditions) : Condition;

    public sealed record Exists(Subquery Rows, bool Negated) : Condition;

    public sealed record Constant(bool Value) : Condition
    {
        public static readonly Constant True = new(true);
        public static readonly Constant False = new(false);
    }

    /// <summary>Both, where null stands for no condition.</summary>
    public static Condition? Both(Condition? left, Condition? right) =>
        left is null ? right : right is null ? left : new All([left, right]);

    public static Condition AllOf(IReadOnlyList<Condition> conditions)
    {
        foreach (var condition in conditions)
            if (condition is Constant { Value: false })
                return Constant.False;
        return conditions.Count switch { 0 => Constant.True, 1 => conditions[0], _ => new All(conditions) };
    }

    public static Condition AnyOf(IReadOnlyList<Condition> conditions)
    {
        foreach (var condition in conditions)
            if (condition is Constant { Value: true })
                return Constant.True;
        return conditions.Count switch { 0 => Constant.False, 1 => conditions[0], _ => new Any(conditions) };
    }
}
