using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Access.Statistics;

/// <summary>How long a row of the statistics is: minutes become hours, and hours days.</summary>
internal enum StatisticsPeriod { Minute, Hour, Day }

/// <summary>The product's own table of how it is used. docs/reference/statistics.md describes it.</summary>
public static class StatisticsTables
{
    /// <summary>Whoever turns minutes into hours holds the row of this name.</summary>
    internal const string FoldingSequence = "statistics";

    /// <summary>
    /// What one node has counted in one period of one kind of request: who, which set, what. Several rows may say the same, of several nodes; every request is in one of them.
    /// </summary>
    public static readonly TableSchema Rows = new(
        new(null, "backend_request_statistics"),
        [
            Column.Guid("id"),
            Column.Text("period", 16),
            Column.Instant("period_start"),
            Column.Text("entity_set", 128, isNullable: true),
            Column.Text("caller", 256, isNullable: true),
            Column.Text("caller_kind", 16, isNullable: true),
            Column.Text("operation", 16),
            .. Measures.All.Select(measure => Column.Int64(measure.Column)),
        ],
        PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);

    internal static readonly IReadOnlyList<string> Columns = [.. Rows.Columns.Select(column => column.Name)];

    /// <summary>After that of <see cref="StoreTables"/>, whose sequences it adds to.</summary>
    public static readonly ProductArea Area = new("statistics",
    [
        [
            new TableChange.Create(Rows),
            new TableChange.Index("ix_backend_request_statistics_start", Rows.Name, ["period_start", "period"]),
            new TableChange.Insert(StoreTables.Sequences, ["name", "value"], [[FoldingSequence, 0L]]),
        ],
    ]);

    /// <summary>The beginning of the period that an instant is in.</summary>
    internal static DateTimeOffset StartOf(this StatisticsPeriod period, DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % LengthOf(period).Ticks, TimeSpan.Zero);

    internal static TimeSpan LengthOf(this StatisticsPeriod period) => period switch
    {
        StatisticsPeriod.Minute => TimeSpan.FromMinutes(1),
        StatisticsPeriod.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };
}
