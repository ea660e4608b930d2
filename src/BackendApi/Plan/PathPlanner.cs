using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>What stands at the end of a resource path.</summary>
internal enum PathEnd { Collection, Entity, Property, Complex, Value, Media, Count, ItemCount }

/// <param name="Where">Which rows of the scope's root the path leads to, row filters included.</param>
/// <param name="AsReferences">The path ends with <c>/$ref</c>.</param>
/// <param name="Owner">The entity before the last navigation segment, when there is one and no key follows.</param>
internal sealed record PlannedPath(Scope Scope, Condition? Where, PathEnd End, bool AsReferences, PropertyModel? Property, Subquery? Owner)
{
    public ComplexModel? Complex { get; init; }
    public MediaModel? Media { get; init; }
}

/// <summary>Walks the segments of a path from the left: each key and each navigation narrows the rows of the set that the path has reached.</summary>
internal static class PathPlanner
{
    public static PlannedPath Plan(ModelSnapshot model, ResourcePath path)
    {
        var numbers = new SourceNumbers(model);
        var state = path.Segments[0] switch
        {
            PathSegment.EntitySet root => Start(model.EntitySets[root.Set.Name], numbers),
            PathSegment.Singleton root => Start(model.EntitySets[root.Definition.Name], numbers),
            PathSegment.CrossJoin join => Joined(model, join, numbers),
            var other => throw ExpressionPlanner.NotSupported(Describe(other)),
        };
        var end = path.Segments[0] is PathSegment.Singleton ? PathEnd.Entity : PathEnd.Collection;
        var asReferences = false;
        PropertyModel? property = null;
        ComplexModel? complex = null;
        MediaModel? media = null;
        Subquery? owner = null;
        for (var i = 1; i < path.Segments.Count; i++)
        {
            switch (path.Segments[i])
            {
                case PathSegment.Key key:
                    state = Keyed(state, key);
                    owner = null;
                    end = PathEnd.Entity;
                    break;
                case PathSegment.Navigation segment:
                    var navigation = state.Entity.Set.Navigation(segment.Definition);
                    owner = new(state.Entity.Source, state.Scope.Joins, state.Where);
                    state = Navigated(state, navigation, numbers, owner);
                    end = navigation.IsCollection ? PathEnd.Collection : PathEnd.Entity;
                    break;
                case PathSegment.Property segment when end == PathEnd.Entity && state.Entity.Set.Stream(segment.Definition) is { } stream:
                    (media, end) = (stream.Media, PathEnd.Media);
                    break;
                case PathSegment.Property segment when end is PathEnd.Entity or PathEnd.Complex:
                    complex = state.Entity.Set.Complex(segment.Definition);
                    property = complex is null ? state.Entity.Set.Column(segment.Definition) : null;
                    end = complex is null ? PathEnd.Property : PathEnd.Complex;
                    break;
                case PathSegment.TypeCast { Type: var type } when end is PathEnd.Collection or PathEnd.Entity or PathEnd.Complex:
                    if (state.Entity.Set.DerivedFrom(type) is { } derived && state.Entity.Type != derived)
                    {
                        state = Restricted(state, derived);
                        // An entity of another type is not found; that its owner exists does not change it.
                        owner = end == PathEnd.Entity ? null : owner;
                    }
                    break;
                case PathSegment.Value when end == PathEnd.Property && property!.Edm.Type.Kind() is not null:
                    end = PathEnd.Value;
                    break;
                case PathSegment.Value when end == PathEnd.Entity && state.Entity.Set.Media is { } own:
                    (media, end) = (own, PathEnd.Media);
                    break;
                case PathSegment.Count when end == PathEnd.Property && property!.Items is not null:
                    end = PathEnd.ItemCount;
                    break;
                case PathSegment.Count when end == PathEnd.Collection:
                    end = PathEnd.Count;
                    break;
                case PathSegment.Filter filter when end == PathEnd.Collection:
                    state = state with { Where = Condition.Both(state.Where, new ExpressionPlanner(state.Scope).Where(filter.Predicate)), Fixed = null };
                    break;
                case PathSegment.Reference when end is PathEnd.Collection or PathEnd.Entity:
                    asReferences = true;
                    break;
                case var other:
                    throw ExpressionPlanner.NotSupported(Describe(other));
            }
        }
        return new(state.Scope, state.Where, end, asReferences, property, owner) { Complex = complex, Media = media };
    }

