using System.Globalization;

namespace BackendApi.Bench.Load;

/// <param name="Body">That of the n-th request.</param>
/// <param name="Status">Of the answer when all is well.</param>
/// <param name="Rows">How many one request writes.</param>
internal sealed record WriteRequest(string Method, string ContentType, Func<int, string> Body, int Status, int Rows = 1);

/// <summary>One question in the words of both servers. Requests differ in their values, so that nobody answers from memory what was asked before.</summary>
/// <param name="Floor">Path and query of the n-th request to the floor.</param>
/// <param name="Product">Path and query of the same request to the product.</param>
/// <param name="Headers">Further header lines for the product, each with its line end.</param>
internal sealed record Scenario(string Name, string Title, int Variants, Func<int, string> Floor, Func<int, string> Product, string Headers = "")
{
    /// <summary>Null for a question.</summary>
    public WriteRequest? Write { get; init; }

    public byte[] Request(ServerProcess server, int variant) => Write is null
        ? server.Request(Path(server, variant), Headers)
        : server.Request(Path(server, variant), Headers, Write.Method, Write.ContentType, Write.Body(variant));

    public int Success => Write?.Status ?? 200;

    private const string PagesOf100 = "Prefer: maxpagesize=100\r\n";

    /// <summary>Answered over and over by all connections; requests a second count.</summary>
    public static readonly IReadOnlyList<Scenario> Repeated =
    [
        new("page", "page of 100 rows of 8 columns, two filters, ordered by key", 200,
            n => $"/orders?status={Status(n)}&above={Above(n)}",
            n => $"/odata/Orders?$filter=Status%20eq%20'{Status(n)}'%20and%20Total%20gt%20{Above(n)}&$orderby=Id&$top=100"),
        new("tagged", "the first page again from a set that takes updates: an ETag of its content in each row", 200,
            n => $"/orders?status={Status(n)}&above={Above(n)}",
            n => $"/odata/TaggedOrders?$filter=Status%20eq%20'{Status(n)}'%20and%20Total%20gt%20{Above(n)}&$orderby=Id&$top=100"),
        new("key", "one row by key", 1000,
            n => $"/orders/{Key(n)}",
            n => $"/odata/Orders({Key(n)})"),
        new("items", "100 rows with their 300 children expanded", 200,
            n => $"/orders-with-items?after={Key(n)}",
            n => $"/odata/Orders?$filter=Id%20gt%20{Key(n)}&$orderby=Id&$top=100&$expand=Items"),
        new("levels", "20 rows with their 100 children and 300 grandchildren expanded", 200,
            n => $"/customers-with-orders?after={Customer(n)}",
            n => $"/odata/Customers?$filter=Id%20gt%20{Customer(n)}&$orderby=Id&$top=20&$expand=Orders($expand=Items)"),
        new("count", "the first page again with $count=true", 200,
            n => $"/list/counted?p={Status(n)}&p={Above(n)}",
            n => $"/odata/Orders?$filter=Status%20eq%20'{Status(n)}'%20and%20Total%20gt%20{Above(n)}&$orderby=Id&$top=100&$count=true"),
        new("any", "page of 100 rows with any over a child table", 200,
            n => $"/list/any?p={Key(n)}&p=10",
            n => $"/odata/Orders?$filter=Id%20gt%20{Key(n)}%20and%20Items/any(i:i/Quantity%20gt%2010)&$orderby=Id&$top=100"),
        new("search", "page of 100 rows with $search for a word", 200,
            n => $"/list/search?p={Key(n)}&p=%25{Word(n)}%25",
            n => $"/odata/Orders?$filter=Id%20gt%20{Key(n)}&$search={Word(n)}&$orderby=Id&$top=100"),
        new("group", "$apply: 1,000,000 rows grouped by two columns, exact sum and count (the floor on SQLite: its own inexact one)", 1,
            _ => "/list/groups",
            _ => "/odata/OrderArchive?$apply=groupby((Status,Currency),aggregate(Total%20with%20sum%20as%20Sum,$count%20as%20Count))&$orderby=Status,Currency"),
        new("first", "page 1 of 10,000, ordered by a column", 1,
            _ => "/list/first",
            _ => "/odata/OrderArchive?$orderby=CustomerId", PagesOf100),
    ];

    /// <summary>The same page after <paramref name="skipped"/> others: what <see cref="Measure.Follow"/> found there.</summary>
    public static Scenario Deep(int skipped, string last, string link) => new(
        "deep", $"page {skipped + 1:N0} of 10,000, ordered by a column", 1, _ => $"/list/deep?{last}", _ => link, PagesOf100);

    public static readonly Scenario First = Repeated.Single(scenario => scenario.Name == "first");

    /// <summary>Followed by one connection from next link to next link; the time until the last row counts.</summary>
    public static readonly Scenario Export = new(
        "export", "export of 100,000 rows by next links, pages of 1,000", 1, _ => "/export/orders", _ => "/odata/Orders");

    public static readonly Scenario LongExport = new(
        "memory", "export of 1,000,000 rows by next links, pages of 1,000", 1, _ => "/export/order_archive", _ => "/odata/OrderArchive");

    public string Path(ServerProcess server, int variant) => server.Name == "floor" ? Floor(variant) : Product(variant);

    /// <summary>The last hundred customers are left out: their pages would not be full.</summary>
    private static string Customer(int n) => ((n * 7919L + 13) % (BenchDatabase.Customers - 100) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A word that one row of sixteen has.</summary>
    private static string Word(int n) => (n % 4) switch { 0 => "door", 1 => "delivery", 2 => "wrap", _ => "floor" };

    private static string Status(int n) => Rows.Statuses[n % Rows.Statuses.Length];

    private static string Above(int n) => (5000 + n % 40 * 50).ToString(CultureInfo.InvariantCulture);

    /// <summary>Spread over the whole table by a step that shares no factor with its size; the last hundred keys are left out, so that a page is full.</summary>
    private static string Key(int n) => ((n * 7919L + 13) % (BenchDatabase.Orders - 100) + 1).ToString(CultureInfo.InvariantCulture);
}
