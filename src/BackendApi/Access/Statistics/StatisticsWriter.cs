using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.Hosting;

namespace BackendApi.Access.Statistics;

/// <summary>
/// Takes what this node has counted to the database, every ten seconds and at its end. A row is the node's own and is written whole, so a write that may or may not have succeeded is
/// simply made again. What was counted while the database did not answer waits; what a node knew when it was killed is lost.
/// </summary>
public sealed class StatisticsWriter(RequestStatistics statistics, Database database, Models models, TimeProvider clock, Observations observations) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Rows that wait for a database that does not answer. Beyond them the oldest are given up.</summary>
    private const int MostRows = 50_000;

    private readonly Dictionary<(DateTimeOffset Start, StatisticsKey Key), MinuteRow> _rows = [];
    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>Writes what was counted and is not written yet.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            Gather();
            var changed = _rows.Values.Where(row => row.IsChanged).ToList();
            if (changed.Count > 0)
                await StoreAsync(changed, cancellation);
            foreach (var (key, row) in _rows)
                if (!row.IsChanged && key.Start < StatisticsPeriod.Minute.StartOf(_since))
                    _rows.Remove(key);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryWriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryWriteAsync(CancellationToken.None);
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellation)
    {
        try
        {
            if (models.IsReady)
                await WriteAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            observations.Emit(new DatabaseLost("statistics of requests", failure));
        }
    }

    /// <summary>What was counted since the last time counts for the minute in which that was.</summary>
    private void Gather()
    {
        var start = StatisticsPeriod.Minute.StartOf(_since);
        _since = clock.GetUtcNow();
        foreach (var (key, counts) in statistics.Take())
        {
            if (!_rows.TryGetValue((start, key), out var row))
                _rows.Add((start, key), row = new(start, key));
            row.Add(counts);
        }
        foreach (var (key, _) in _rows.OrderBy(row => row.Key.Start).Take(_rows.Count - MostRows))
            _rows.Remove(key);
    }

    private async Task StoreAsync(List<MinuteRow> rows, CancellationToken cancellation)
    {
        var dialect = database.Dialect;
        await using var session = await database.OpenAsync(cancellation);
        await session.BeginAsync(cancellation);
        foreach (var row in rows.Where(row => row.MayBeStored))
            await session.ExecuteAsync(dialect.Delete(StatisticsTables.Rows, [("id", row.Id)]), cancellation);
        foreach (var row in rows)
            row.MayBeStored = true;
        foreach (var statement in dialect.Insert(StatisticsTables.Rows, StatisticsTables.Columns, rows.Select(row => row.Values())))
            await session.ExecuteAsync(statement, cancellation);
        await session.CommitAsync(cancellation);
        foreach (var row in rows)
            row.IsChanged = false;
    }

    private sealed class MinuteRow(DateTimeOffset start, StatisticsKey key)
    {
        private readonly long[] _counts = new long[Measures.All.Count];

        public Guid Id { get; } = Guid.CreateVersion7();
        public bool IsChanged { get; set; }
        /// <summary>It was sent, whatever became of it.</summary>
        public bool MayBeStored { get; set; }

        public void Add(long[] counts)
        {
            for (var measure = 0; measure < counts.Length; measure++)
                _counts[measure] = measure == Measures.Longest ? Math.Max(_counts[measure], counts[measure]) : _counts[measure] + counts[measure];
            IsChanged = true;
        }

        public IReadOnlyList<object?> Values() =>
            [Id, nameof(StatisticsPeriod.Minute), start, key.EntitySet, key.Caller?.Name, key.Caller?.Kind.ToString(), key.Operation.ToString(), .. _counts.Select(count => (object?)count)];
    }
}
