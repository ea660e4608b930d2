using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Plan.Writing;

/// <summary>What a write reads before and after it changes rows.</summary>
internal static class WriteSelects
{
    /// <summary>
    /// Those of many rows that are there and that the definition shows, found by the values of <paramref name="key"/>: the place in the lists, then
    /// <paramref name="wanted"/>.
    /// </summary>
    /// <param name="values">A list for each column of the key.</param>
    public static Select Find(
        ModelSnapshot model, EntitySetModel set, DerivedModel? type, IReadOnlyList<ColumnSchema> key, IReadOnlyList<IReadOnlyList<object>> values,
        IReadOnlyList<ColumnSchema> wanted, bool isLocked)
    {
        var numbers = new SourceNumbers(model.EntitySets);
        var scope = new Scope(set, numbers.Next(set.Table.Name), numbers);
        var source = scope.Root.Source;
        var where = Navigating.RowFilter(scope.Root, numbers);
        if (type is not null)
            where = Condition.Both(where, Navigating.IsOf(scope.Root, type));
        return new()
        {
            Columns = [.. wanted.Select(column => Navigating.Column(source, column))],
            From = source,
            Joins = scope.Joins,
            Where = where,
            OrderBy = [new(Navigating.Column(source, key[0]), IsDescending: false, Ordinal: 0)],
            Owners = new([.. key.Select(column => Navigating.Column(source, column))], values, Link: null),
            IsLocked = isLocked,
        };
    }

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
}
