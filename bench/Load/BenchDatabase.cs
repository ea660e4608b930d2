namespace BackendApi.Bench.Load;

/// <summary>The database under the servers: 20,000 customers, 100,000 orders, their 300,000 items, an archive of 1,000,000 orders, the same in every run; and an intake that begins with 10,000 orders and grows.</summary>
internal abstract class BenchDatabase : IAsyncDisposable
{
    public const int Customers = 20_000, Orders = 100_000, Archive = 1_000_000, Intake = 10_000;

    /// <summary>As <c>Database:Provider</c> names it.</summary>
    public abstract string Provider { get; }
    /// <summary>For both servers alike.</summary>
    public abstract string ConnectionString { get; }
    public abstract Task<string> VersionAsync();

    /// <summary>Creates and fills the tables; what an earlier run left is replaced.</summary>
    public abstract Task CreateAsync();

    /// <summary>CPU time of the database's own processes; null when it works inside the server's process or cannot be seen from here.</summary>
    public virtual TimeSpan? Cpu() => null;

    public abstract ValueTask DisposeAsync();
}

internal sealed record CustomerRow(int Id, string Name, string City);

internal sealed record OrderRow(int Id, int CustomerId, string Status, string Currency, decimal Total, bool IsPaid, DateTime PlacedAt, string? Note);

internal sealed record ItemRow(int Id, int OrderId, string Sku, int Quantity, decimal Price);

/// <summary>Rows from a fixed seed. Texts are plain ASCII, so that no encoder's taste in escapes counts.</summary>
internal static class Rows
{
    public static readonly string[] Statuses = ["new", "paid", "shipped", "delivered", "returned"];
    private static readonly string[] Currencies = ["EUR", "CHF", "USD"];
    private static readonly string[] Notes = ["leave at the door", "call before delivery", "gift wrap please", "second floor"];

    private static readonly string[] Cities = ["Berlin", "Vienna", "Zurich", "Hamburg", "Graz"];

    public static IEnumerable<CustomerRow> Customers()
    {
        var random = new Random(20_240_303);
        for (var id = 1; id <= BenchDatabase.Customers; id++)
            yield return new CustomerRow(id, $"Customer {random.Next(1_000_000):D6}", Cities[random.Next(Cities.Length)]);
    }

    public static IEnumerable<OrderRow> Orders(int count)
    {
        var random = new Random(20_240_301);
        var start = new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var id = 1; id <= count; id++)
            yield return new OrderRow(
                id, random.Next(1, 20_000), Statuses[random.Next(Statuses.Length)], Currencies[random.Next(Currencies.Length)],
                // The last digit is never 0: a database that keeps the value as a double shows the same digits as one that keeps the scale.
                random.Next(100, 99_999) / 10m + random.Next(1, 10) / 100m, random.Next(2) == 0,
                start.AddSeconds(random.Next(90_000_000)), random.Next(4) == 0 ? null : Notes[random.Next(Notes.Length)]);
    }

    /// <summary>Three for each order.</summary>
    public static IEnumerable<ItemRow> Items()
    {
        var random = new Random(20_240_302);
        for (var id = 1; id <= BenchDatabase.Orders * 3; id++)
            yield return new ItemRow(
                id, (id - 1) / 3 + 1, $"SKU-{random.Next(1, 5_000):D6}", random.Next(1, 12), random.Next(10, 9_999) / 10m + random.Next(1, 10) / 100m);
    }
}
