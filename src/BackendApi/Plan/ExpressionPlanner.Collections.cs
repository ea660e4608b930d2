using BackendApi.Model;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>Collections in expressions: <c>any</c>, <c>all</c>, <c>$count</c>, and the items of collections that a column holds.</summary>
internal sealed partial class ExpressionPlanner
{
    private Condition Lambda(Expression.Lambda lambda, bool negated)
    {
        Condition? predicate = null;
        if (ItemsOf(lambda.Source) is { } items)
        {
            if (lambda.Predicate is not null)
                predicate = WithItem(items.Item, [lambda.VariableName!], () => Plan(lambda.Predicate, lambda.IsAll ? Want.NotTrue : Want.True));
            return new Condition.Exists(items.Rows(predicate), lambda.IsAll ^ negated);
        }
        var (scope, close) = Related(lambda.Source);
        if (lambda.Predicate is not null)
        {
            _bindings.Add(new(lambda.VariableName!, scope, scope.Root, scope.Computed));
            // all(p) says that there is no row for which p is not true.
            predicate = Plan(lambda.Predicate, lambda.IsAll ? Want.NotTrue : Want.True);
            _bindings.RemoveAt(_bindings.Count - 1);
        }
        return new Condition.Exists(close(predicate), lambda.IsAll ^ negated);
    }

    /// <summary>The items of a collection of primitive values that a column holds; null for every other expression.</summary>
    private ListItems? ItemsOf(Expression source)
    {
        if (source is not Expression.Property { Definition: var definition } property || property.Type is not IEdmCollectionTypeReference)
            return null;
        var (_, entity) = Resolve(property.Source);
        return entity.Set.Column(definition) is { Items: not null } model ? ListItems.Of(entity, model, _numbers) : null;
    }

    private static bool IsCollectionTest(Expression.Call call) =>
        ReferenceEquals(call.Function, Functions.HasSubset) || ReferenceEquals(call.Function, Functions.HasSubsequence);

    private T WithItem<T>(Term item, IReadOnlyList<string> names, Func<T> plan)
    {
        foreach (var name in names)
            _bindings.Add(_bindings[0] with { Variable = name, Item = item });
        var planned = plan();
        _bindings.RemoveRange(_bindings.Count - names.Count, names.Count);
        return planned;
    }

    /// <summary>A condition on the items of a collection, by whatever name the URL calls them.</summary>
    public Condition Where(Expression expression, Term item) => WithItem(item, ListItems.NamesOf(item), () => Where(expression));

    public Term Value(Expression expression, Term item, bool isItem) => isItem ? WithItem(item, ListItems.NamesOf(item), () => Value(expression)) : Value(expression);

    private (Scope Scope, Func<Condition?, Subquery> Close) Related(Expression source)
    {
        if (source is Expression.Filtered filtered)
        {
            var (inner, close) = Related(filtered.Source);
            var kept = new ExpressionPlanner(inner).Where(filtered.Predicate);
            return (inner, more => close(Condition.Both(kept, more)));
        }
        if (source is Expression.TypeCast cast)
            return Cast(Related(cast.Source), PrimitiveTypes.ItemOf(cast.Type)!.Definition);
        if (source is Expression.Root root)
            return Everywhere(root);
        if (source is not Expression.Navigation navigation)
            throw NotSupported("a collection that is not a navigation property");
        var (_, from) = Resolve(navigation.Source);
        return Navigating.Related(from, from.Set.Navigation(navigation.Definition), _numbers);
    }

    private static (Scope Scope, Func<Condition?, Subquery> Close) Cast((Scope Scope, Func<Condition?, Subquery> Close) rows, IEdmType to)
    {
        if (rows.Scope.Root.Set.DerivedFrom(to) is not { } type)
            return rows;
        var isOf = Navigating.IsOf(rows.Scope.Root, type);
        rows.Scope.Restrict(type);
        return (rows.Scope, more => rows.Close(Condition.Both(isOf, more)));
    }

    private Term.CountOf Count(Expression.Count count)
    {
        if (ItemsOf(count.Source) is { } items)
            return new(items.Rows(Condition.Both(
                count.Filter is null ? null : Where(count.Filter, items.Item), count.Search is null ? null : SearchPlanner.Where(items.Item, count.Search))));
        var (scope, close) = Related(count.Source);
        Condition? filter = null;
        if (count.Filter is not null)
        {
            // $it and the variables of lambdas around it stay what they are.
            _bindings.Add(new(Expression.Variable.Implicit, scope, scope.Root, scope.Computed));
            _bindings.Add(new(Expression.Variable.This, scope, scope.Root, scope.Computed));
            filter = Plan(count.Filter, Want.True);
            _bindings.RemoveRange(_bindings.Count - 2, 2);
        }
        return new(close(count.Search is null ? filter : Condition.Both(filter, SearchPlanner.Where(scope.Root, count.Search))));
    }
}
