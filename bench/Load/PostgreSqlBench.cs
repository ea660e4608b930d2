using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace BackendApi.Bench.Load;

internal sealed class PostgreSqlBench : BenchDatabase
{
    private readonly NpgsqlDataSource _source;

    /// <param name="connection">A database of the user's; its tables <c>customers</c>, <c>orders</c>, <c>order_items</c> and <c>order_archive</c> are replaced.</param>
    public PostgreSqlBench(string connection)
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(connection)
        {
            MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, NoResetOnClose = true, MinPoolSize = 1, MaxPoolSize = 20,
        }.ConnectionString;
        _source = NpgsqlDataSource.Create(connection);
    }

    public override string Provider => "PostgreSql";
    public override string ConnectionString { get; }

    public override async Task<string> VersionAsync()
    {
        await using var command = _source.CreateCommand("SHOW server_version");
        return $"PostgreSQL {await command.ExecuteScalarAsync()}, Npgsql {typeof(NpgsqlConnection).Assembly.GetName().Version!.ToString(3)}";
    }

    public override async Task CreateAsync()
    {
        await RunAsync("DROP TABLE IF EXISTS customers, order_items, orders, order_archive");
        foreach (var table in (string[])["orders", "order_archive"])
            await RunAsync(
                $"""
                CREATE TABLE {table} (
                    id integer PRIMARY KEY, customer_id integer NOT NULL, status varchar(16) NOT NULL, currency varchar(3) NOT NULL,
                    total numeric(12,2) NOT NULL, is_paid boolean NOT NULL, placed_at timestamptz NOT NULL, note varchar(100))
                """);
        await RunAsync(
            """
            CREATE TABLE order_items (
                id integer PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, sku varchar(32) NOT NULL, quantity integer NOT NULL,
                price numeric(12,2) NOT NULL)
            """);
        await RunAsync("CREATE TABLE customers (id integer PRIMARY KEY, name varchar(64) NOT NULL, city varchar(32) NOT NULL)");
        await using (var connection = await _source.OpenConnectionAsync())
        await using (var copy = await connection.BeginBinaryImportAsync("COPY customers FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var customer in Rows.Customers())
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(customer.Id);
                await copy.WriteAsync(customer.Name, NpgsqlDbType.Varchar);
                await copy.WriteAsync(customer.City, NpgsqlDbType.Varchar);
            }
            await copy.CompleteAsync();
        }
        await CopyOrdersAsync("orders", Orders);
        await CopyOrdersAsync("order_archive", Archive);
        await using (var connection = await _source.OpenConnectionAsync())
        await using (var copy = await connection.BeginBinaryImportAsync("COPY order_items FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var item in Rows.Items())
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(item.Id);
                await copy.WriteAsync(item.OrderId);
                await copy.WriteAsync(item.Sku, NpgsqlDbType.Varchar);
                await copy.WriteAsync(item.Quantity);
                await copy.WriteAsync(item.Price);
            }
            await copy.CompleteAsync();
        }
        await RunAsync("CREATE INDEX order_items_order_id ON order_items (order_id, id)");
        await RunAsync("CREATE INDEX orders_customer_id ON orders (customer_id, id)");
        await RunAsync("CREATE INDEX order_archive_customer_id ON order_archive (customer_id, id)");
        await RunAsync("VACUUM (ANALYZE, FREEZE) customers, orders, order_items, order_archive");
        await RunAsync("CHECKPOINT");
    }

    /// <summary>The postmaster and all of its children, when they are processes of this machine.</summary>
    public override TimeSpan? Cpu()
    {
        if (!OperatingSystem.IsLinux() || new NpgsqlConnectionStringBuilder(ConnectionString).Host is not ("127.0.0.1" or "localhost"))
            return null;
        using var connection = _source.OpenConnection();
        using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        // A server behind a forwarded port numbers its processes without regard to ours.
        if (ProcessStat.Read((int)command.ExecuteScalar()!) is not { Program: "postgres", Parent: var postmaster })
            return null;
        var ticks = 0L;
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcessStat.Read(pid) is { } stat && (pid == postmaster || stat.Parent == postmaster))
                ticks += stat.Ticks;
        return TimeSpan.FromSeconds(ticks / 100.0);
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task CopyOrdersAsync(string table, int count)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT BINARY)");
        foreach (var order in Rows.Orders(count))
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(order.Id);
            await copy.WriteAsync(order.CustomerId);
            await copy.WriteAsync(order.Status, NpgsqlDbType.Varchar);
            await copy.WriteAsync(order.Currency, NpgsqlDbType.Varchar);
            await copy.WriteAsync(order.Total);
            await copy.WriteAsync(order.IsPaid);
            await copy.WriteAsync(order.PlacedAt);
            if (order.Note is null)
                await copy.WriteNullAsync();
            else
                await copy.WriteAsync(order.Note, NpgsqlDbType.Varchar);
        }
        await copy.CompleteAsync();
    }

    private async Task RunAsync(string text)
    {
        await using var command = _source.CreateCommand(text);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
