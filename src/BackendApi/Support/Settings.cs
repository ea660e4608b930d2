namespace BackendApi.Support;

/// <summary>The section <c>OData</c> of the settings.</summary>
public sealed record ODataSettings
{
    /// <summary>The most rows that one page holds, whatever the client prefers.</summary>
    public int MaxPageSize { get; init; } = 5000;
    /// <summary>Rows of a page when the client states no preference.</summary>
    public int DefaultPageSize { get; init; } = 1000;
    public int MaxExpansionDepth { get; init; } = 6;
    public int MaxBatchOperations { get; init; } = 1000;
    /// <summary>Nesting of parentheses and lambdas in an expression.</summary>
    public int MaxExpressionDepth { get; init; } = 100;
    /// <summary>Members of one <c>in</c> list.</summary>
    public int MaxListItems { get; init; } = 10_000;
}
