using BackendApi.Sql;

namespace BackendApi.Model.Store;

/// <summary>One version as the history lists it.</summary>
public sealed record PublishedVersion(long Number, DateTimeOffset At, string By, string? Comment, IReadOnlyList<string> Aliases);

/// <summary>Reads and writes the tables of <see cref="StoreTables"/>. Each method does its work in the session that it is given.</summary>
public sealed class DefinitionStore(Dialect dialect, TimeProvider clock)
{
    private static readonly ColumnType VersionType = StoreTables.Versions.Column("number")!.Type;
    private static readonly string[] VersionColumns = ["number", "alias", "document", "published_at", "published_by", "comment"];

    /// <summary>The number of the latest version; 0 before the first.</summary>
    public async Task<long> ReadVersionAsync(Session session, CancellationToken cancellation)
    {
        var statement = dialect.Select(StoreTables.Sequences, ["value"], [("name", StoreTables.VersionSequence)]);
        await using var rows = await session.ReadAsync(statement, cancellation);
        return await rows.ReadAsync(cancellation)
            ? dialect.Values.Int64(rows, 0)
            : throw new InvalidOperationException("backend_sequence has lost its row 'configuration'.");
    }

    /// <summary>The definitions at the latest version.</summary>
    public async Task<DefinitionState> ReadAsync(Session session, CancellationToken cancellation) =>
        await ReadAsync(session, await ReadVersionAsync(session, cancellation), cancellation);

    /// <summary>The definitions as they stood at <paramref name="version"/>.</summary>
    public async Task<DefinitionState> ReadAsync(Session session, long version, CancellationToken cancellation)
    {
        var upTo = new SqlParameter(VersionType, version);
        var statement = dialect.Compose($"""
            SELECT v.alias, v.document FROM {StoreTables.Versions} v
            JOIN (SELECT alias, MAX(number) AS number FROM {StoreTables.Versions} WHERE number <= {upTo} GROUP BY alias) latest
              ON latest.alias = v.alias AND latest.number = v.number
            WHERE v.document IS NOT NULL
            """);
        var documents = new List<DefinitionChange>();
        await using var rows = await session.ReadAsync(statement, cancellation);
        while (await rows.ReadAsync(cancellation))
            documents.Add(StoredDocument.Read(dialect.Values.String(rows, 0), dialect.Values.String(rows, 1)));
        return DefinitionState.Empty.Apply(version, documents);
    }

    /// <summary>What the versions after <paramref name="known"/> changed, oldest first, and the number of the last of them.</summary>
    public async Task<(long Version, IReadOnlyList<DefinitionChange> Changes)> ReadChangesAsync(
        Session session, long known, CancellationToken cancellation)
    {
        var after = new SqlParameter(VersionType, known);
        var statement = dialect.Compose(
            $"SELECT number, alias, document FROM {StoreTables.Versions} WHERE number > {after} ORDER BY number");
        var changes = new List<DefinitionChange>();
        var version = known;
        await using var rows = await session.ReadAsync(statement, cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            version = dialect.Values.Int64(rows, 0);
            var alias = dialect.Values.String(rows, 1);
            changes.Add(rows.IsDBNull(2) ? new DefinitionChange.Delete(alias) : StoredDocument.Read(alias, dialect.Values.String(rows, 2)));
        }
        return (version, changes);
    }

    /// <summary>
    /// Stores <paramref name="changes"/> as the version after <paramref name="version"/>, in one transaction. False, and nothing stored, when
    /// another node has published in the meantime.
    /// </summary>
    public async Task<bool> TryAppendAsync(
        Session session, long version, IReadOnlyList<DefinitionChange> changes, string by, string? comment, CancellationToken cancellation)
    {
        var number = version + 1;
        var now = clock.GetUtcNow();
        await session.BeginAsync(cancellation);
        try
        {
            // Raising the number locks its row until the commit: of two nodes at this place one waits, then finds the number taken.
            var raised = await session.ExecuteAsync(
                dialect.Update(StoreTables.Sequences, [("value", number)], [("name", StoreTables.VersionSequence), ("value", version)]), cancellation);
            if (raised == 0)
                return false;

            var history = changes.Select(change => (IReadOnlyList<object?>)
                [number, change.Alias, change is DefinitionChange.Upsert upsert ? StoredDocument.Write(upsert.Definition) : null, now, by, comment]);
            foreach (var statement in dialect.Insert(StoreTables.Versions, VersionColumns, history))
                await session.ExecuteAsync(statement, cancellation);

            foreach (var change in changes)
                await session.ExecuteAsync(dialect.Delete(StoreTables.Configurations, [("alias", change.Alias)]), cancellation);
            var current = changes.OfType<DefinitionChange.Upsert>().Select(upsert => ConfigurationRow.Of(upsert.Definition, number, now, by));
            foreach (var statement in dialect.Insert(StoreTables.Configurations, ConfigurationRow.Columns, current))
                await session.ExecuteAsync(statement, cancellation);

            await session.CommitAsync(cancellation);
            return true;
        }
        finally
        {
            await session.RollbackAsync();
        }
    }

    /// <summary>The history, latest first.</summary>
    public async Task<IReadOnlyList<PublishedVersion>> ReadHistoryAsync(Session session, CancellationToken cancellation)
    {
        var statement = dialect.Compose(
            $"SELECT number, alias, published_at, published_by, comment FROM {StoreTables.Versions} ORDER BY number DESC, alias");
        var versions = new List<PublishedVersion>();
        var aliases = new List<string>();
        await using var rows = await session.ReadAsync(statement, cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var number = dialect.Values.Int64(rows, 0);
            if (versions.Count == 0 || versions[^1].Number != number)
            {
                aliases = [];
                versions.Add(new(
                    number, dialect.Values.DateTimeOffset(rows, 2), dialect.Values.String(rows, 3),
                    rows.IsDBNull(4) ? null : dialect.Values.String(rows, 4), aliases));
            }
            aliases.Add(dialect.Values.String(rows, 1));
        }
        return versions;
    }
}
