namespace BackendApi.Resources;

/// <summary>A facade that supplies the rows of its set itself. Writes come as to every <see cref="Facade"/>; what it stores by itself it says with <see cref="WriteRow.Stored"/>.</summary>
/// <remarks>The rows are asked for once for each statement that reads the set: a page, a count, an expansion.</remarks>
public abstract class RowFacade<TRow> : Facade, IRowSource
    where TRow : class
{
    /// <summary>All rows that there are for this caller, in any order.</summary>
    public abstract ValueTask<IReadOnlyList<TRow>> ReadAsync(OperationContext context);

    async ValueTask<IReadOnlyList<object>> IRowSource.ReadAsync(OperationContext context) => await ReadAsync(context);
}

internal interface IRowSource
{
    ValueTask<IReadOnlyList<object>> ReadAsync(OperationContext context);
}