    /// <param name="Fixed">The values that the key predicate gives to columns, as long as nothing else restricts the rows.</param>
    private readonly record struct State(Scope Scope, Condition? Where, IReadOnlyList<(ColumnSchema Column, Term.Constant Value)>? Fixed)
    {
        public Entity Entity => Scope.Root;
    }

    private static State Start(EntitySetModel set, SourceNumbers numbers)
    {
        var scope = new Scope(set, numbers.Next(set), numbers);
        var filter = Navigating.RowFilter(scope.Root, numbers);
        return new(scope, filter, Fixed: filter is null ? [] : null);
    }

    private static State Joined(ModelSnapshot model, PathSegment.CrossJoin join, SourceNumbers numbers)
    {
        var scope = CrossJoin.Of(model, join, numbers);
        Condition? where = null;
        foreach (var entity in scope.Entities)
            where = Condition.Both(where, Navigating.RowFilter(entity, numbers));
        return new(scope, where, Fixed: null);
    }

    private static State Restricted(State state, DerivedModel type)
    {
        var where = Condition.Both(state.Where, Navigating.IsOf(state.Entity, type));
        state.Scope.Restrict(type);
        return new(state.Scope, where, Fixed: null);
    }

    private static State Keyed(State state, PathSegment.Key key)
    {
        var conditions = new List<Condition>(key.Values.Count + 1);
        if (state.Where is not null)
            conditions.Add(state.Where);
        var values = new List<(ColumnSchema, Term.Constant)>(key.Values.Count);
        foreach (var (definition, value) in key.Values)
        {
            var property = state.Entity.Set.PropertiesByName[definition.Name];
            var constant = Constants.Stored(property.Column.Type, property, value, definition.Type.Kind()!.Value);
            conditions.Add(new Condition.Compare(Comparison.Equal, state.Entity.Column(property), constant));
            values.Add((property.Column, constant));
        }
        return new(state.Scope, Condition.AllOf(conditions), state.Fixed is [] ? values : null);
    }

    private static State Navigated(State state, NavigationModel navigation, SourceNumbers numbers, Subquery owner)
    {
        var target = Start(navigation.Target, numbers);
        if (ForeignKeyValues(state, navigation) is { } values)
        {
            var direct = values.Select(value => (Condition)new Condition.Compare(
                Comparison.Equal, Navigating.Column(target.Entity.Source, value.Column), value.Value, IsExact: false)).ToArray();
            return new(target.Scope, Condition.Both(Condition.AllOf(direct), target.Where), Fixed: null);
        }

        Subquery reached;
        if (navigation.Through is { } through)
        {
            var link = numbers.Next(through.Table);
            var joined = Condition.AllOf(
                [Navigating.Joined(state.Entity.Source, through.On, link), Navigating.Joined(link, through.To, target.Entity.Source)]);
            reached = owner with { Joins = [.. owner.Joins, new Join(link, joined, IsOuter: false)] };
        }
        else
        {
            reached = owner with { Where = Condition.Both(owner.Where, Navigating.Joined(state.Entity.Source, navigation.On, target.Entity.Source)) };
        }
        return new(target.Scope, Condition.Both(new Condition.Exists(reached, Negated: false), target.Where), Fixed: null);
    }

    /// <summary>When the key predicate already names every value of the foreign key, the owner's table need not be joined.</summary>
    private static List<(ColumnSchema Column, Term.Constant Value)>? ForeignKeyValues(State state, NavigationModel navigation)
    {
        if (state.Fixed is not { Count: > 0 } known || navigation.Through is not null)
            return null;
        var values = new List<(ColumnSchema, Term.Constant)>(navigation.On.Count);
        foreach (var (source, target) in navigation.On)
        {
            var index = known.Index().FirstOrDefault(item => item.Item.Column == source, (-1, default)).Index;
            if (index < 0 || target.Type.Kind != source.Type.Kind)
                return null;
            values.Add((target, new Term.Constant(target.Type, known[index].Value.Value)));
        }
        return values;
    }

    private static string Describe(PathSegment segment) => segment switch
    {
        PathSegment.TypeCast => "a type cast here",
        PathSegment.Operation => "operations",
        PathSegment.Batch => "$batch",
        PathSegment.Value => "/$value here",
        PathSegment.Count => "/$count here",
        _ => "this path",
    };
}
