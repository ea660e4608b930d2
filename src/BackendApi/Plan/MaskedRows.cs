using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>
/// The rows of a set of which a caller may see some values in some rows only: a nested statement that has nothing else, so that whatever a request selects, filters
/// or sorts by, it meets null in the place of every other value.
/// </summary>
internal static class MaskedRows
{
    public static SourceRows Of(EntitySetModel set, SourceNumbers numbers)
    {
        var rights = set.Rights!;
        var entity = new Entity(rights.Whole, numbers.Next(set.Table.Name));
        var terms = new List<Term>();
        var columns = new List<ColumnSchema>();
        foreach (var column in set.Table.Columns.Concat(set.ETag?.Columns ?? []))
        {
            if (columns.Exists(known => known.Name == column.Name))
                continue;
            var value = Navigating.Column(entity.Source, column);
            terms.Add(rights.Masked.TryGetValue(column, out var filters) ? new Term.Masked(Navigating.AnyOf(entity, rights, filters, numbers), value) : value);
            columns.Add(column);
        }
        return new SourceRows.Query([new() { Columns = terms, From = entity.Source, Where = Navigating.RowFilter(entity with { Set = set }, numbers) }], columns);
    }
}
