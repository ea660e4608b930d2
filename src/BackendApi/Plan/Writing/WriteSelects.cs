using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Sql;

namespace BackendApi.Plan.Writing;

/// <summary>What a write reads before and after it changes rows.</summary>
internal static class WriteSelects
{
    /// <summary>
    /// Those of many rows that are there and that the definition shows, found by the values of <paramref name="key"/>: the place in the lists, then
    /// <paramref name="wanted"/>, then, <paramref name="withTag"/>, what the tag is made of.
    /// </summary>
    /// <param name="values">A list for each column of the key.</param>
    public static Select Find(
        ModelSnapshot model, EntitySetModel set, DerivedModel? type, IReadOnlyList<ColumnSchema> key, IReadOnlyList<IReadOnlyList<object>> values,
        IReadOnlyList<ColumnSchema> wanted, bool isLocked, bool withTag = false)
    {
        var numbers = new SourceNumbers(model);
        var scope = new Scope(set, numbers.Next(set.Table.Name), numbers);
        var source = scope.Root.Source;
        var where = Navigating.RowFilter(scope.Root, numbers);
        if (type is not null)
            where = Condition.Both(where, Navigating.IsOf(scope.Root, type));
        return new()
        {
            Columns = [.. wanted.Select(column => Navigating.Column(source, column)), .. withTag ? scope.Root.ETagColumns() : []],
            From = source,
            Joins = scope.Joins,
            Where = where,
            OrderBy = [new(Navigating.Column(source, key[0]), IsDescending: false, Ordinal: 0)],
            Owners = new([.. key.Select(column => Navigating.Column(source, column))], values, Link: null),
            IsLocked = isLocked,
        };
    }

    /// <summary>Those of many rows that break a rule of their set: the place in the lists, then for each rule true where it is broken, and null where it holds.</summary>
    /// <param name="keys">A list for each part of the key.</param>
    public static Select Broken(ModelSnapshot model, EntitySetModel set, IReadOnlyList<IReadOnlyList<object>> keys)
    {
        var scope = Over(model, set.Whole);
        var broken = set.Rules.Select(rule => new ExpressionPlanner(scope).WhereNot(rule.Condition)).ToArray();
        return new()
        {
            Columns = [.. broken.Select(condition => new Term.Test(condition, Condition.Constant.False))],
            From = scope.Root.Source,
            Joins = scope.Joins,
            Where = Condition.AnyOf(broken),
            Owners = Found(scope, keys),
        };
    }

    /// <summary>Those of many rows that a caller may write: the place in the lists.</summary>
    /// <param name="required"><see cref="RowRights.Required"/>.</param>
    /// <param name="keys">A list for each part of the key.</param>
    public static Select Allowed(ModelSnapshot model, EntitySetModel set, IReadOnlyList<IReadOnlyList<string>> required, IReadOnlyList<IReadOnlyList<object>> keys)
    {
        var scope = Over(model, set.Whole);
        return new()
        {
            Columns = [],
            From = scope.Root.Source,
            Where = Condition.AllOf([.. required.Select(filters => Navigating.AnyOf(scope.Root, set.Rights!, filters, scope.Numbers))]),
            Owners = Found(scope, keys),
        };
    }

    /// <summary>A computed property of many rows; with <paramref name="type"/> of those that are of it.</summary>
    /// <param name="keys">A list for each part of the key.</param>
    public static Computation Computed(ModelSnapshot model, EntitySetModel set, DerivedModel? type, PropertyModel property, IReadOnlyList<IReadOnlyList<object>> keys)
    {
        var scope = Over(model, set.Whole);
        if (type is not null)
            scope.Restrict(type);
        var value = new ExpressionPlanner(scope).Value(property.Transform.Compute!);
        // Not every database makes an integer of a fraction by itself, and none says how.
        if (value.Kind != property.Column.Type.Kind && FieldTypes.IsNumber(value.Kind) && FieldTypes.IsNumber(property.Column.Type.Kind))
            value = new Term.Converted(value, property.Column.Type.Kind);
        return new(set.Table.Name, property.Column, new()
        {
            Columns = [value],
            From = scope.Root.Source,
            Joins = scope.Joins,
            Where = type is null ? null : Navigating.IsOf(scope.Root, type),
            Owners = Found(scope, keys),
        });
    }

