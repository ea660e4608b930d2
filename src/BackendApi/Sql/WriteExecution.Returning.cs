using System.Data.Common;
using BackendApi.Model;
using BackendApi.Plan.Writing;

namespace BackendApi.Sql;

/// <summary>Plans that one kind of statement fulfils, which can return what it has stored.</summary>
internal sealed partial class WriteExecution
{
    private Returning? _returning;
    /// <summary>Nothing need be known of the rows once they are written.</summary>
    private bool _isForgotten;

    /// <summary>
    /// Asks for the rows of the plan as they are stored. False where the statements that store them cannot tell: somebody writes to the rows behind them, or
    /// there is a check to come.
    /// </summary>
    public bool TryReturn(WritePlan plan, Returning returning)
    {
        if (!IsSimple(plan) || !plan.Rows[0].Set.Table.ReturnsStored)
            return false;
        if (plan.Rows[0].Action != RowAction.Insert && !(plan.Rows is [{ Action: RowAction.Update } row] && IsKnown(row) && HasValues(row)))
            return false;
        _returning = returning;
        _isForgotten = returning.IsAllThatIsAsked && IsOneKind(plan) && plan.Rows[0].Set.LoggedKey is null;
        return true;
    }

    /// <summary>The plan is one statement, which needs no transaction around it.</summary>
    public bool IsStatement(WritePlan plan) => IsSimple(plan) && plan.Rows[0].Set.LoggedKey is null && (!IsAudited(plan.Rows[0].Set) || IsAuditedTogether(plan)) && (plan.Rows is [var row]
        ? row.Action switch
        {
            RowAction.Insert => true,
            RowAction.Update => IsKnown(row) && HasValues(row),
            RowAction.Delete => IsKnown(row),
            _ => false,
        }
        : IsAttempt && AreInsertedTogether(plan.Rows));

    /// <summary>Rows that differ in their columns, or that are too many for the database, are inserted by more than one statement.</summary>
    private bool AreInsertedTogether(IReadOnlyList<PlannedRow> rows)
    {
        var first = rows[0];
        // A version of the row may come as one more column.
        if (first.Action != RowAction.Insert || first.Values.Count == 0 || rows.Count > dialect.MaxRows(first.Values.Count + 1))
            return false;
        foreach (var row in rows)
            if (!IsAlike(row.Values, first.Values))
                return false;
        return true;
    }

    /// <summary>Rows of one set that are all inserted, updated or deleted, and nothing besides.</summary>
    private bool IsSimple(WritePlan plan)
    {
        if (plan.Rows.Count == 0 || plan.Links.Count > 0 || plan.Replacements.Count > 0)
            return false;
        var (set, action) = (plan.Rows[0].Set, plan.Rows[0].Action);
        if (!IsPlain(set))
            return false;
        for (var i = 1; i < plan.Rows.Count; i++)
            if (plan.Rows[i].Set != set || plan.Rows[i].Action != action)
                return false;
        return true;
    }

    /// <summary>Nothing comes before a row of the set is stored, and nothing after.</summary>
    private bool IsPlain(EntitySetModel set) => !IsFinished(set) && set.RowFilter is null && set.Rights is not { DependOnRows: true } && set.Facade is null && !hooks.Hooks.Has(set);

    /// <summary>Runs a statement that changes one row and answers with it.</summary>
    /// <returns>How many it has changed.</returns>
    private async Task<int> ReturnAsync(Statement statement, PlannedRow row)
    {
        await using var result = await ReadAsync(statement);
        if (!await result.ReadAsync(cancellation))
            return 0;
        _returning?.Read(row, result);
        await EndAsync(result);
        return 1;
    }

    /// <summary>Constraints that are checked at the end of the transaction fail behind the last row.</summary>
    private async Task EndAsync(DbDataReader result)
    {
        while (await result.ReadAsync(cancellation) || await result.NextResultAsync(cancellation))
        {
        }
    }

    private static bool IsKnown(PlannedRow row) => IsKnown(row.Set, [row]);

    private static bool HasValues(PlannedRow row) => row.Values.Count + row.Defaults.Count > 0;
}
