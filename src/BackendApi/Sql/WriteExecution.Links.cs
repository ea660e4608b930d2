using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>Collections of which nothing else may remain, and rows of link tables.</summary>
internal sealed partial class WriteExecution
{
    /// <summary>The collection has lost what the body does not name.</summary>
    private async Task ReplaceAsync(PlannedReplacement replacement)
    {
        var navigation = replacement.Navigation;
        if (_written[replacement.Owner].IsNew)
            return;
        if (navigation.Through is { } through)
        {
            await CheckRightsOfLinksAsync([replacement.Owner]);
            var columns = through.On.Select(pair => pair.Link).Concat(through.To.Select(pair => pair.Link)).ToArray();
            var kept = replacement.Kept.Select(row => _written.TryGetValue(row, out var state) ? through.To.Select(pair => state[pair.Target]).ToArray() : null).ToArray();
            var lost = (await LinksOfAsync(through, _written[replacement.Owner])).Where(linked => !Array.Exists(kept, known => known is not null && Same(known, linked[through.On.Count..]))).ToList();
            var unlinked = await ToSeenAsync(navigation, lost);
            if (unlinked.Count > 0)
                await LinkByFacadeAsync(navigation, [replacement.Owner], async () =>
                {
                    foreach (var linked in unlinked)
                        await RemoveLinkAsync(navigation, columns, linked);
                });
            return;
        }
        var key = navigation.Target.Key.Select(property => property.Column).ToArray();
        var wanted = key.Concat(replacement.Kept.SelectMany(row => row.Key.Select(value => value.Column))).Distinct().ToArray();
        var owner = navigation.On.Select(pair => (IReadOnlyList<object>)[_written[replacement.Owner][pair.Source]!]).ToArray();
        if (Array.Exists(owner, values => values[0] is null))
            return;
        var related = new List<object?[]>();
        var select = WriteSelects.Find(model, navigation.Target, null, [.. navigation.On.Select(pair => pair.Target)], owner, wanted, isLocked: true);
        await using (var rows = await ReadAsync(SqlWriter.Write(select, dialect)))
            while (await rows.ReadAsync(cancellation))
                related.Add([.. wanted.Select((column, i) => dialect.Values.ReadOrNull(column.Type.Kind, rows, i + 1))]);
        var gone = related.Where(values => !replacement.Kept.Any(row => row.Key.Count > 0 && row.Key.All(part => Same([Value(part)], [values[Array.IndexOf(wanted, part.Column)]])))).ToList();
        if (gone.Count == 0)
            return;
        var references = navigation.On.Select(pair => pair.Target).ToArray();
        var isFreed = Array.TrueForAll(references, column => column.IsNullable);
        if (!(isFreed ? navigation.Target.Definition.Allow.Update : navigation.Target.Definition.Allow.Delete))
        {
            mistakes.Add(Errors.MethodNotAllowed, $"Entities of {navigation.Target.Name} that the body does not name would have to be {(isFreed ? "changed" : "deleted")}, which the definition does not allow.", replacement.Path);
            return;
        }
        var rowsGone = gone.Select(values => new PlannedRow
        {
            Set = navigation.Target,
            Action = isFreed ? RowAction.Update : RowAction.Delete,
            Key = [.. key.Select(column => new PlannedValue(column, values[Array.IndexOf(wanted, column)]))],
            Values = isFreed ? [.. references.Select(column => new PlannedValue(column, null))] : [],
            Path = replacement.Path,
        }).ToArray();
        await RunAsync(navigation.Target, rowsGone);
    }

    private async Task LinkAsync(IEnumerable<PlannedLink> links)
    {
        await CheckRightsOfLinksAsync(links.Select(link => link.Source));
        foreach (var like in links.GroupBy(link => (link.Navigation, link.IsRemoved)))
            await LinkByFacadeAsync(like.Key.Navigation, like.Select(link => link.Source), () => LinkAsync(like.Key.Navigation, like.Key.IsRemoved, like));
    }

