using System.Collections.Frozen;
using BackendApi.Access;
using BackendApi.Model;

namespace BackendApi.Sql.Audit;

/// <summary>A table that is no set's.</summary>
/// <param name="Name">What the audit log calls it.</param>
/// <param name="Columns">Those that it shows.</param>
internal sealed record ToldTable(TableName Table, string Name, IReadOnlyList<ColumnSchema> Columns);

/// <summary>The tables that the audit log has names for: those of entity sets, the link tables between them, and what modules add.</summary>
internal sealed class AuditedTables(IReadOnlyCollection<EntitySetModel> sets, IEnumerable<ToldTable> others)
{
    /// <summary>Of several sets over one table the one of a module: it knows which columns are nobody's business.</summary>
    private readonly FrozenDictionary<TableName, (EntitySetModel Set, AuditedRows.OfSet Rows)> _sets = sets.GroupBy(set => set.Table.Name)
        .Select(alike => alike.OrderBy(set => set.Facade is null).ThenBy(set => set.Name, StringComparer.Ordinal).First())
        .ToFrozenDictionary(set => set.Table.Name, set => (set, new AuditedRows.OfSet(set)));

    /// <summary>Of the two directions the one that can be written.</summary>
    private readonly FrozenDictionary<TableName, (EntitySetModel Source, AuditedRows Rows)> _links = sets.SelectMany(set => set.NavigationPaths).Select(path => path.Navigation)
        .Where(navigation => navigation.Through is not null).GroupBy(navigation => navigation.Through!.Table)
        .Select(alike => alike.OrderBy(navigation => !navigation.IsEditable).First())
        .ToFrozenDictionary(navigation => navigation.Through!.Table, navigation => (navigation.Source, AuditedRows.OfLinks(navigation)));

    private readonly FrozenDictionary<TableName, AuditedRows> _others = others.ToFrozenDictionary(table => table.Table, AuditedRows.OfOther);

    /// <summary>How the rows of a table are told; null where they are not.</summary>
    public AuditedRows? Find(TableName table, Origin origin) =>
        _sets.TryGetValue(table, out var set) ? origin.Tells(set.Set) ? set.Rows : null
        : _links.TryGetValue(table, out var link) && origin.Tells(link.Source) ? link.Rows
        : _others.GetValueOrDefault(table);
}
