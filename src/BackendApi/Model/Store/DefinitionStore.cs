using System.Globalization;
using BackendApi.Access;
using BackendApi.Sql;
using BackendApi.Sql.Audit;

namespace BackendApi.Model.Store;

/// <summary>One version as the history lists it.</summary>
public sealed record PublishedVersion(long Number, DateTimeOffset At, string By, string? Comment, IReadOnlyList<string> Aliases);

/// <summary>What a version did to a definition.</summary>
public enum VersionAction { Created, Changed, Activated, Deactivated, RolledBack, Deleted }

/// <summary>Reads and writes the tables of <see cref="StoreTables"/>. Each method does its work in the session that it is given.</summary>
public sealed class DefinitionStore(Dialect dialect, TimeProvider clock)
{
    private const string DataExchangeConfigurations = "DataExchangeConfigurations";

    private static readonly ColumnType VersionType = StoreTables.Versions.Column("number")!.Type;
    private static readonly string[] VersionColumns = ["number", "alias", "document", "published_at", "published_by", "comment", "action"];

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

    /// <summary>The document of a definition as it stood at <paramref name="version"/>, and the version that wrote it; null where there was none.</summary>
    public async Task<(long Number, string? Document)> ReadDocumentAsync(Session session, string alias, long version, CancellationToken cancellation)
    {
        var (named, upTo) = (new SqlParameter(StoreTables.Versions.Column("alias")!.Type, alias), new SqlParameter(VersionType, version));
        var statement = dialect.Compose(
            $"SELECT number, document FROM {StoreTables.Versions} WHERE alias = {named} AND number = (SELECT MAX(number) FROM {StoreTables.Versions} WHERE alias = {named} AND number <= {upTo})");
        await using var rows = await session.ReadAsync(statement, cancellation);
        return !await rows.ReadAsync(cancellation) ? (0, null) : (dialect.Values.Int64(rows, 0), rows.IsDBNull(1) ? null : dialect.Values.String(rows, 1));
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

    /// <summary>Waits until no other transaction publishes, and keeps all others from it until this one ends.</summary>
    /// <returns>The number of the latest version.</returns>
    public async Task<long> LockAsync(Session session, CancellationToken cancellation)
    {
        var (name, value) = (StoreTables.Sequences.Column("name")!, StoreTables.Sequences.Column("value")!);
        await session.ExecuteAsync(
            dialect.Compose($"UPDATE {StoreTables.Sequences} SET {value} = {value} WHERE {name} = {new SqlParameter(name.Type, StoreTables.VersionSequence)}"), cancellation);
        return await ReadVersionAsync(session, cancellation);
    }

    /// <summary>Begins a version; its number is locked.</summary>
    public async Task RaiseAsync(Session session, long number, CancellationToken cancellation) =>
        await session.ExecuteAsync(dialect.Update(StoreTables.Sequences, [("value", number)], [("name", StoreTables.VersionSequence)]), cancellation);

    /// <summary>Makes a change part of a version, in place of what the version did to the same definition before.</summary>
    /// <param name="before">The definition as the version before left it; null when there was none.</param>
    /// <param name="action">What the history calls it; null for what can be told from the documents.</param>
    public async Task WriteAsync(
        Session session, long number, DefinitionChange change, EndpointDefinition? before, VersionAction? action, string by, string? comment, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var after = (change as DefinitionChange.Upsert)?.Definition;
        await session.ExecuteAsync(dialect.Delete(StoreTables.Versions, [("number", number), ("alias", change.Alias)]).Untold, cancellation);
        await session.ExecuteAsync(dialect.Delete(StoreTables.Configurations, [("alias", change.Alias)]).Untold, cancellation);
        foreach (var statement in dialect.Insert(StoreTables.Versions, VersionColumns,
            [[number, change.Alias, after is null ? null : StoredDocument.Write(after), now, by, comment, (action ?? ActionOf(before, after)).ToString()]]))
            await session.ExecuteAsync(statement.Untold, cancellation);
        if (after is not null)
            foreach (var statement in dialect.Insert(StoreTables.Configurations, ConfigurationRow.Columns, [ConfigurationRow.Of(after, number, now, by)]))
                await session.ExecuteAsync(statement.Untold, cancellation);
        await session.AuditAsync(dialect, DataExchangeConfigurations, change.Alias, before is null ? null : StoredDocument.Write(before), after is null ? null : StoredDocument.Write(after), cancellation);
    }

    /// <summary>Of a publish that is no request's.</summary>
    internal Origin OriginOf(Caller by) => new(by, Address: null, RequestId: "", clock.GetUtcNow(), IsDataAudited: true);

    /// <summary>The texts of a definition that no column would hold. Whatever they name, it is not there.</summary>
    public static IEnumerable<DefinitionMistake> Unstorable(EndpointDefinition definition)
    {
        foreach (var (path, text, column) in new[]
        {
            ("alias", definition.Alias, "alias"), ("entitySet", definition.EntitySet, "entity_set"), ("table", definition.Table, "source_table"), ("concurrency", definition.Concurrency, "concurrency"),
        })
            if (StoreTables.Configurations.Column(column)!.Type.MaxLength is { } most && text?.Length > most)
                yield return new(definition.Alias, path, string.Create(CultureInfo.InvariantCulture, $"The text is longer than {most} characters."));
    }

    private static VersionAction ActionOf(EndpointDefinition? before, EndpointDefinition? after) => (before, after) switch
    {
        (_, null) => VersionAction.Deleted,
        (null, _) => VersionAction.Created,
        _ when before.IsActive != after.IsActive && StoredDocument.Same(before with { IsActive = after.IsActive }, after) => after.IsActive ? VersionAction.Activated : VersionAction.Deactivated,
        _ => VersionAction.Changed,
    };

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
