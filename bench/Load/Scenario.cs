using System.Globalization;

namespace BackendApi.Bench.Load;

/// <summary>One question in the words of both servers. Requests differ in their values, so that nobody answers from memory what was asked before.</summary>
/// <param name="Floor">Path and query of the n-th request to the floor.</param>
/// <param name="Product">Path and query of the same request to the product.</param>
internal sealed record Scenario(string Name, string Title, int Variants, Func<int, string> Floor, Func<int, string> Product)
{
    /// <summary>Answered over and over by all connections; requests a second count.</summary>
    public static readonly IReadOnlyList<Scenario> Repeated =
    [
        new("page", "page of 100 rows of 8 columns, two filters, ordered by key", 200,
            n => $"/orders?status={Status(n)}&above={Above(n)}",
            n => $"/odata/Orders?$filter=Status%20eq%20'{Status(n)}'%20and%20Total%20gt%20{Above(n)}&$orderby=Id&$top=100"),
        new("key", "one row by key", 1000,
            n => $"/orders/{Key(n)}",
            n => $"/odata/Orders({Key(n)})"),
        new("items", "100 rows with their 300 children expanded", 200,
            n => $"/orders-with-items?after={Key(n)}",
            n => $"/odata/Orders?$filter=Id%20gt%20{Key(n)}&$orderby=Id&$top=100&$expand=Items"),
    ];

    /// <summary>Followed by one connection from next link to next link; the time until the last row counts.</summary>
    public static readonly Scenario Export = new(
        "export", "export of 100,000 rows by next links, pages of 1,000", 1, _ => "/export/orders", _ => "/odata/Orders");

    public static readonly Scenario LongExport = new(
        "memory", "export of 1,000,000 rows by next links, pages of 1,000", 1, _ => "/export/order_archive", _ => "/odata/OrderArchive");

    public string Path(ServerProcess server, int variant) => server.Name == "floor" ? Floor(variant) : Product(variant);

    private static string Status(int n) => Rows.Statuses[n % Rows.Statuses.Length];

    private static string Above(int n) => (5000 + n % 40 * 50).ToString(CultureInfo.InvariantCulture);

    /// <summary>Spread over the whole table by a step that shares no factor with its size; the last hundred keys are left out, so that a page is full.</summary>
    private static string Key(int n) => ((n * 7919L + 13) % (BenchDatabase.Orders - 100) + 1).ToString(CultureInfo.InvariantCulture);
}
