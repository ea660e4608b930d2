using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Structures and collections as operands of <c>eq</c>, <c>ne</c> and <c>in</c> (URL Conventions, 5.1.1.1.1): JSON takes the type of what it meets.</summary>
internal static class StructuralOperands
{
    /// <summary>A JSON array or object in the type of the other operand; everything else as it is.</summary>
    public static Expression Fit(in Cursor at, int position, FunctionRow row, Expression json, Expression other)
    {
        switch (json, other.Type)
        {
            case (Expression.List list, { } type) when PrimitiveTypes.ItemOf(type) is { } item:
                var items = new Expression[list.Items.Count];
                for (var i = 0; i < items.Length; i++)
                    items[i] = Value(at, position, row, item, list.Items[i]);
                return list with { Type = type, Items = items };
            case (Expression.Object value, { Definition: IEdmComplexType complex }):
                return Bound(at, position, row, value, complex, other.Type);
            case (Expression.Object, { Definition: IEdmEntityType }):
                throw at.Error(Errors.NotImplemented, "Entities in JSON are not supported: compare with $root/Set(key)", position);
            case (Expression.Object, null) when other is Expression.Object:
                throw at.Error(Errors.NotImplemented, "Comparing JSON objects with each other is not supported: compare with a property", position);
            case (Expression.List, null) when other is Expression.Object:
            case (Expression.List or Expression.Object, { }):
                throw Operands.Incomparable(at, position, row, other, json);
            default:
                return json;
        }
    }

    /// <summary>Two types that are no primitive ones compare: entities of one hierarchy, complex values with the same properties, collections of such.</summary>
    public static bool AreAlike(in Cursor at, int position, FunctionRow row, IEdmTypeReference left, IEdmTypeReference right) => (left.Definition, right.Definition) switch
    {
        (IEdmEntityType one, IEdmEntityType other) => one.IsOrInheritsFrom(other) || other.IsOrInheritsFrom(one),
        (IEdmComplexType one, IEdmComplexType other) => ReferenceEquals(one, other) || HaveSameProperties(at, position, row, one, other),
        (IEdmCollectionType one, IEdmCollectionType other) => AreComparable(at, position, row, one.ElementType, other.ElementType),
        _ => false,
    };

    private static bool HaveSameProperties(in Cursor at, int position, FunctionRow row, IEdmComplexType one, IEdmComplexType other)
    {
        if (one.Properties().Count() != other.Properties().Count())
            return false;
        foreach (var property in one.Properties())
            if (other.FindProperty(property.Name) is not { } same || !AreComparable(at, position, row, property.Type, same.Type))
                return false;
        return true;
    }

    /// <summary>As they are, without a conversion of one side.</summary>
    private static bool AreComparable(in Cursor at, int position, FunctionRow row, IEdmTypeReference left, IEdmTypeReference right)
    {
        var (one, other) = (Typed(left), Typed(right));
        var (same, alike) = Operands.Comparable(at, position, row, one, other);
        return ReferenceEquals(same, one) && ReferenceEquals(alike, other);
    }

    private static Expression.Object Bound(in Cursor at, int position, FunctionRow row, Expression.Object value, IEdmComplexType type, IEdmTypeReference reference)
    {
        foreach (var member in value.Members)
            if (type.FindProperty(member.Name) is null)
                throw at.Error(Errors.UnknownProperty, $"The type {type.FullTypeName()} has no property '{member.Name}'", position,
                    Suggestions.For(member.Name, type.Properties().Select(property => property.Name)));
        var members = new List<ObjectMember>();
        foreach (var property in type.StructuralProperties())
        {
            // What is left out of a complex value is null, or empty.
            var given = value.Members.FirstOrDefault(member => member.Name == property.Name)?.Value
                ?? (PrimitiveTypes.ItemOf(property.Type) is null ? new Expression.Literal(value.At, null, null) : new Expression.List(value.At, null, []));
            members.Add(new(property.Name, Value(at, position, row, property.Type, given)));
        }
        return value with { Type = reference, Members = members };
    }

    /// <summary>A JSON value where one of a type is expected.</summary>
    private static Expression Value(in Cursor at, int position, FunctionRow row, IEdmTypeReference type, Expression value)
    {
        var expected = Typed(type);
        if (type.Kind() == ValueKind.Binary && value is Expression.Literal { Value: string base64 } && LiteralText.Read(base64, ValueKind.Binary) is { } bytes)
            return new Expression.Literal(value.At, type, bytes);
        var (same, fitted) = Operands.Comparable(at, position, row, expected, value);
        return ReferenceEquals(same, expected) ? fitted : throw Operands.Incomparable(at, position, row, expected, value);
    }

    private static Expression.Variable Typed(IEdmTypeReference type) => new(default, type, "");
}
