using BackendApi.Model;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>
/// <c>cast</c>, <c>isof</c>, <c>case</c> and enumerations. A column holds the texts that its definition gives the members; a value that no column holds
/// goes by the members' names.
/// </summary>
internal sealed partial class ExpressionPlanner
{
    /// <summary>What has no value in the other type is null (URL Conventions, 5.1.1.10.1).</summary>
    private Term Convert(Expression.Convert convert)
    {
        if (convert.Type.Kind() is not { } to || convert.Type.IsSByte())
            throw NotSupported($"a cast to {convert.Type.FullName()}");
        if (convert.Type!.Definition is IEdmEnumType target)
            return ToMember(convert.Operand, target);
        var operand = Value(convert.Operand);
        if (convert.Operand.Type?.Definition is IEdmEnumType source)
            return to == ValueKind.String ? AsText(Named(operand))
                : Functions.NumericRank(to) > 0 ? Converted(source.IsFlags ? Flags.Number(source, Named(operand)) : OfMember(source, Named(operand)), to)
                : new Term.Constant(Constants.TypeOf(to), null);
        return Converted(operand, to);
    }

    private static Term Converted(Term operand, ValueKind to)
    {
        var from = operand.Kind is ValueKind.Json ? ValueKind.String : operand.Kind;
        return from == to ? operand
            : operand is not Term.Constant { Value: null } && Conversions.All.Contains((from, to)) ? new Term.Converted(operand, to)
            : new Term.Constant(Constants.TypeOf(to), null);
    }

    /// <summary>A member by its name or its number.</summary>
    private Term ToMember(Expression operand, IEdmEnumType type)
    {
        var value = Value(operand);
        if (operand.Type?.Definition is IEdmEnumType source)
            return source.FullTypeName() == type.FullTypeName() ? value : new Term.Constant(Constants.TypeOf(ValueKind.Enum), null);
        if (value.Kind is ValueKind.Json)
            value = Converted(value, ValueKind.String);
        if (value is Term.Constant { Value: null } || value.Kind != ValueKind.String && Functions.NumericRank(value.Kind) == 0)
            return new Term.Constant(Constants.TypeOf(ValueKind.Enum), null);
        if (type.IsFlags)
            return Flags.Of(type, value);
        return new Term.Case([.. type.Members.Select(member =>
        {
            var name = Text(member.Name);
            Term number = new Term.Constant(Constants.TypeOf(ValueKind.Int64), member.Value.Value);
            var isMember = new Condition.Compare(Comparison.Equal, value, value.Kind == ValueKind.String ? name : number);
            return ((Condition)isMember, (Term)name);
        })], ValueKind.Enum);
    }

    private static Term.Case OfMember(IEdmEnumType type, Term name) => new(
        [.. type.Members.Select(member => (
            (Condition)new Condition.Compare(Comparison.Equal, name, Text(member.Name)),
            (Term)new Term.Constant(Constants.TypeOf(ValueKind.Int64), member.Value.Value)))], ValueKind.Int64);

    private static Term.Constant Text(string text) => new(Constants.TypeOf(ValueKind.String), text);

    /// <summary>An enumeration by its members' names.</summary>
    private static Term Named(Term term)
    {
        if (term is not Term.Column { Property: { Members: { } members } property } column || members.All(member => member.Value is null || member.Value == member.Name))
            return term;
        if (property.Edm.Type.Definition is IEdmEnumType { IsFlags: true })
            return Flags.Named(column, members);
        return new Term.Case([.. members.Select(member => (
            (Condition)new Condition.Compare(Comparison.Equal, column, new Term.Constant(column.Definition.Type, member.Value ?? member.Name)),
            (Term)Text(member.Name)))], ValueKind.Enum);
    }

    private static Term AsText(Term name) => name switch
    {
        Term.Column column => column with { Kind = ValueKind.String, Property = null },
        Term.Case branches => branches with { Kind = ValueKind.String },
        _ => name,
    };

    /// <summary>Two members in texts that compare: those of the one column, or the names.</summary>
    private static (Term Left, Term Right) SameText(Term left, Term right)
    {
        var isStored = left is Term.Column or Term.Constant && right is Term.Column or Term.Constant
            && (left as Term.Column)?.Property is var one && (right as Term.Column)?.Property is var other && (one is null || other is null || one == other);
        return isStored ? (left, right) : (Named(left), Named(right));
    }

    /// <summary>Whether a value is there and of that very type; numbers of other types are not.</summary>
    private Condition IsOf(Expression.IsOf test, bool negated)
    {
        if (test.Tested.Definition is not (IEdmPrimitiveType or IEdmEnumType) || test.Operand.Type?.Definition is IEdmStructuredType)
            throw NotSupported($"isof with {test.Tested.FullName()}");
        return test.Operand.Type is { } type && type.FullName() == test.Tested.FullName()
            ? NullTest(test.Operand, negated: !negated)
            : Constant(negated);
    }

    private Term.Case Case(Expression.Case branches)
    {
        if (branches.Type.Kind() is not { } kind)
            throw NotSupported("case with values of this type");
        return new([.. branches.Branches.Select(branch =>
        {
            var value = Value(branch.Value);
            return (Plan(branch.Condition, Want.True), value is Term.Constant { Value: null } ? new Term.Constant(Constants.TypeOf(kind), null) : kind == ValueKind.Enum ? Named(value) : value);
        })], kind);
    }

    private Term Pattern(Expression pattern) => pattern is Expression.Literal { Value: var text }
        ? text is string given ? Text(MatchPattern.Read(given)) : new Term.Constant(Constants.TypeOf(ValueKind.String), null)
        : new Term.Call(Functions.PatternOf, [Value(pattern)], ValueKind.String, IsNullable: true);

    /// <summary>Of null nothing is known.</summary>
    private Condition Has(Expression.Binary has, Want want)
    {
        if (has.Right is not Expression.Literal { Value: EnumValue members })
            throw NotSupported("has with a right operand that is not a literal");
        var flags = Value(has.Left);
        var negated = want is Want.False or Want.NotTrue;
        var holds = members.Members.Select(member =>
            (Condition)new Condition.Holds(new Term.Call(Functions.Has, [flags, Constants.Meeting(new(has.Right.At, has.Right.Type, members with { Members = [member] }), flags)], ValueKind.Boolean, flags.IsNullable), negated)).ToArray();
        var all = negated ? Condition.AnyOf(holds) : Condition.AllOf(holds);
        return flags.IsNullable && want is Want.NotTrue or Want.NotFalse ? Condition.AnyOf([all, new Condition.IsNull(flags, Negated: false)]) : all;
    }
}
