using System.Runtime.CompilerServices;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Statistics;

/// <summary>
/// Adds up the minutes of an hour, and the hours of a day, when nobody needs them one by one any more, and removes days that are too old (<see cref="StatisticsSettings"/>). Every node may do it,
/// one at a time; each hour or day is a transaction, so that every request is in one row at all times.
/// </summary>
public sealed class StatisticsRetention(Database database, StatisticsSettings settings, Models models, TimeProvider clock, Observations observations)
    : Retention("adding up old statistics", clock, observations)
{
    private const string KeyColumns = "entity_set, caller, caller_kind, operation";

    private static readonly (ColumnSchema Period, ColumnSchema Start) Of = (StatisticsTables.Rows.Column("period")!, StatisticsTables.Rows.Column("period_start")!);

    public override async Task ForgetAsync(CancellationToken cancellation)
    {
        if (!models.IsReady)
            return;
        var now = Clock.GetUtcNow();
        await FoldAsync(StatisticsPeriod.Minute, StatisticsPeriod.Hour, now - TimeSpan.FromDays(settings.MinuteDays), cancellation);
        await FoldAsync(StatisticsPeriod.Hour, StatisticsPeriod.Day, now - TimeSpan.FromDays(settings.HourDays), cancellation);
        await using var session = await database.OpenAsync(cancellation);
        SqlParameter limit = new(Of.Start.Type, now - TimeSpan.FromDays(settings.RetentionDays));
        await session.ExecuteAsync(database.Dialect.Compose($"DELETE FROM {StatisticsTables.Rows} WHERE {Of.Start} < {limit}"), cancellation);
    }

    private async Task FoldAsync(StatisticsPeriod from, StatisticsPeriod to, DateTimeOffset limit, CancellationToken cancellation)
    {
        while (await FoldOnceAsync(from, to, to.StartOf(limit), cancellation))
        {
        }
    }

    /// <returns>There may be more.</returns>
    private async Task<bool> FoldOnceAsync(StatisticsPeriod from, StatisticsPeriod to, DateTimeOffset limit, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await session.BeginAsync(cancellation);
        await LockAsync(session, cancellation);
        if (await OldestAsync(session, from, limit, cancellation) is not { } oldest)
            return false;
        var start = to.StartOf(oldest);
        SqlParameter period = new(Of.Period.Type, from.ToString()), first = new(Of.Start.Type, start), end = new(Of.Start.Type, start + to.LengthOf());
        FormattableString where = $"WHERE {Of.Period} = {period} AND {Of.Start} >= {first} AND {Of.Start} < {end}";
        var sums = await SumsAsync(session, to, start, where, cancellation);
        await session.ExecuteAsync(Compose($"DELETE FROM {StatisticsTables.Rows} ", where), cancellation);
        foreach (var statement in database.Dialect.Insert(StatisticsTables.Rows, StatisticsTables.Columns, sums))
            await session.ExecuteAsync(statement, cancellation);
        await session.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Two nodes would both add up the same rows.</summary>
    private async Task LockAsync(Session session, CancellationToken cancellation)
    {
        var (name, value) = (StoreTables.Sequences.Column("name")!, StoreTables.Sequences.Column("value")!);
        await session.ExecuteAsync(database.Dialect.Compose(
            $"UPDATE {StoreTables.Sequences} SET {value} = {value} WHERE {name} = {new SqlParameter(name.Type, StatisticsTables.FoldingSequence)}"), cancellation);
    }

    private async Task<DateTimeOffset?> OldestAsync(Session session, StatisticsPeriod period, DateTimeOffset limit, CancellationToken cancellation)
    {
        SqlParameter of = new(Of.Period.Type, period.ToString()), until = new(Of.Start.Type, limit);
        await using var row = await session.ReadAsync(
            database.Dialect.Compose($"SELECT MIN({Of.Start}) FROM {StatisticsTables.Rows} WHERE {Of.Period} = {of} AND {Of.Start} < {until}"), cancellation);
        return await row.ReadAsync(cancellation) && !row.IsDBNull(0) ? database.Dialect.Values.DateTimeOffset(row, 0) : null;
    }

    private async Task<List<IReadOnlyList<object?>>> SumsAsync(Session session, StatisticsPeriod to, DateTimeOffset start, FormattableString where, CancellationToken cancellation)
    {
        var measures = string.Join(", ", Measures.All.Select((measure, i) => i == Measures.Longest ? $"MAX({measure.Column})" : $"CAST(SUM({measure.Column}) AS bigint)"));
        var select = FormattableStringFactory.Create($"SELECT {KeyColumns}, {measures} FROM {{0}} ", StatisticsTables.Rows);
        var (values, sums) = (database.Dialect.Values, new List<IReadOnlyList<object?>>());
        await using var rows = await session.ReadAsync(Compose(select, where, $" GROUP BY {KeyColumns}"), cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            object? Text(int column) => rows.IsDBNull(column) ? null : values.String(rows, column);
            sums.Add([Guid.CreateVersion7(), to.ToString(), start, Text(0), Text(1), Text(2), Text(3), .. Measures.All.Select((_, i) => (object?)values.Int64(rows, 4 + i))]);
        }
        return sums;
    }

    /// <param name="end">Text of the code.</param>
    private Statement Compose(FormattableString begin, FormattableString where, string end = "")
    {
        var (first, second) = (database.Dialect.Compose(begin), database.Dialect.Compose(where));
        return new(first.Text + second.Text + end, [.. first.Parameters, .. second.Parameters]);
    }
}