    /// <summary>The rows of the table, whoever asks.</summary>
    private static Scope Over(ModelSnapshot model, EntitySetModel set)
    {
        var numbers = new SourceNumbers(model);
        return new(set, numbers.Next(set.Table.Name), numbers);
    }

    private static OwnerKeys Found(Scope scope, IReadOnlyList<IReadOnlyList<object>> keys) =>
        new([.. scope.Root.Set.Key.Select(property => Navigating.Column(scope.Root.Source, property.Column))], keys, Link: null);

    /// <summary>Rows of a link table that are there already.</summary>
    public static Select Linked(TableName table, IReadOnlyList<ColumnSchema> columns, IReadOnlyList<IReadOnlyList<object>> values)
    {
        var source = new Source(table, 0);
        var terms = columns.Select(column => Navigating.Column(source, column)).ToArray();
        return new()
        {
            Columns = [terms[0]],
            From = source,
            OrderBy = [new(terms[0], IsDescending: false, Ordinal: 0)],
            Owners = new(terms, values, Link: null),
        };
    }

    /// <summary>The keys of the entities that a path leads to, those that <c>$filter</c> and <c>$search</c> leave.</summary>
    public static Select Keys(ModelSnapshot model, ResourcePath path, QueryOptions options, bool isLocked)
    {
        var planned = PathPlanner.Plan(model, path);
        var scope = planned.Scope;
        var where = planned.Where;
        if (options.Search is not null)
            where = Condition.Both(where, SearchPlanner.Where(scope.Root, options.Search));
        if (options.Filter is not null)
            where = Condition.Both(where, new ExpressionPlanner(scope).Where(options.Filter));
        var key = scope.Root.Set.Key.Select(property => Navigating.Column(scope.Root.Source, property.Column)).ToArray();
        return new()
        {
            Columns = key,
            From = scope.Root.Source,
            Joins = scope.Joins,
            Where = where,
            // Writers that lock in the same order do not wait for each other in a circle.
            OrderBy = [.. key.Select((term, i) => new OrderTerm(term, IsDescending: false, i))],
            IsLocked = isLocked,
        };
    }

    /// <summary>What is shown of an entity of the set, whichever it is.</summary>
    public static RowsPlan Shown(ModelSnapshot model, EntitySetModel set, QueryOptions options, PlanLimits limits)
    {
        var numbers = new SourceNumbers(model);
        return RowsPlanner.Single(new(set, numbers.Next(set), numbers), where: null, options, limits, asReference: false);
    }

    /// <summary>The same of many rows: the place in the lists, then the columns of <paramref name="shown"/>.</summary>
    /// <param name="keys">A list for each part of the key.</param>
    public static Select Shown(RowsPlan shown, IReadOnlyList<IReadOnlyList<object>> keys)
    {
        Term.Column[] key = [.. shown.Set.Key.Select(property => Navigating.Column(shown.From, property.Column))];
        return new()
        {
            Columns = shown.Columns,
            From = shown.From,
            Joins = shown.Joins,
            OrderBy = [new(key[0], IsDescending: false, Ordinal: 0)],
            Owners = new(key, keys, Link: null),
        };
    }

    /// <summary>What the tag of the entity at a path is made of; null for an entity without one.</summary>
    public static (Select Statement, ETagModel Tag)? Tag(ModelSnapshot model, ResourcePath path)
    {
        var planned = PathPlanner.Plan(model, path);
        return planned.Scope.Root.Set.ETag is { } tag
            ? (new() { Columns = [.. planned.Scope.Root.ETagColumns()], From = planned.Scope.Root.Source, Joins = planned.Scope.Joins, Where = planned.Where }, tag)
            : null;
    }
}
