using BackendApi.Model;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>
/// Enumerations of flags outside of their column: the names of the members with commas between them, in the order of the definition. Numbers and texts become
/// that, and that becomes a number.
/// </summary>
internal static class Flags
{
    private static readonly FunctionRow Concat = Functions.ByName["concat"];
    private static readonly FunctionRow Substring = Functions.ByName["substring"];
    private static readonly FunctionRow Length = Functions.ByName["length"];

    /// <summary>What a column stores, by the names of the members.</summary>
    public static Term Named(Term.Column column, IReadOnlyList<EnumMember> members) => Joined(
        members.Select(member => (Has(column, new Term.Constant(column.Definition.Type, member.Value ?? member.Name)), member.Name)), new Condition.IsNull(column, Negated: true));

    /// <summary>The members that a number is the sum of, or that a text names; null for a number or a text that holds something else.</summary>
    public static Term Of(IEdmEnumType type, Term value)
    {
        if (value.Kind == ValueKind.String)
        {
            var names = Joined(type.Members.Select(member => (Has(value, Text(member.Name)), member.Name)), new Condition.IsNull(value, Negated: true));
            // A text with a strange word, or one word twice, is longer.
            var isWhole = new Condition.Compare(Comparison.Equal, LengthOf(names), LengthOf(value));
            return new Term.Case(Condition.AllOf([isWhole, new Condition.Compare(Comparison.Greater, LengthOf(value), Whole(0))]), names);
        }
        var number = value.Kind == ValueKind.Int64 ? value : new Term.Converted(value, ValueKind.Int64);
        var all = type.Members.Aggregate(0L, (sum, member) => sum | member.Value.Value);
        var isSum = Condition.AllOf([new Condition.Compare(Comparison.Greater, number, Whole(0)), new Condition.Compare(Comparison.LessOrEqual, number, Whole(all))]);
        return Joined(type.Members.Select(member => ((Condition)IsIn(number, member.Value.Value), member.Name)), isSum);
    }

    /// <summary>The sum of the members.</summary>
    public static Term Number(IEdmEnumType type, Term names)
    {
        var sum = type.Members.Select(member => Choice(Has(names, Text(member.Name)), Whole(member.Value.Value), Whole(0)))
            .Aggregate((left, right) => new Term.Call(Functions.Add, [left, right], ValueKind.Int64, IsNullable: false));
        return new Term.Case(new Condition.IsNull(names, Negated: true), sum);
    }

    /// <summary>Whether a sum of powers of two holds this one.</summary>
    private static Condition.Compare IsIn(Term number, long power)
    {
        var shifted = new Term.Call(Functions.Div, [number, Whole(power)], ValueKind.Int64, IsNullable: true);
        return new(Comparison.Equal, new Term.Call(Functions.Mod, [shifted, Whole(2)], ValueKind.Int64, IsNullable: true), Whole(1));
    }

    private static Term.Case Joined(IEnumerable<(Condition Holds, string Name)> members, Condition where)
    {
        var text = members.Select(member => Choice(member.Holds, Text("," + member.Name), Text("")))
            .Aggregate((left, right) => new Term.Call(Concat, [left, right], ValueKind.String, IsNullable: false));
        return new([(where, new Term.Call(Substring, [text, new Term.Constant(Constants.TypeOf(ValueKind.Int32), 1)], ValueKind.String, IsNullable: false))], ValueKind.Enum);
    }

    private static Condition Has(Term flags, Term member) =>
        new Condition.Holds(new Term.Call(Functions.Has, [flags, member], ValueKind.Boolean, flags.IsNullable), Negated: false);

    private static Term Choice(Condition when, Term then, Term otherwise) => new Term.Case([(when, then), (Condition.Constant.True, otherwise)], then.Kind);

    private static Term.Call LengthOf(Term text) => new(Length, [text], ValueKind.Int32, text.IsNullable);

    private static Term.Constant Text(string text) => new(Constants.TypeOf(ValueKind.String), text);

    private static Term.Constant Whole(long number) => new(Constants.TypeOf(ValueKind.Int64), number);
}
