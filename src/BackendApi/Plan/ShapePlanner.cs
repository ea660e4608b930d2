using System.Collections.Immutable;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>Plans what a row looks like: <c>$select</c> and <c>$expand</c>, and the columns that they read.</summary>
internal sealed class ShapePlanner(SelectList columns, PlanLimits limits)
{
    public EntityShape Shape(Scope scope, Entity entity, QueryOptions options, int depth)
    {
        var set = entity.Set;
        var properties = ImmutableArray.CreateBuilder<ShapeProperty>(set.Properties.Count);
        var isPartial = options.Select is not null && !options.Select.Any(item => item.IsAll);
        foreach (var property in set.Properties)
            if (!isPartial || IsSelected(property, options.Select!))
            {
                var column = entity.Column(property);
                properties.Add(new(property, columns.Add(column), column.IsNullable));
            }

        var key = new int[set.Key.Count];
        for (var i = 0; i < key.Length; i++)
            key[i] = columns.Add(entity.Column(set.Key[i]));
        int? concurrency = set.Concurrency is null ? null : columns.Add(entity.Column(set.Concurrency));

        var references = new List<ShapeReference>();
        var collections = new List<ShapeCollection>();
        foreach (var (item, navigation) in Expanded(set, options, depth))
        {
            if (navigation.IsCollection)
                collections.Add(Collection(entity, key, navigation, item, depth + 1));
            else
                references.Add(Reference(scope, entity, navigation, item, depth + 1));
        }
        return new(set, properties.DrainToImmutable(), references, collections, key, entity.Source.IsOptional ? key[0] : null, concurrency, isPartial);
    }

    private static bool IsSelected(PropertyModel property, IReadOnlyList<SelectItem> select)
    {
        foreach (var item in select)
        {
            if (item.ComputedName is not null)
                throw ExpressionPlanner.NotSupported("computed properties in $select");
            if (item.Options is not null || item.Path.Count > 1)
                throw ExpressionPlanner.NotSupported("$select into a structured property");
            if (item.Path.Count == 1 && item.Path[0].Name == property.Name)
                return true;
        }
        return false;
    }

    private IEnumerable<(ExpandItem Item, NavigationModel Navigation)> Expanded(EntitySetModel set, QueryOptions options, int depth)
    {
        foreach (var item in options.Expand)
        {
            if (depth >= limits.MaxExpansionDepth)
                throw new ServiceException(Errors.LimitExceeded, $"$expand may be nested {limits.MaxExpansionDepth} levels deep.", "$expand");
            if (item.Form != ExpandForm.Entities)
                throw ExpressionPlanner.NotSupported("$ref and $count in $expand");
            if (item.SourceCast is not null || item.TargetCast is not null)
                throw ExpressionPlanner.NotSupported("type casts in $expand");
            if (item.Options.Levels is not null)
                throw ExpressionPlanner.NotSupported("$levels");
            if (item.Options.Compute.Count > 0)
                throw ExpressionPlanner.NotSupported("$compute in $expand");
            if (item.Navigation is not null)
            {
                yield return (item, set.NavigationsByName[item.Navigation.Name]);
                continue;
            }
            foreach (var navigation in set.Navigations)
                if (!options.Expand.Any(other => other.Navigation?.Name == navigation.Name))
                    yield return (item, navigation);
        }
    }

    private ShapeReference Reference(Scope scope, Entity entity, NavigationModel navigation, ExpandItem item, int depth) =>
        new(navigation, Shape(scope, scope.Reach(entity, navigation), item.Options, depth));

    private ShapeCollection Collection(Entity owner, int[] ownerKey, NavigationModel navigation, ExpandItem item, int depth)
    {
        var numbers = new SourceNumbers();
        var scope = new Scope(navigation.Target, numbers.Next(navigation.Target.Table.Name), numbers);
        var where = Navigating.RowFilter(scope.Root, numbers);
        var rows = RowsPlanner.Collection(scope, where, item.Options, limits, depth);

        if (navigation.Through is not { } through)
            return new(
                navigation, rows, OwnerValues(owner, navigation.On.Select(pair => pair.Source)), ownerKey,
                [.. navigation.On.Select(pair => Navigating.Column(scope.Root.Source, pair.Target))], Link: null, item.Texts ?? []);

        var link = numbers.Next(through.Table);
        return new(
            navigation, rows, OwnerValues(owner, through.On.Select(pair => pair.Source)), ownerKey,
            [.. through.On.Select(pair => Navigating.Column(link, pair.Link))],
            new Join(scope.Root.Source, Navigating.Joined(link, through.To, scope.Root.Source), IsOuter: false), item.Texts ?? []);
    }

    private ShapeOwnerValue[] OwnerValues(Entity owner, IEnumerable<ColumnSchema> sources) =>
        [.. sources.Select(column => new ShapeOwnerValue(column, columns.Add(Navigating.Column(owner.Source, column))))];
}
