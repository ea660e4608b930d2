using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>What a caller may write can depend on the row: as it is, and as the caller makes it.</summary>
internal sealed partial class WriteExecution
{
    private Task CheckRightsBeforeAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows, RowAction action) =>
        set.Rights is not { DependOnRows: true } || action == RowAction.Insert
            ? Task.CompletedTask
            : CheckRightsAsync(set, rows, action == RowAction.Delete ? Verbs.Delete : Verbs.Update);

    private async Task CheckRightsAfterAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        await CheckRightsAsync(set, [.. rows.Where(row => _written[row].IsNew)], Verbs.Create);
        await CheckRightsAsync(set, [.. rows.Where(row => !_written[row].IsNew)], Verbs.Update);
    }

    /// <summary>Rows of a link table belong to the entity that they are written through.</summary>
    private Task CheckRightsOfLinksAsync(IEnumerable<PlannedRow> sources) => CheckRightsOfLinksAsync(sources.Where(row => !_written[row].IsNew).Distinct().ToLookup(row => row.Set));

    private async Task CheckRightsOfLinksAsync(ILookup<EntitySetModel, PlannedRow> sources)
    {
        foreach (var like in sources)
            await CheckRightsAsync(like.Key, [.. like], Verbs.Update, withValues: false);
    }

    private async Task CheckRightsAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows, Verbs verb, bool withValues = true)
    {
        if (set.Rights is not { DependOnRows: true } rights || rows.Count == 0)
            return;
        var unknown = rows.Where(row => !_written.ContainsKey(row)).ToArray();
        if (unknown.Length > 0)
            await FindOrMissAsync(set, unknown, isLocked: true);
        mistakes.ThrowIfAny();
        foreach (var like in rows.GroupBy(row => new ColumnList([.. withValues ? Given(row) : []])))
        {
            var required = rights.Required(verb, like.Key.Columns);
            if (required.Count == 0)
                continue;
            foreach (var chunk in like.Chunk(dialect.MaxRows(set.Key.Count)))
            {
                var isAllowed = new bool[chunk.Length];
                await using (var allowed = await ReadAsync(SqlWriter.Write(WriteSelects.Allowed(model, set, required, KeysOf(set, chunk)), dialect)))
                    while (await allowed.ReadAsync(cancellation))
                        isAllowed[dialect.Values.Int64(allowed, 0)] = true;
                foreach (var row in chunk.Where((_, i) => !isAllowed[i]))
                    mistakes.Add(Errors.Forbidden, $"Your rights do not allow {Word(verb)} this entity of {set.Name}.", row.Path);
            }
        }
        mistakes.ThrowIfAny();
    }

    /// <summary>The columns that the client writes: those that the definition fills are its own affair.</summary>
    private static IEnumerable<ColumnSchema> Given(PlannedRow row)
    {
        for (var i = 0; i < row.Values.Count; i++)
            if (row.Values.Form.Names[i] is not null || row.Values.Items[i] is TakenValue or null)
                yield return row.Values.Columns[i];
        foreach (var column in row.Defaults)
            yield return column;
    }

    private static string Word(Verbs verb) => verb switch { Verbs.Create => "creating", Verbs.Delete => "deleting", _ => "changing" };
}
