using System.Globalization;
using BackendApi.Sqlite;
using Microsoft.Data.Sqlite;

namespace BackendApi.Bench.Load;

internal sealed class SqliteBench : BenchDatabase
{
    private readonly string _folder;

    public SqliteBench(string folder)
    {
        Engine.EnsureStarted();
        _folder = folder;
        ConnectionString = $"Data Source={Path.Combine(folder, "bench.db")}";
    }

    public override string Provider => "Sqlite";
    public override string ConnectionString { get; }

    public override async Task<string> VersionAsync()
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        return $"SQLite {connection.ServerVersion}, Microsoft.Data.Sqlite {typeof(SqliteConnection).Assembly.GetName().Version!.ToString(3)}";
    }

    public override async Task CreateAsync()
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; DROP TABLE IF EXISTS customers; DROP TABLE IF EXISTS order_items; DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS order_archive; DROP TABLE IF EXISTS order_intake");
        foreach (var table in (string[])["orders", "order_archive", "order_intake"])
            Run(connection,
                $"""
                CREATE TABLE {table} (
                    id integer PRIMARY KEY NOT NULL, customer_id integer NOT NULL, status varchar(16) NOT NULL, currency varchar(3) NOT NULL,
                    total decimal(12,2) NOT NULL, is_paid boolean NOT NULL, placed_at datetime NOT NULL, note varchar(100))
                """);
        Run(connection,
            """
            CREATE TABLE order_items (
                id integer PRIMARY KEY NOT NULL, order_id integer NOT NULL REFERENCES orders (id), sku varchar(32) NOT NULL, quantity integer NOT NULL,
                price decimal(12,2) NOT NULL)
            """);
        Run(connection, "CREATE TABLE customers (id integer PRIMARY KEY NOT NULL, name varchar(64) NOT NULL, city varchar(32) NOT NULL)");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            using (var customers = Insert(connection, "customers", 3))
                foreach (var customer in Rows.Customers())
                    Run(customers, customer.Id, customer.Name, customer.City);
            InsertOrders(connection, "orders", Orders);
            InsertOrders(connection, "order_archive", Archive);
            InsertOrders(connection, "order_intake", Intake);
            using var insert = Insert(connection, "order_items", 5);
            foreach (var item in Rows.Items())
                Run(insert, item.Id, item.OrderId, item.Sku, item.Quantity, (double)item.Price);
            await transaction.CommitAsync();
        }
        Run(connection, "CREATE INDEX order_items_order_id ON order_items (order_id, id)");
        Run(connection, "CREATE INDEX orders_customer_id ON orders (customer_id, id)");
        Run(connection, "CREATE INDEX order_archive_customer_id ON order_archive (customer_id, id)");
        Run(connection, "ANALYZE");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    private static void InsertOrders(SqliteConnection connection, string table, int count)
    {
        using var insert = Insert(connection, table, 8);
        foreach (var order in Rows.Orders(count))
            Run(insert, order.Id, order.CustomerId, order.Status, order.Currency, (double)order.Total, order.IsPaid ? 1 : 0,
                order.PlacedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), order.Note);
    }

    private static SqliteCommand Insert(SqliteConnection connection, string table, int columns)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Range(1, columns).Select(i => $"$p{i}"))})";
        for (var i = 1; i <= columns; i++)
            command.Parameters.AddWithValue($"$p{i}", DBNull.Value);
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
