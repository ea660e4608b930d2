using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Sql.Audit;

namespace BackendApi.Sql;

/// <summary>A plan that is one change of one row is one statement with its entry of the audit log, where the database has such a statement.</summary>
internal sealed partial class WriteExecution
{
    /// <summary>How the one statement of the plan tells of its row; null where entries are statements of their own.</summary>
    private AuditedChange? _together;

    private bool IsAuditedTogether(WritePlan plan) => (_together ??= AuditedTogether(plan)) is not null;

    private AuditedChange? AuditedTogether(WritePlan plan)
    {
        if (!dialect.StoresAuditTogether || plan.Rows is not [{ Streamed: null } row] || !IsSimple(plan) || !row.Set.Table.ReturnsStored || !IsAudited(row.Set))
            return null;
        return row.Action switch
        {
            RowAction.Insert => TogetherWithInsert(row),
            RowAction.Update when IsKnown(row) && HasValues(row) && row.Defaults.Count == 0 => TogetherWith(row, RowVersions.Of(row.Set) is { } version ? [.. row.Values.Columns.Where(column => column != version)] : row.Values.Columns),
            RowAction.Delete when IsKnown(row) => TogetherWith(row, [.. row.Set.Whole.AuditNames.Keys]),
            _ => null,
        };
    }

    private static AuditedChange? TogetherWithInsert(PlannedRow row)
    {
        var isGiven = true;
        foreach (var property in row.Set.Key)
            isGiven &= row.Values.Form.IndexOf(property.Column) >= 0;
        if (isGiven)
            return new(row.Set, null, []);
        // The key that the database makes has one form in addresses and in JSON.
        return row.Set.Key is [{ Column: { Type.Kind: ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64 or ValueKind.Guid } made }] ? new(row.Set, made, []) : null;
    }

    private AuditedChange? TogetherWith(PlannedRow row, IReadOnlyList<ColumnSchema> told)
    {
        if (told.Count is 0 or > AuditedChange.MostTold || !HasKey(row.Set, row))
            return null;
        foreach (var column in told)
            if (!row.Set.Whole.AuditNames.ContainsKey(column) || !dialect.TellsBefore(column.Type))
                return null;
        return new(row.Set, null, told);
    }

    /// <summary>The change with the entry that is stored together with it; its values stand behind those of the row.</summary>
    private T Audited<T>(T change, PlannedRow row)
        where T : Change
    {
        if (_together is null)
            return change;
        var (set, origin) = (row.Set, session.Origin!);
        object?[] entry = change is Change.Insert insert ? AuditTrail.Created(origin, set, _together.MadeKey, insert.Columns, change.Rows[0])
            : AuditTrail.Begun(origin, set, change is Change.Update ? AuditTrail.Update : AuditTrail.Delete, [.. set.Key.Select(property => Value(row.Key.First(part => part.Column == property.Column))!)]);
        return change with { Audit = _together, Rows = [[.. change.Rows[0], .. entry]] };
    }
}
