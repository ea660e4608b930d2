using BackendApi.Model;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>Plans what a row looks like: <c>$select</c> and <c>$expand</c>, and the columns that they read.</summary>
internal sealed class ShapePlanner(SelectList columns, PlanLimits limits)
{
    public EntityShape Shape(Scope scope, Entity entity, QueryOptions options, int depth)
    {
        var set = entity.Set;
        var select = MembersPlanner.Selected(options);
        var planner = new MembersPlanner(columns, scope, entity, select);
        var members = planner.Own();
        var types = planner.Types();

        // Without them in the options, an entity behind a join has no names of its own.
        var computed = ReferenceEquals(entity.Source, scope.Root.Source) ? scope.Computed : Computing.Names(scope, entity, options.Compute, Computing.Nothing);
        var properties = members.Properties;
        foreach (var (name, term) in computed)
            if (select is null || select.Any(item => item.ComputedName == name))
                properties = properties.Add(new(Computing.Property(set, name, term), columns.Add(term), IsNullable: true));

        var key = new int[set.Key.Count];
        for (var i = 0; i < key.Length; i++)
            key[i] = columns.Add(entity.Column(set.Key[i]));
        int[]? etag = set.ETag is null ? null : [.. entity.ETagColumns().Select(columns.Add)];

        var references = new List<ShapeReference>();
        var collections = new List<ShapeCollection>();
        foreach (var expansion in Expansion.Of(entity, options, depth, limits))
        {
            if (expansion.Navigation.IsCollection)
                collections.Add(Collection(scope.Numbers, entity, key, expansion, depth + 1));
            else
                references.Add(Joined(scope, entity, expansion, depth + 1));
        }
        return new(set, properties, references, collections, key, entity.Source.IsOptional ? key[0] : null, etag, IsPartial: select is not null)
        {
            SelectedNavigations = select is null ? [] : SelectedNavigations(set, select),
            Complex = members.Complex,
            Types = types,
            MediaType = set.Media?.ContentTypeColumn is { } mediaType ? columns.Add(Navigating.Column(entity.Source, mediaType)) : null,
            Streams = set.Streams.Count == 0 ? [] : Streams(entity, select),
            // The context URL has no place for a cast inside an expansion: there each row tells its type.
            Type = depth == 0 ? entity.Type : null,
        };
    }

    private ShapeStream[] Streams(Entity entity, IReadOnlyList<SelectItem>? select) =>
    [
        .. entity.Set.Streams
            .Where(stream => select is null || select.Any(item => item.Path is [var selected] && ReferenceEquals(selected, stream.Edm)))
            .Select(stream => new ShapeStream(stream, stream.Media.ContentTypeColumn is { } mediaType ? columns.Add(Navigating.Column(entity.Source, mediaType)) : null)),
    ];

    /// <summary>The entity's reference and nothing else (<c>/$ref</c>).</summary>
    public EntityShape Reference(Entity entity)
    {
        int[] key = [.. entity.Set.Key.Select(part => columns.Add(entity.Column(part)))];
        return new(entity.Set, [], [], [], key, entity.Source.IsOptional ? key[0] : null, null, IsPartial: true) { Form = ShapeForm.Reference };
    }

    /// <summary>An entity of each set, expanded or as a link.</summary>
    public EntityShape CrossJoined(Scope scope, QueryOptions options)
    {
        var row = Shape(scope, scope.Root, options, depth: 0);
        var links = scope.Root.Set.Navigations.Where(navigation =>
            row.References.All(reference => reference.Navigation != navigation)
            && (!row.IsPartial || row.SelectedNavigations.Contains(navigation)));
        return row with
        {
            Form = ShapeForm.CrossJoin,
            Links = [.. links.Select(navigation => new ShapeReference(navigation, Reference(scope.Reach(scope.Root, navigation)), IsRecursive: false))],
        };
    }

