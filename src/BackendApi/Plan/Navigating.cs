using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary>How one set is reached from another: join conditions, correlated subqueries, and the row filter that every access applies.</summary>
internal static class Navigating
{
    /// <summary>The columns of a navigation, source against target.</summary>
    public static Condition Joined(Source source, IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> on, Source target)
    {
        var conditions = new Condition[on.Count];
        for (var i = 0; i < conditions.Length; i++)
            conditions[i] = new Condition.Compare(Comparison.Equal, Column(target, on[i].Target), Column(source, on[i].Source), IsExact: false);
        return Condition.AllOf(conditions);
    }

    public static Term.Column Column(Source source, ColumnSchema column) =>
        new(source, column, column.Type.Kind, column.IsNullable || source.IsOptional);

    /// <summary>The row is of a derived type.</summary>
    public static Condition IsOf(Entity entity, DerivedModel type) => new Condition.Compare(
        Comparison.Equal, Column(entity.Source, type.Column), new Term.Constant(type.Column.Type, type.Value));

    /// <summary>The row is of another type, or there is none.</summary>
    public static Condition IsNotOf(Entity entity, DerivedModel type)
    {
        var column = Column(entity.Source, type.Column);
        var differs = new Condition.Compare(Comparison.NotEqual, column, new Term.Constant(type.Column.Type, type.Value));
        return column.IsNullable ? Condition.AnyOf([differs, new Condition.IsNull(column, Negated: false)]) : differs;
    }

    /// <summary>The rows that <paramref name="navigation"/> leads to from <paramref name="from"/>, with the scope in which more conditions on them are planned.</summary>
    public static (Scope Scope, Func<Condition?, Subquery> Close) Related(Entity from, NavigationModel navigation, SourceNumbers numbers)
    {
        var target = new Entity(navigation.Target, numbers.Next(navigation.Target));
        var scope = new Scope(navigation.Target, target.Source, numbers);
        var filter = Condition.Both(RowFilter(target, numbers), from.IsCast);
        if (navigation.Through is not { } through)
        {
            var where = Condition.Both(Joined(from.Source, navigation.On, target.Source), filter);
            return (scope, more => new(target.Source, scope.Joins, Condition.Both(where, more)));
        }

        var link = numbers.Next(through.Table);
        var toTarget = new Join(target.Source, Joined(link, through.To, target.Source), IsOuter: false);
        var linked = Condition.Both(Joined(from.Source, through.On, link), filter);
        return (scope, more => new(link, [toTarget, .. scope.Joins], Condition.Both(linked, more)));
    }

    /// <summary>
    /// What every access to the rows of a source applies: the definition's own filter, and what the caller may see. A filter that itself navigates is planned as a
    /// subquery over the same row, because its joins could not stand before the place where the filter is needed.
    /// </summary>
    public static Condition? RowFilter(Entity entity, SourceNumbers numbers)
    {
        // A source that masks values has applied them itself, to values that are not masked.
        if (entity.Source.Rows is SourceRows.Query && entity.Set.Rights is not null)
            return null;
        var whole = entity with { Set = entity.Set.Whole };
        var own = entity.Set.RowFilter is { } filter ? Filtered(whole, filter, numbers) : null;
        return entity.Set.Rights is { Readable: { } readable } rights ? Condition.Both(own, AnyOf(whole, rights, readable, numbers)) : own;
    }

    /// <summary>One of the filters of grants holds.</summary>
    /// <param name="entity">Of the whole set: filters may name what the caller may not.</param>
    public static Condition AnyOf(Entity entity, RowRights rights, IReadOnlyList<string> filters, SourceNumbers numbers)
    {
        var conditions = new List<Condition>(filters.Count);
        foreach (var filter in filters)
            if (rights.Parse(filter, numbers.Model.Claims) is { } condition)
                conditions.Add(Filtered(entity, condition, numbers));
        return conditions.Count == 0 ? Condition.Constant.False : Condition.AnyOf(conditions);
    }

    private static Condition Filtered(Entity entity, Expression filter, SourceNumbers numbers)
    {
        var scope = new Scope(entity.Set, entity.Source, numbers);
        var condition = new ExpressionPlanner(scope).Where(filter);
        if (scope.Joins.Count == 0)
            return condition;

        var again = new Scope(entity.Set, numbers.Next(entity.Set.Table.Name), numbers);
        var same = entity.Set.Key.Select(key => (Condition)new Condition.Compare(
            Comparison.Equal, Column(again.Root.Source, key.Column), Column(entity.Source, key.Column), IsExact: false)).ToArray();
        var inner = new ExpressionPlanner(again).Where(filter);
        return new Condition.Exists(new(again.Root.Source, again.Joins, Condition.AllOf([.. same, inner])), Negated: false);
    }
}
