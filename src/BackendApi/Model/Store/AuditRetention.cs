using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Model.Store;

/// <summary>
/// Removes entries of the audit log that are older than <see cref="AuditSettings.RetentionDays"/>, a bounded number in a transaction, so that whoever writes never waits
/// for it. Every node may do it.
/// </summary>
public sealed class AuditRetention(Database database, AuditSettings settings, Models models, TimeProvider clock, Observations observations)
    : Retention("removing old entries of the audit log", clock, observations)
{
    private const int EntriesAtOnce = 1000;

    public override async Task ForgetAsync(CancellationToken cancellation)
    {
        if (!models.IsReady)
            return;
        var limit = Clock.GetUtcNow() - TimeSpan.FromDays(settings.RetentionDays);
        while (await ForgetSomeAsync(limit, cancellation))
        {
        }
    }

    /// <returns>There may be more.</returns>
    private async Task<bool> ForgetSomeAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        var (dialect, id, at) = (database.Dialect, AuditTables.Entries.Column("id")!, AuditTables.Entries.Column("at")!);
        var until = new SqlParameter(at.Type, limit);
        await using var session = await database.OpenAsync(cancellation);
        var oldest = dialect.Compose($"SELECT {id} FROM {AuditTables.Entries} WHERE {at} < {until} ORDER BY {at}");
        var text = new System.Text.StringBuilder(oldest.Text);
        dialect.AppendPage(text, skip: null, take: 1);
        var (last, count) = (0L, 0);
        await using (var row = await session.ReadAsync(new(text.ToString(), [.. oldest.Parameters, new(id.Type, (long)EntriesAtOnce)]), cancellation))
            for (; await row.ReadAsync(cancellation); count++)
                last = Math.Max(last, dialect.Values.Int64(row, 0));
        if (count == 0)
            return false;
        // Numbers rise with time, but for requests that overlap: the time decides.
        await session.ExecuteAsync(dialect.Compose($"DELETE FROM {AuditTables.Entries} WHERE {id} <= {new SqlParameter(id.Type, last)} AND {at} < {until}"), cancellation);
        return count == EntriesAtOnce;
    }
}
