using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Sql.Audit;

namespace BackendApi.Sql;

/// <summary>What the audit log is told of rows: as they were when they were found and locked, and as they are written.</summary>
internal sealed partial class WriteExecution
{
    private AuditTrail? _audit;

    private AuditTrail Audit => _audit ??= new(session.Origin!, dialect);

    private bool IsAudited(EntitySetModel set) => session.Origin?.Tells(set) == true;

    /// <summary>The columns whose values have to be known before rows change: those that will, or all, where that is not known yet.</summary>
    private ColumnSchema[] ColumnsBefore(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        if (!IsAudited(set) || rows[0].Action is RowAction.Find or RowAction.Insert)
            return [];
        var columns = rows[0].Action == RowAction.Update && set.Facade is null && !hooks.Hooks.Has(set)
            ? rows.SelectMany(row => row.Values.Columns.Concat(row.Defaults)).Distinct<ColumnSchema>(ReferenceEqualityComparer.Instance)
            : set.Whole.AuditNames.Keys;
        return [.. columns.Where(column => IsShownBefore(set, column))];
    }

    /// <summary>Of a stream only its successor is told: it is never read to be replaced.</summary>
    private static bool IsShownBefore(EntitySetModel set, ColumnSchema column) => column.Type.Kind != ValueKind.Binary || set.Whole.AuditNames.ContainsKey(column);

    private void AuditCreates(EntitySetModel set, PlannedRow[] rows, IReadOnlyList<ColumnSchema> columns, object?[][] values, ColumnSchema[] told, object?[][]? toldValues)
    {
        if (IsAudited(set) && _together is null)
            Audit.Created(set, columns, rows is [{ Streamed: { } streamed }] ? [[.. columns.Select((column, i) => column == streamed.Column ? streamed.Content : values[0][i])]] : values, told, toldValues);
    }

    private async Task AuditUpdatesAsync(EntitySetModel set, PlannedRow[] rows)
    {
        if (!IsAudited(set) || _together is not null)
            return;
        await KnowDefaultsAsync(set, rows);
        var version = RowVersions.Of(set);
        foreach (var row in rows)
        {
            var written = _written[row];
            ColumnSchema[] columns = [.. row.Values.Columns.Concat(row.Defaults).Where(column => column != version)];
            var before = Array.ConvertAll(columns, column => written.Before is { } known && Array.IndexOf(known.Columns, column) is >= 0 and var place ? known.Values[place] : AuditTrail.Untold);
            var after = Array.ConvertAll(columns, column => row.Streamed is { } streamed && streamed.Column == column ? streamed.Content : written[column]);
            Audit.Updated(set, written.Key, columns, before, after);
        }
    }

    /// <summary>What has its default again has what the database says.</summary>
    private async Task KnowDefaultsAsync(EntitySetModel set, PlannedRow[] rows)
    {
        ColumnSchema[] made = [.. rows[0].Defaults.Where(column => column.Default is not null)];
        foreach (var row in rows)
            if (row.Defaults.Count > made.Length)
                _written[row].Know([.. row.Defaults.Except(made)], new object?[row.Defaults.Count - made.Length]);
        if (made.Length == 0)
            return;
        var select = WriteSelects.Find(model.Whole, set.Whole, null, set.KeyColumns.Columns, KeysOf(set, rows), made, isLocked: false);
        await using var found = await ReadAsync(SqlWriter.Write(select, dialect));
        int[] places = [.. Enumerable.Range(1, made.Length)];
        while (await found.ReadAsync(cancellation))
            _written[rows[(int)dialect.Values.Int64(found, 0)]].Know(made, Read(made, places, found));
    }

    private void AuditDeletes(EntitySetModel set, PlannedRow[] rows)
    {
        if (!IsAudited(set) || _together is not null)
            return;
        foreach (var row in rows)
            if (_written[row] is { Before: { } before } written)
                Audit.Deleted(set, written.Key, before.Columns, before.Values);
    }

    /// <summary>What a facade has written by itself, unless its statements have told.</summary>
    private async Task AuditStoredAsync(EntitySetModel set, PlannedRow row, RowAction action, ColumnSchema[] columns, object?[] items)
    {
        if (session.Trail(dialect)?.Remembers(set, _written[row].Key) == true)
            return;
        if (action == RowAction.Insert)
            AuditCreates(set, [row], columns, [items], [], null);
        else if (action == RowAction.Update)
            await AuditUpdatesAsync(set, [row]);
        else
            AuditDeletes(set, [row]);
    }

    /// <summary>Behind everything that the entries tell of.</summary>
    private async Task AuditAsync(AuditTrail audit)
    {
        await session.WriteTrailAsync(cancellation);
        foreach (var statement in audit.TakeStatements(Write))
            await ExecuteAsync(statement);
    }
}
