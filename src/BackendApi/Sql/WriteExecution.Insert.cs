using BackendApi.Model;
using BackendApi.Plan.Writing;

namespace BackendApi.Sql;

/// <summary>New rows. What the database makes of them comes back with the statement.</summary>
internal sealed partial class WriteExecution
{
    private async Task InsertAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        await BeforeInsertAsync(set, rows);
        await StoreAsync(set, rows, RowAction.Insert, InsertStoredAsync);
        Stored(set, rows);
    }

    private Task InsertStoredAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows) =>
        rows.Count == 1 ? InsertTogetherAsync(FormOf(set, rows), [rows[0]]) : InsertManyAsync(set, rows);

    private async Task InsertManyAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        // Hooks ask what a row is given.
        if (rows.Count > 1 && rows[0].Action == RowAction.Insert && set.Facade is null && !hooks.Hooks.Has(set))
            WideRows.Make(set, rows, () => [.. Wanted(set, rows, known: []), .. RowVersions.Of(set) is { } kept ? [kept] : Array.Empty<ColumnSchema>()]);
        foreach (var like in Alike(rows, static (row, other) => row.Action == RowAction.Insert && IsAlike(row.Values, other.Values), row => new(Stored(row).Columns)))
        {
            var form = FormOf(set, like);
            foreach (var chunk in Chunks(like, form.Columns.Count == 0 ? 1 : dialect.MaxRows(form.Columns.Count)))
                await InsertTogetherAsync(form, chunk);
        }
    }

    /// <param name="rows">No more than one statement takes.</param>
    private Task InsertTogetherAsync(InsertForm form, PlannedRow[] rows)
    {
        var values = new object?[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            values[i] = Items(Stored(rows[i]));
            if (form.Version is { } version)
                values[i] = [.. values[i], RowVersions.New(version)];
            if (!_isForgotten)
                _written[rows[i]] = new(rows[i], form.Columns, values[i]) { IsNew = true, Exists = true };
        }
        Changed(form.Set, rows);
        var insert = new Change.Insert(form.Set.Table.Name, form.Columns, values, form.Returning);
        if (!IsAudited(form.Set))
            return StoreAsync(insert, form, rows, toldValues: null);
        if (_together is null)
            return StoreAuditedAsync(insert, form, rows);
        return StoreAsync(Audited(insert, rows[0]), form, rows, toldValues: null);
    }

    private async Task StoreAuditedAsync(Change.Insert insert, InsertForm form, PlannedRow[] rows)
    {
        var toldValues = form.Told.Length > 0 ? new object?[rows.Length][] : null;
        await StoreAsync(insert, form, rows, toldValues);
        AuditCreates(form.Set, rows, form.Columns, insert.Rows, form.Told, toldValues);
    }

    /// <param name="toldValues">Takes what is told of each row; null where nobody asks.</param>
    private Task StoreAsync(Change.Insert insert, InsertForm form, PlannedRow[] rows, object?[][]? toldValues) =>
        ChangeAsync(rows, part => Write(insert with { Rows = Part(insert.Rows, part) }), (statement, part) => form.Returning.Count == 0
            ? ExecuteAsync(statement).AsTask()
            : InsertReturningAsync(statement, form, rows, part, toldValues));

    private async Task InsertReturningAsync(Statement statement, InsertForm form, PlannedRow[] rows, Rows part, object?[][]? toldValues)
    {
        await using var result = await ReadAsync(statement);
        for (var i = part.Start; i < part.Start + part.Count; i++)
        {
            // The key that the database made.
            if (!await result.ReadAsync(cancellation))
                throw new InvalidOperationException("An INSERT answered with fewer rows than it was given.");
            if (form.Told.Length > 0)
            {
                var told = Read(form.Told, form.Places, result);
                toldValues?[i] = told;
                if (!_isForgotten)
                    _written[rows[i]].Know(form.Told, told);
            }
            _returning?.Read(rows[i], result);
        }
        await EndAsync(result);
    }

    /// <param name="like">Rows that are given the same columns.</param>
    private InsertForm FormOf(EntitySetModel set, IReadOnlyList<PlannedRow> like)
    {
        var columns = Stored(like[0]).Columns;
        var version = RowVersions.Of(set) is { Default: null } made && !columns.Contains(made) ? made : null;
        if (version is not null)
            columns = [.. columns, version];
        var told = _isForgotten && (_together is not null || !IsAudited(set)) ? [] : Wanted(set, like, columns);
        var returning = new List<ColumnSchema>((_returning?.Columns.Count ?? 0) + told.Length);
        returning.AddRange(_returning?.Columns ?? []);
        var places = new int[told.Length];
        for (var i = 0; i < told.Length; i++)
        {
            places[i] = returning.IndexOf(told[i]);
            if (places[i] >= 0)
                continue;
            places[i] = returning.Count;
            returning.Add(told[i]);
        }
        return new(set, columns, version, told, places, returning);
    }

    /// <summary>What the request gives a new row. Of an upsert that is its key too; a part of it that another row was to give and did not have is made by the database.</summary>
    private PlannedValues Stored(PlannedRow row) => row.Action == RowAction.Upsert
        ? [.. row.Values.Concat(row.Key.Where(part => part.From is null || Value(part) is not null)).DistinctBy(value => value.Column)]
        : row.Values;

    /// <summary>What INSERTs of the same columns have in common.</summary>
    /// <param name="Version">The last of the columns, where the service counts the changes of a row.</param>
    /// <param name="Told">Columns that the database tells of a new row, which stand in <paramref name="Places"/> of <paramref name="Returning"/>.</param>
    private sealed record InsertForm(
        EntitySetModel Set, IReadOnlyList<ColumnSchema> Columns, ColumnSchema? Version, ColumnSchema[] Told, int[] Places, IReadOnlyList<ColumnSchema> Returning);
}
