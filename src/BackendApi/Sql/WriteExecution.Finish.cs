using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>What follows once every row of the plan is written: computed values are stored, hooks see the rows, then the definition's rules are asked of each row.</summary>
internal sealed partial class WriteExecution
{
    /// <summary>Rows of the set are found by their keys again after they are written.</summary>
    private static bool IsFinished(EntitySetModel set) => set.Rules.Count > 0 || set.Computed.Count > 0;

    private static bool HasKey(EntitySetModel set, PlannedRow row) => set.Key.All(property => row.Key.Any(part => part.Column == property.Column));

    private async Task FinishAsync()
    {
        if (_stored.Count + _deleted.Count == 0)
            return;
        foreach (var stored in _stored.Where(row => row.Set.Computed.Count > 0).GroupBy(row => row.Set))
            foreach (var (type, property) in stored.Key.Computed)
                await ComputeAsync(stored.Key, type, property, [.. stored.Where(row => _written[row].IsNew ? property.IsCreatable : property.IsEditable)]);
        await AfterAsync();
        foreach (var stored in _stored.GroupBy(row => row.Set))
        {
            if (stored.Key.RowFilter is not null)
                await CheckVisibleAsync(stored.Key, [.. stored]);
            await CheckRightsAfterAsync(stored.Key, [.. stored]);
            if (stored.Key.Rules.Count > 0)
                await CheckRulesAsync(stored.Key, [.. stored]);
        }
    }

    /// <summary>One column of many rows, in document order: an expression sees what those before it have computed.</summary>
    private async Task ComputeAsync(EntitySetModel set, DerivedModel? type, PropertyModel property, IReadOnlyList<PlannedRow> rows)
    {
        foreach (var chunk in rows.Chunk(dialect.MaxRows(set.Key.Count)))
            await ChangeAsync(
                chunk,
                part => SqlWriter.Write(WriteSelects.Computed(model, set, type, property, KeysOf(set, Part(chunk, part))), dialect),
                (statement, _) => ExecuteAsync(statement).AsTask());
    }

    /// <summary>Nobody writes what the definition's filter would hide from them.</summary>
    private async Task CheckVisibleAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        var key = set.Key.Select(property => property.Column).ToArray();
        foreach (var chunk in rows.Chunk(dialect.MaxRows(key.Length)))
        {
            var isSeen = new bool[chunk.Length];
            await using (var seen = await ReadAsync(SqlWriter.Write(WriteSelects.Find(model.Whole, set.Whole, null, key, KeysOf(set, chunk), [key[0]], isLocked: false), dialect)))
                while (await seen.ReadAsync(cancellation))
                    isSeen[dialect.Values.Int64(seen, 0)] = true;
            foreach (var row in chunk.Where((_, i) => !isSeen[i]))
                mistakes.Add(Errors.Forbidden, $"{set.Name} shows a part of its rows only, and this one would not be among them.", row.Path);
        }
    }

    /// <summary>Every rule that a row breaks is a mistake of its own.</summary>
    private async Task CheckRulesAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        foreach (var chunk in rows.Chunk(dialect.MaxRows(set.Key.Count)))
        {
            await using var broken = await ReadAsync(SqlWriter.Write(WriteSelects.Broken(model, set, KeysOf(set, chunk)), dialect));
            while (await broken.ReadAsync(cancellation))
                for (var i = 0; i < set.Rules.Count; i++)
                    if (!await broken.IsDBNullAsync(i + 1, cancellation))
                        mistakes.Add(Errors.InvalidValue, set.Rules[i].Message, chunk[(int)dialect.Values.Int64(broken, 0)].Path);
        }
    }

    private IReadOnlyList<object>[] KeysOf(EntitySetModel set, IReadOnlyList<PlannedRow> rows) =>
        [.. set.Key.Select(property => (IReadOnlyList<object>)[.. rows.Select(row => _written[row][property.Column]!)])];
}
