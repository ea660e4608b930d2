using System.Collections.Immutable;
using BackendApi.Sql;

namespace BackendApi.Model.Store;

/// <summary>
/// What the catalogue said of the tables that definitions name. Immutable: reading yields another one, so a publish that fails leaves the
/// one before it in place.
/// </summary>
internal sealed record TableCache(ImmutableDictionary<TableName, TableSchema> Tables)
{
    public static readonly TableCache Empty = new(ImmutableDictionary<TableName, TableSchema>.Empty);

    /// <summary>Reads the tables that <paramref name="definitions"/> name again; the others stay as they were.</summary>
    public async Task<TableCache> ReadAsync(
        Session session, ICatalog catalog, IEnumerable<EndpointDefinition> definitions, CancellationToken cancellation)
    {
        var names = definitions.SelectMany(Named).ToHashSet();
        if (names.Count == 0)
            return this;
        var found = await catalog.ReadAsync(session.Connection, names, cancellation);
        return new(Tables.RemoveRange(names).SetItems(found.Select(table => KeyValuePair.Create(table.Name, table))));
    }

    /// <summary>The same on a session of its own.</summary>
    public async Task<TableCache> ReadAsync(Database database, IEnumerable<EndpointDefinition> definitions, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await ReadAsync(session, database.Dialect.Catalog, definitions, cancellation);
    }

    /// <summary>Reads the whole catalogue.</summary>
    public static async Task<TableCache> ReadAllAsync(Session session, ICatalog catalog, CancellationToken cancellation) =>
        new((await catalog.ReadAsync(session.Connection, only: null, cancellation)).ToImmutableDictionary(table => table.Name));

    private static IEnumerable<TableName> Named(EndpointDefinition definition) =>
        (definition.Relations ?? [])
            .Concat((definition.Derived ?? []).SelectMany(derived => derived.Relations ?? []))
            .Select(relation => relation.Through?.Table)
            .Append(definition.Table)
            .Where(name => !string.IsNullOrEmpty(name))
            .Select(name => TableName.Parse(name!));
}
