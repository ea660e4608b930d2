using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>Numbers the sources of one plan.</summary>
/// <param name="model">As the caller sees it.</param>
internal sealed class SourceNumbers(ModelSnapshot model)
{
    private int _next;

    public ModelSnapshot Model => model;

    /// <summary>Every entity set of the model, for paths that begin at <c>$root</c>.</summary>
    public IReadOnlyDictionary<string, EntitySetModel> Sets => model.EntitySets;

    /// <summary>The rows of a set, as far as the caller may see what is in them.</summary>
    public Source Next(EntitySetModel set, bool isOptional = false) =>
        set.Rights is { Masked.Count: > 0 } ? Next(MaskedRows.Of(set, this), isOptional) : Next(set.Table.Name, isOptional);

    public Source Next(TableName table, bool isOptional = false) => Sql.SuppliedRows.Are(table)
        ? new(new SourceRows.Supplied(Sets.Values.First(set => set.Table.Name == table)), _next++, isOptional)
        : new(table, _next++, isOptional);

    public Source Next(SourceRows rows, bool isOptional = false) => new(rows, _next++, isOptional);
}

/// <summary>
/// One FROM clause while it is being planned: a root and the outer joins of the single-valued navigations that were used, each once.
/// </summary>
/// <param name="isNested">The rows of an expanded collection, read by a statement that does not know the request's own row, <c>$it</c>.</param>
internal sealed class Scope(EntitySetModel set, Source root, SourceNumbers numbers, bool isNested = false)
{
    // SQLite joins 64 tables; a link table and the tables of a path take some of them.
    private const int MaxJoins = 50;

    private readonly List<(Source From, DerivedModel? Cast, NavigationModel Navigation, Source To)> _reached = [];
    private readonly List<Join> _joins = [];

    public Entity Root { get; private set; } = new(set, root);
    public bool IsCrossJoin { get; private set; }
    /// <summary>The entities whose keys identify a row: the root; in a cross join one of each set.</summary>
    public IReadOnlyList<Entity> Entities { get; private set; } = [new(set, root)];
    public SourceNumbers Numbers { get; } = numbers;
    public bool IsNested { get; } = isNested;
    public IReadOnlyList<Join> Joins => _joins;

    /// <summary>What the names of <c>$compute</c> stand for, for expressions over the root.</summary>
    public IReadOnlyDictionary<string, Term> Computed { get; set; } = Computing.Nothing;

    /// <summary>What the rows consist of when they are no entities any more; the root then is nothing but their source.</summary>
    public IReadOnlyList<Member>? Members { get; init; }

    /// <summary>Entities beside the root, by the names that <c>join</c> gave them, and those that rows were grouped by, by their paths.</summary>
    public IReadOnlyList<Joined> Joined { get; private set; } = [];

    /// <summary>What <c>join</c> put beside an entity when it is none itself.</summary>
    public IReadOnlyList<Member> Added { get; init; } = [];

    /// <summary>The rows are entities of the set and nothing else.</summary>
    public bool AreEntities => Members is null && Joined.Count == 0 && Added.Count == 0;

    /// <summary>The same sources, to go on with in another way.</summary>
    public Scope Copy() => Copy(Members, Added);

    public Scope Copy(IReadOnlyList<Member>? members, IReadOnlyList<Member> added)
    {
        var copy = new Scope(Root.Set, Root.Source, Numbers) { Members = members, Added = added, Computed = Computed, Joined = Joined, Root = Root };
        copy._reached.AddRange(_reached);
        copy._joins.AddRange(_joins);
        return copy;
    }

    /// <summary>The same rows out of another source.</summary>
    public Scope Over(Source source, IReadOnlyList<Member>? members, IReadOnlyDictionary<string, Term> computed, IReadOnlyList<Member>? added = null)
    {
        var scope = new Scope(Root.Set, source, Numbers) { Members = members, Computed = computed, Added = added ?? [] };
        if (Root.Type is { } type)
            scope.Restrict(type);
        return scope;
    }

    /// <summary>The entities that a navigation leads to, joined once more: a row for each of them, and none where there is none.</summary>
    /// <param name="isOuter">One where there is none too; not over a link table.</param>
    public Entity Follow(Entity from, NavigationModel navigation, bool isOuter = false)
    {
        var target = new Entity(navigation.Target, Numbers.Next(navigation.Target, isOuter));
        var filter = Navigating.RowFilter(target, Numbers);
        var before = from.Source;
        var on = navigation.On;
        if (navigation.Through is { } through)
        {
            var link = Numbers.Next(through.Table);
            _joins.Add(new(link, Navigating.Joined(from.Source, through.On, link), IsOuter: false));
            (before, on) = (link, through.To);
        }
        _joins.Add(new(target.Source, Condition.Both(Navigating.Joined(before, on, target.Source), filter)!, isOuter));
        return target;
    }

