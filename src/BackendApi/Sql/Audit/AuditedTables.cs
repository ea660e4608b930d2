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
    private readonly FrozenDictionary<TableName, EntitySetModel> _sets = sets.GroupBy(set => set.Table.Name)
        .ToFrozenDictionary(alike => alike.Key, alike => alike.OrderBy(set => set.Facade is null).ThenBy(set => set.Name, StringComparer.Ordinal).First());

    /// <summary>Of the two directions the one that can be written.</summary>
    private readonly FrozenDictionary<TableName, NavigationModel> _links = sets.SelectMany(set => set.NavigationPaths).Select(path => path.Navigation).Where(navigation => navigation.Through is not null)
        .GroupBy(navigation => navigation.Through!.Table).ToFrozenDictionary(alike => alike.Key, alike => alike.OrderBy(navigation => !navigation.IsEditable).First());

    private readonly FrozenDictionary<TableName, ToldTable> _others = others.ToFrozenDictionary(table => table.Table);

    /// <summary>How the rows of a table are told; null where they are not.</summary>
    public AuditedRows? Find(TableName table, Origin origin) =>
        _sets.TryGetValue(table, out var set) ? origin.Tells(set) ? new AuditedRows.OfSet(set) : null
        : _links.TryGetValue(table, out var navigation) && origin.Tells(navigation.Source) ? AuditedRows.OfLinks(navigation)
        : _others.TryGetValue(table, out var other) ? new AuditedRows.OfTable(other.Name, other.Columns, AuditTrail.Create, AuditTrail.Delete)
        : null;
}
