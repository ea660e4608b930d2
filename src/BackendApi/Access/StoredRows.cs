using System.Data.Common;
using System.Runtime.CompilerServices;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Access;

/// <summary>What the stores of this folder do with rows of <see cref="AccessTables"/>.</summary>
internal static class StoredRows
{
    public static async Task InsertAsync(this Session session, Dialect dialect, TableSchema table, string[] columns, object?[] values, CancellationToken cancellation)
    {
        foreach (var statement in dialect.Insert(table, columns, [values]))
            await session.ExecuteAsync(statement, cancellation);
    }

    public static async IAsyncEnumerable<DbDataReader> RowsAsync(
        this Session session, Dialect dialect, TableSchema table, string[] columns, (string Column, object Value)[] where, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = await session.ReadAsync(dialect.Select(table, columns, where), cancellation);
        while (await rows.ReadAsync(cancellation))
            yield return rows;
    }

    public static async Task<bool> AnyAsync(this Session session, Dialect dialect, TableSchema table, (string Column, object Value)[] where, CancellationToken cancellation)
    {
        await using var rows = await session.ReadAsync(dialect.Select(table, [table.PrimaryKey[0]], where), cancellation);
        return await rows.ReadAsync(cancellation);
    }

    /// <summary>
    /// In one transaction, which is the session's own when one is open. Every node learns of what it changed: the stamp changes with it. Taken first,
    /// it also puts changes of who may call in a row, so that rules over several rows hold.
    /// </summary>
    public static async Task<T> ChangeAsync<T>(this Session session, Dialect dialect, Func<Task<T>> change, CancellationToken cancellation)
    {
        var isOurs = session.Transaction is null;
        if (isOurs)
            await session.BeginAsync(cancellation);
        try
        {
            await session.ExecuteAsync(dialect.Update(AccessTables.State, [("stamp", Secrets.Stamp())], [("id", AccessTables.Only)]), cancellation);
            var result = await change();
            if (isOurs)
                await session.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            if (isOurs)
                await session.RollbackAsync();
        }
    }

    public static Task ChangeAsync(this Session session, Dialect dialect, Func<Task> change, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await change();
            return true;
        }, cancellation);

    public static DateTimeOffset? InstantOrNull(this Dialect dialect, DbDataReader row, int ordinal) =>
        row.IsDBNull(ordinal) ? null : dialect.Values.DateTimeOffset(row, ordinal);

    public static string? TextOrNull(this DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    public static string? Trimmed(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