    /// <summary>Joins that are planned already.</summary>
    public void Append(IEnumerable<Join> joins) => _joins.AddRange(joins);

    /// <summary>The rows of a nested statement beside those that are there.</summary>
    public void Follow(Source rows, Condition on) => _joins.Add(new(rows, on, rows.IsOptional));

    public void Join(Joined entity) =>
        Joined = [.. Joined.Select(known => known with { IsUnique = false }), entity with { IsUnique = entity.IsUnique && Joined.Count == 0 }];

    /// <summary>An entity whose key is in the row, joined once more.</summary>
    public void Rejoin(Joined entity, IReadOnlyList<Term.Column> key)
    {
        var set = entity.Entity.Set;
        var again = new Entity(set, Numbers.Next(set, entity.Entity.Source.IsOptional || key[0].Source.IsOptional), entity.Entity.Type);
        // What has been grouped has the collation of its characters.
        var on = set.Key.Select((part, i) => (Condition)new Condition.Compare(Comparison.Equal, again.Column(part), key[i], IsExact: key[i].Definition.Type.IsOperand));
        _joins.Add(new(again.Source, Condition.AllOf([.. on]), again.Source.IsOptional));
        Joined = [.. Joined.Where(known => known.Alias != entity.Alias), entity with { Entity = again }];
    }

    public void Compute(IReadOnlyList<ComputeItem> items) => Computed = Computing.Names(this, Root, items, Computed);

    /// <summary>Puts every entity of the sets beside every one of the others; the root's navigation properties lead to them.</summary>
    public void CrossJoin(IReadOnlyList<(NavigationModel Navigation, Entity Entity)> entities)
    {
        IsCrossJoin = true;
        Entities = [.. entities.Select(item => item.Entity)];
        _reached.AddRange(entities.Select(item => (Root.Source, (DerivedModel?)null, item.Navigation, item.Entity.Source)));
        _joins.AddRange(Entities.Skip(1).Select(entity => new Join(entity.Source, Condition.Constant.True, IsOuter: false)));
    }

    /// <summary>Every row of the root is of this type from now on.</summary>
    public void Restrict(DerivedModel type) => Root = Root with { Type = type };

    /// <summary>The entity that a single-valued navigation leads to, joined on first use.</summary>
    public Entity Reach(Entity from, NavigationModel navigation)
    {
        var isCast = from.IsCast;
        var cast = isCast is null ? null : from.Cast;
        foreach (var (source, type, known, to) in _reached)
            if (ReferenceEquals(source, from.Source) && ReferenceEquals(type, cast) && ReferenceEquals(known, navigation))
                return new(navigation.Target, to);

        if (_joins.Count == MaxJoins)
            throw new ServiceException(Errors.LimitExceeded, $"The request leads through more than {MaxJoins} single-valued navigation properties.");
        // Always an outer join: not every database enforces every foreign key, and a dangling one must not lose the row.
        var target = Numbers.Next(navigation.Target, isOptional: true);
        var entity = new Entity(navigation.Target, target);
        var on = Condition.Both(Condition.Both(Navigating.Joined(from.Source, navigation.On, target), isCast), Navigating.RowFilter(entity, Numbers))!;
        _joins.Add(new(target, on, IsOuter: true));
        _reached.Add((from.Source, cast, navigation, target));
        return entity;
    }
}

/// <summary>A set as it stands in a FROM clause.</summary>
/// <param name="Type">The derived type that every row of the source has; null when they may have any.</param>
/// <param name="Cast">The derived type that a path has cast the entity to; one of another type is not there, nor is what leads on from it.</param>
internal readonly record struct Entity(EntitySetModel Set, Source Source, DerivedModel? Type = null, DerivedModel? Cast = null)
{
    /// <summary>Whether the row is of the type that the path has cast it to; null when it is for sure.</summary>
    public Condition? IsCast => Cast is { } cast && cast != Type ? Navigating.IsOf(this, cast) : null;

    public Term.Column Column(PropertyModel property) =>
        new(Source, property.Column, property.Kind, property.IsNullable || property.Column.IsNullable || Source.IsOptional, property);

    /// <summary>What must be read for <see cref="Sql.EntityTag"/>; nothing for a set without ETags.</summary>
    public IEnumerable<Term.Column> ETagColumns()
    {
        if (Set.ETag is { } etag)
            foreach (var column in etag.Columns)
                yield return Navigating.Column(Source, column);
    }
}

/// <param name="Alias">A name, or a path.</param>
/// <param name="IsUnique">No entity stands in two rows.</param>
internal sealed record Joined(string Alias, Entity Entity, bool IsUnique)
{
    /// <summary>The navigation that rows were grouped by; null for what <c>join</c> has joined.</summary>
    public NavigationModel? Navigation { get; init; }

    public IReadOnlyList<Term.Column> Key => [.. Entity.Set.Key.Select(part => Entity.Column(part))];
}
