using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>The types of operands: literals take the type of what they meet, and what does not go together is refused.</summary>
internal static class Operands
{
    /// <summary>The literal in another type, when that type has its value; everything else as it is.</summary>
    public static Expression Adapt(Expression operand, IEdmTypeReference? target)
    {
        if (operand is not Expression.Literal { Value: { } value } literal || target is null)
            return operand;
        if (target.Definition is IEdmEnumType enumeration)
            return value is string member && EnumLiterals.Read(enumeration, member) is { } members ? literal with { Type = target, Value = members } : literal;
        return target.Kind() is { } kind ? Adapt(literal, value, kind) : literal;
    }

    public static Expression Adapt(Expression operand, ValueKind kind) =>
        operand is Expression.Literal { Value: { } value } literal ? Adapt(literal, value, kind) : operand;

    /// <summary>The operand as one of a kind that it widens to. Only a date needs a conversion to be seen; databases widen numbers themselves.</summary>
    public static Expression Coerce(Expression operand, ValueKind kind)
    {
        operand = Adapt(operand, kind);
        return kind == ValueKind.DateTimeOffset && operand.Type.Kind() == ValueKind.Date
            ? new Expression.Convert(operand.At, PrimitiveTypes.Of(kind), operand)
            : operand;
    }

    /// <summary>Both sides of a comparison in types that compare.</summary>
    /// <param name="position">Where the operator stands.</param>
    public static (Expression Left, Expression Right) Comparable(in Cursor at, int position, FunctionRow row, Expression left, Expression right)
    {
        right = Adapt(right, left.Type);
        left = Adapt(left, right.Type);
        if (IsJson(left) || IsJson(right))
            return (StructuralOperands.Fit(at, position, row, left, right), StructuralOperands.Fit(at, position, row, right, left));

        if (left.Type is not { } leftType || right.Type is not { } rightType)
            return (left, right);
        if (leftType.Kind() is { } leftKind && rightType.Kind() is { } rightKind)
        {
            if (leftKind == rightKind && (leftKind != ValueKind.Enum || SameEnumeration(leftType, rightType)))
                return (left, right);
            if (Functions.NumericRank(leftKind) > 0 && Functions.NumericRank(rightKind) > 0)
                return (left, right);
            if (leftKind == ValueKind.Date && rightKind == ValueKind.DateTimeOffset)
                return (new Expression.Convert(left.At, rightType, left), right);
            if (leftKind == ValueKind.DateTimeOffset && rightKind == ValueKind.Date)
                return (left, new Expression.Convert(right.At, leftType, right));
            if (leftKind == ValueKind.Enum && right is Expression.Literal { Value: string text })
                throw LiteralParser.UnknownMember(at, (IEdmEnumType)leftType.Definition, text, Within(at, right));
            if (rightKind == ValueKind.Enum && left is Expression.Literal { Value: string member })
                throw LiteralParser.UnknownMember(at, (IEdmEnumType)rightType.Definition, member, Within(at, left));
        }
        else if (leftType.Kind() is null && rightType.Kind() is null && StructuralOperands.AreAlike(at, position, row, leftType, rightType))
            return (left, right);
        throw Incomparable(at, position, row, left, right);
    }

    /// <summary>Refuses structures and collections, which have no order.</summary>
    public static void CheckOrdered(in Cursor at, int position, FunctionRow row, Expression left, Expression right)
    {
        foreach (var operand in (ReadOnlySpan<Expression>)[left, right])
            if (IsJson(operand) || operand.Type is not null && operand.Type.Kind() is null)
                throw at.Error(Errors.TypeMismatch, $"The operator {row.Name} does not take {NameOf(operand)}: only eq, ne and in compare structures and collections,", position);
    }

    public static ServiceException Incomparable(in Cursor at, int position, FunctionRow row, Expression left, Expression right) => at.Error(Errors.TypeMismatch,
        $"The {(row.Form == FunctionForm.Function ? "function" : "operator")} {row.Name} cannot compare {NameOf(left)} with {NameOf(right)}", position);

    private static bool IsJson(Expression operand) => operand is Expression.List or Expression.Object;

    private static string NameOf(Expression operand) => operand switch
    {
        Expression.List => "a JSON array",
        Expression.Object => "a JSON object",
        _ => PrimitiveTypes.NameOf(operand.Type),
    };

    /// <summary>Refuses what is not a condition; null and what is known only at run time can be one.</summary>
    public static Expression Condition(in Cursor at, Expression operand, string what) =>
        operand.Type is null || operand.Type.Kind() == ValueKind.Boolean
            ? operand
            : throw at.Error(Errors.TypeMismatch, $"{what} takes Edm.Boolean, not {PrimitiveTypes.NameOf(operand.Type)},", Within(at, operand));

    private static bool SameEnumeration(IEdmTypeReference left, IEdmTypeReference right) =>
        ReferenceEquals(left.Definition, right.Definition) || left.FullName() == right.FullName();

    /// <summary>An operand that came from a parameter alias has its place in another text; the current place stands for it.</summary>
    private static int Within(in Cursor at, Expression operand) =>
        operand.At.Start + operand.At.Length <= at.Position ? operand.At.Start : at.Position;

    private static Expression.Literal Adapt(Expression.Literal literal, object value, ValueKind kind)
    {
        if (literal.Type.Kind() == kind)
            return literal;
        var adapted = value switch
        {
            string text when kind is ValueKind.Date or ValueKind.TimeOfDay or ValueKind.DateTimeOffset or ValueKind.Duration or ValueKind.Guid =>
                TextLiterals.Read(text, kind, out var read) == Fault.None ? read : null,
            DateOnly date when kind == ValueKind.DateTimeOffset => TextLiterals.Midnight(date),
            int or long or decimal or double => Numbers.To(value, kind),
            _ => null,
        };
        return adapted is null ? literal : literal with { Type = PrimitiveTypes.Of(kind), Value = adapted };
    }
}
