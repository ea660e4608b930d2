using BackendApi.Model;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>
/// <c>eq</c> and <c>ne</c> of structures and collections (URL Conventions, 5.1.1.1.1): entities by their keys, complex values property by property, collections of
/// values item by item in their order.
/// </summary>
internal sealed partial class ExpressionPlanner
{
    private static bool IsStructural(Expression operand) =>
        operand is Expression.List or Expression.Object || operand.Type is not null && operand.Type.Kind() is null;

    /// <summary>Neither is the literal null.</summary>
    private Condition CompareStructures(Expression left, Expression right, bool isEqual)
    {
        switch (left.Type?.Definition)
        {
            case IEdmEntityType entity:
                // Of two types of one hierarchy: the key is that of its root.
                return Pairwise(left, right, entity.Key(), isEqual);
            case IEdmComplexType complex when ItemOf(left) is not null || ItemOf(right) is not null:
                return CompareWithItem(left, right, complex, isEqual);
            case IEdmComplexType complex when IsEmpty(left) || IsEmpty(right):
                // Columns that are all null are no value at all.
                return Constant(!isEqual);
            case IEdmComplexType complex:
                return Pairwise(left, right, complex.StructuralProperties(), isEqual);
            case IEdmCollectionType { ElementType: var item } when item.Kind() is null:
                throw NotSupported("a comparison of collections whose items are structures");
            default:
                var (one, other) = Lists(left, right);
                return WithOwners(Subcollections.Equal(one, other, negated: !isEqual), left, right, isEqual);
        }
    }

    private Condition Pairwise(Expression left, Expression right, IEnumerable<IEdmStructuralProperty> properties, bool isEqual)
    {
        var conditions = properties.Select(property => Plan(
            new Expression.Binary(left.At, PrimitiveTypes.Boolean, isEqual ? Functions.Eq : Functions.Ne, MemberOf(left, property), MemberOf(right, property)), Want.True)).ToArray();
        return isEqual ? Condition.AllOf(conditions) : Condition.AnyOf(conditions);
    }

    /// <summary>An object in a list is there also when all of its members are null.</summary>
    private Condition CompareWithItem(Expression left, Expression right, IEdmComplexType complex, bool isEqual)
    {
        if (left is not Expression.Object && right is not Expression.Object)
            throw NotSupported("a comparison of an item of a collection with another complex value than JSON");
        var members = Pairwise(left, right, complex.StructuralProperties(), isEqual);
        var test = new Condition.IsNull((ItemOf(left) ?? ItemOf(right))!, Negated: isEqual);
        return isEqual ? Condition.AllOf([test, members]) : Condition.AnyOf([test, members]);
    }

    private Term? ItemOf(Expression operand) => operand is Expression.Variable variable ? Bound(variable.Name).Item : null;

    private static Expression MemberOf(Expression structure, IEdmStructuralProperty property)
    {
        if (structure is Expression.Object json)
            return json.Members.First(member => member.Name == property.Name).Value;
        var own = (IEdmStructuralProperty)((IEdmStructuredType)structure.Type!.Definition).FindProperty(property.Name);
        return new Expression.Property(structure.At, own.Type, structure, own);
    }

    private static bool IsEmpty(Expression structure) => structure is Expression.Object json && json.Members.All(member => IsNull(member.Value));

    /// <summary>The collection of nobody has no items, as an empty one, but it is null: it equals only another such.</summary>
    private Condition WithOwners(Condition compared, Expression left, Expression right, bool isEqual)
    {
        var (one, other) = (Absence(left, negated: false), Absence(right, negated: false));
        if (one is null && other is null)
            return compared;
        Condition Absent(Condition.IsNull? absence) => absence ?? Constant(false);
        Condition Present(Condition.IsNull? absence) => absence is null ? Constant(true) : absence with { Negated = true };
        return isEqual
            ? Condition.AllOf([compared, Condition.AnyOf([Condition.AllOf([Absent(one), Absent(other)]), Condition.AllOf([Present(one), Present(other)])])])
            : Condition.AnyOf([compared, Condition.AllOf([Absent(one), Present(other)]), Condition.AllOf([Present(one), Absent(other)])]);
    }

    /// <summary>Whether there is nobody whose collection it is; null where there always is.</summary>
    private Condition.IsNull? Absence(Expression collection, bool negated)
    {
        if (collection is not (Expression.Property or Expression.Navigation) || RootOf(collection) is not null)
            return null;
        var source = collection is Expression.Property property ? property.Source : ((Expression.Navigation)collection).Source;
        var (_, owner) = Resolve(source);
        var key = owner.Column(owner.Set.Key[0]);
        return owner.IsCast is { } isCast ? new(new Term.Case(isCast, key), negated) : owner.Source.IsOptional ? new(key, negated) : null;
    }

    /// <summary>Two collections of values, each as many times as it is needed as a source of its own.</summary>
    private (Func<ListItems> Left, Func<ListItems> Right) Lists(Expression left, Expression right)
    {
        var kind = GivenList.KindOf(left, right);
        return (ListOf(left, kind), ListOf(right, kind));
    }

    private Func<ListItems> ListOf(Expression collection, ValueKind kind)
    {
        if (collection is Expression.List list)
        {
            var json = GivenList.Json(list);
            return () => ListItems.Of(json, kind, _numbers);
        }
        return ItemsOf(collection) is { Item.Kind: not ValueKind.Json } ? () => ItemsOf(collection)! : throw NotSupported("a comparison of such a collection");
    }
}
