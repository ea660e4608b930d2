using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Stream;

/// <summary>
/// Reads the collections of a chunk, level by level: one statement for each expanded collection, however many owners there are, and one more
/// where their number is asked for.
/// </summary>
internal sealed class ExpansionReader(Execution execution, EntityWriter writer)
{
    public async Task ReadAsync(RowChunk chunk)
    {
        chunk.Complete();
        foreach (var collection in chunk.Collections)
        {
            if (collection.Owners == 0)
                continue;
            if (collection.Shape.Rows.WithCount || collection.Shape.Form == ExpandForm.Count)
                await CountsAsync(collection);
            if (collection.Shape.Form != ExpandForm.Count)
                await ReadAsync(await RowsAsync(collection));
        }
    }

    private async Task<RowChunk> RowsAsync(Expanded collection)
    {
        var plan = collection.Shape.Rows;
        var rows = new RowChunk(writer, execution.Values, plan.Shape);
        Dictionary<int, IReadOnlyList<object?>>? cutOff = null;
        IReadOnlyList<object?>? last = null;
        var current = -1;
        var count = 0;

        var select = ReadStatements.OfOwners(collection.Shape, collection.OwnerValues, SelectForm.Rows);
        await using var row = await execution.ReadAsync(select);
        while (await row.ReadAsync(execution.Cancellation))
        {
            var owner = (int)execution.Values.Int64(row, 0);
            if (owner != current)
                (current, count) = (owner, 0);
            if (++count <= plan.PageSize)
            {
                rows.Add(row, 1, owner, collection.LineageOf(owner));
                if (count == plan.PageSize)
                    last = execution.Values.OrderValues(plan.OrderBy, row, 1);
            }
            else if (count == plan.PageSize + 1)
            {
                (cutOff ??= [])[owner] = writer.Style.IsDataExchange ? throw TooMany(collection.Shape.Navigation, plan.PageSize) : last!;
            }
        }
        collection.SetRows(rows, cutOff);
        return rows;
    }

    /// <summary>Where there are no next links, a collection that was cut off would look whole.</summary>
    private static ServiceException TooMany(NavigationModel navigation, int limit) => new(
        Errors.LimitExceeded,
        $"One of {navigation.Source.Alias} has more than {limit} {navigation.Alias}. Read them page by page from {navigation.Target.Alias}, with a filter.", "include");

    private async Task CountsAsync(Expanded collection)
    {
        var counts = new long[collection.Owners];
        var select = ReadStatements.OfOwners(collection.Shape, collection.OwnerValues, SelectForm.Count);
        await using var row = await execution.ReadAsync(select);
        while (await row.ReadAsync(execution.Cancellation))
            counts[execution.Values.Int64(row, 0)] = execution.Values.Int64(row, 1);
        collection.SetCounts(counts);
    }
}