    private async Task LinkAsync(NavigationModel navigation, bool isRemoved, IEnumerable<PlannedLink> links)
    {
        var through = navigation.Through!;
        var columns = through.On.Select(pair => pair.Link).Concat(through.To.Select(pair => pair.Link)).ToArray();
        foreach (var chunk in links.Chunk(dialect.MaxRows(columns.Length)))
        {
            var values = chunk.Select(link => through.On.Select(pair => _written[link.Source][pair.Source]).Concat(through.To.Select(pair => _written[link.Target][pair.Target])).ToArray()).ToArray();
            var isThere = new bool[chunk.Length];
            var lists = columns.Select((_, i) => (IReadOnlyList<object>)[.. values.Select(row => row[i]!)]).ToArray();
            await using (var known = await ReadAsync(SqlWriter.Write(WriteSelects.Linked(through.Table, columns, lists), dialect)))
                while (await known.ReadAsync(cancellation))
                    isThere[dialect.Values.Int64(known, 0)] = true;
            if (isRemoved)
                foreach (var link in chunk.Where((link, i) => link.MustExist && !isThere[i]))
                    Missing(link.Target);
            var changing = values.Where((_, i) => isThere[i] == isRemoved).DistinctBy(row => new ValueList(row)).ToArray();
            if (changing.Length == 0)
                continue;
            Affected += changing.Length;
            await ExecuteAsync(Write(isRemoved ? new Change.Delete(through.Table, columns, changing) : new Change.Insert(through.Table, columns, changing, [])));
            if (IsAudited(navigation.Source))
                foreach (var row in changing)
                    Audit.Linked(navigation, isRemoved, columns, row);
        }
    }

    private async Task<List<object?[]>> LinksOfAsync(ThroughModel through, WrittenRow owner)
    {
        var columns = through.On.Select(pair => pair.Link).Concat(through.To.Select(pair => pair.Link)).ToArray();
        var select = WriteSelects.Linked(through.Table, [.. through.On.Select(pair => pair.Link)], [.. through.On.Select(pair => (IReadOnlyList<object>)[owner[pair.Source]!])]);
        select = select with { Columns = [.. columns.Select(column => Plan.Navigating.Column(select.From, column))] };
        var rows = new List<object?[]>();
        await using var reader = await ReadAsync(SqlWriter.Write(select, dialect));
        while (await reader.ReadAsync(cancellation))
            rows.Add([.. columns.Select((column, i) => dialect.Values.ReadOrNull(column.Type.Kind, reader, i + 1))]);
        return rows;
    }

    /// <summary>Of links those to entities that the definition and the caller's rights show: of others the collection has none to lose.</summary>
    private async Task<List<object?[]>> ToSeenAsync(NavigationModel navigation, List<object?[]> links)
    {
        var to = navigation.Through!.To;
        var seen = new List<object?[]>();
        foreach (var chunk in links.Chunk(dialect.MaxRows(to.Count)))
        {
            var values = to.Select((_, i) => (IReadOnlyList<object>)[.. chunk.Select(link => link[navigation.Through.On.Count + i]!)]).ToArray();
            await using var rows = await ReadAsync(SqlWriter.Write(WriteSelects.Find(model, navigation.Target, null, [.. to.Select(pair => pair.Target)], values, [], isLocked: false), dialect));
            while (await rows.ReadAsync(cancellation))
                seen.Add(chunk[dialect.Values.Int64(rows, 0)]);
        }
        return seen;
    }

    private async Task RemoveLinkAsync(NavigationModel navigation, ColumnSchema[] columns, object?[] values)
    {
        Affected++;
        await ExecuteAsync(Write(new Change.Delete(navigation.Through!.Table, columns, [values])));
        if (IsAudited(navigation.Source))
            Audit.Linked(navigation, isRemoved: true, columns, values);
    }
}
