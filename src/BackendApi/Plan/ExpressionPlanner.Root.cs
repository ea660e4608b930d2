using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary>Paths that begin at <c>$root</c> (URL Conventions, 5.1.1.11.2): they are read by subqueries that know nothing of the row at hand.</summary>
internal sealed partial class ExpressionPlanner
{
    /// <summary>Where a path begins, when that is <c>$root</c>.</summary>
    private static Expression.Root? RootOf(Expression path) => path switch
    {
        Expression.Root root => root,
        Expression.Property property => RootOf(property.Source),
        Expression.Navigation navigation => RootOf(navigation.Source),
        _ => null,
    };

    /// <summary><c>$root/Set(key)/Path</c>: null when there is no such entity.</summary>
    private Term.Scalar Elsewhere(Expression.Property property, Expression.Root root)
    {
        var (scope, filter) = Begin(root);
        var conditions = root.Key.Select(key =>
        {
            var model = scope.Root.Set.PropertiesByName[key.Property.Name];
            return (Condition)new Condition.Compare(Comparison.Equal, scope.Root.Column(model),
                Constants.Stored(model.Column.Type, model, key.Value, Model.EdmTypes.Kind(key.Property.Type)!.Value));
        }).ToList();
        if (filter is not null)
            conditions.Add(filter);

        var entity = Reached(property.Source);
        if (entity.Set.Column(property.Definition) is not { } definition || Model.EdmTypes.Kind(definition.Edm.Type) is null)
            throw NotSupported($"the structured property {property.Definition.Name} in an expression");
        var value = entity.Column(definition);
        return new(new(scope.Root.Source, scope.Joins, Condition.AllOf(conditions)), value);

        Entity Reached(Expression path) => path switch
        {
            Expression.Navigation navigation when Reached(navigation.Source) is var from && from.Set.NavigationsByName[navigation.Definition.Name] is { IsCollection: false } model => scope.Reach(from, model),
            Expression.Root => scope.Root,
            Expression.Property complex => Reached(complex.Source),
            _ => throw NotSupported("this path behind $root"),
        };
    }

    /// <summary><c>$root/Set</c> under any, all or $count.</summary>
    private (Scope Scope, Func<Condition?, Subquery> Close) Everywhere(Expression.Root root)
    {
        var (scope, filter) = Begin(root);
        return (scope, more => new(scope.Root.Source, scope.Joins, Condition.Both(filter, more)));
    }

    private (Scope Scope, Condition? Filter) Begin(Expression.Root root)
    {
        if (!_numbers.Sets.TryGetValue(root.Source.Name, out var set))
            throw NotSupported($"$root/{root.Source.Name}");
        var scope = new Scope(set, _numbers.Next(set), _numbers);
        return (scope, Navigating.RowFilter(scope.Root, _numbers));
    }
}