    /// <summary>They show nothing by themselves in JSON but in full metadata, and are named in the context URL.</summary>
    private static NavigationModel[] SelectedNavigations(EntitySetModel set, IReadOnlyList<SelectItem> select) =>
        [.. set.Navigations.Where(navigation => select.Any(item => item.Path is [IEdmNavigationProperty selected] && selected == navigation.Edm))];

    private ShapeReference Joined(Scope scope, Entity entity, Expansion expansion, int depth) =>
        Reference(scope, scope.Reach(entity, expansion.Navigation), expansion, depth);

    /// <summary>An entity that rows were grouped by.</summary>
    /// <param name="item">What <c>$expand</c> says of it; null where there is none.</param>
    public ShapeReference Grouped(Scope scope, Joined joined, ExpandItem? item, int depth)
    {
        var navigation = joined.Navigation!;
        if (item is null)
            return new(navigation, Shape(scope, joined.Entity, new QueryOptions(), depth), IsRecursive: false);
        var source = new Entity(navigation.Source, joined.Entity.Source);
        var expansion = Expansion.Of(source, new QueryOptions { Expand = [item with { Navigation = navigation.Edm }] }, depth - 1, limits).Single();
        return Reference(scope, joined.Entity, expansion, depth);
    }

    private ShapeReference Reference(Scope scope, Entity target, Expansion expansion, int depth)
    {
        var shape = expansion.Form == ExpandForm.References ? Reference(target) : Shape(scope, target with { Type = expansion.Target }, expansion.Options, depth);
        // An entity of another type is as good as none.
        if (expansion.Target is { } type)
            shape = shape with { Presence = columns.Add(new Term.Case(Navigating.IsOf(target, type), target.Column(target.Set.Key[0]))) };
        return new(expansion.Navigation, shape, expansion.IsRecursive) { OnlyFor = expansion.OnlyFor, EndsCycles = expansion.EndsCycles };
    }

    private ShapeCollection Collection(SourceNumbers outer, Entity owner, int[] ownerKey, Expansion expansion, int depth)
    {
        var navigation = expansion.Navigation;
        var numbers = new SourceNumbers(outer.Model);
        var scope = new Scope(navigation.Target, numbers.Next(navigation.Target), numbers, isNested: true);
        var where = Navigating.RowFilter(scope.Root, numbers);
        if (expansion.Target is { } type)
        {
            where = Condition.Both(where, Navigating.IsOf(scope.Root, type));
            scope.Restrict(type);
        }
        var rows = expansion.Form == ExpandForm.Count
            ? RowsPlanner.Counted(scope, where, expansion.Options)
            : RowsPlanner.Collection(
                scope, where, expansion.Options, limits, depth, expansion.Form == ExpandForm.References,
                expansion.Options.Apply is null ? null : OwnedRows.Of(scope, navigation));

        if (navigation.Through is not { } through)
            return new(
                navigation, expansion.Form, rows, OwnerValues(owner, navigation.On.Select(pair => pair.Source)), ownerKey,
                [.. navigation.On.Select(pair => Navigating.Column(scope.Root.Source, pair.Target))], Link: null, expansion.IsRecursive, expansion.Texts) { OnlyFor = expansion.OnlyFor, Target = expansion.Target, EndsCycles = expansion.EndsCycles };

        var link = numbers.Next(through.Table);
        return new(
            navigation, expansion.Form, rows, OwnerValues(owner, through.On.Select(pair => pair.Source)), ownerKey,
            [.. through.On.Select(pair => Navigating.Column(link, pair.Link))],
            new Join(scope.Root.Source, Navigating.Joined(link, through.To, scope.Root.Source), IsOuter: false), expansion.IsRecursive, expansion.Texts) { OnlyFor = expansion.OnlyFor, Target = expansion.Target, EndsCycles = expansion.EndsCycles };
    }

    private ShapeOwnerValue[] OwnerValues(Entity owner, IEnumerable<ColumnSchema> sources) =>
        [.. sources.Select(column => new ShapeOwnerValue(column, columns.Add(Navigating.Column(owner.Source, column))))];
}
