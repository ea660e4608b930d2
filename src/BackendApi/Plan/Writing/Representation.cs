using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan.Writing;

/// <summary>What is shown of an entity of a set that a request has just written, whichever it is; only what stands in the entity's own row.</summary>
/// <param name="Columns">Those that <paramref name="Rows"/> reads, in its order.</param>
internal sealed record Representation(RowsPlan Rows, IReadOnlyList<ColumnSchema> Columns)
{
    /// <summary>That of an entity of which nothing is asked in particular, planned once for all requests.</summary>
    public static Representation? Of(ModelSnapshot model, EntitySetModel set, PlanLimits limits) =>
        set.Representation ??= Of(model, set, QueryOptions.None, limits);

    /// <summary>Null when something of other rows is shown.</summary>
    public static Representation? Of(ModelSnapshot model, EntitySetModel set, QueryOptions options, PlanLimits limits)
    {
        var rows = WriteSelects.Shown(model, set, options, limits);
        return rows.IsOfOwnRow ? new(rows, [.. rows.Columns.Select(column => ((Term.Column)column).Definition)]) : null;
    }
}
