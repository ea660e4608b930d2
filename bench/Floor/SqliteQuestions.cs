using System.Collections.Concurrent;
using System.Globalization;
using BackendApi.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Bench.Floor;

/// <summary>
/// Microsoft.Data.Sqlite with connections that stay open and keep their prepared commands. SQLite answers on the calling thread, so
/// nothing here is asynchronous but the sending.
/// </summary>
internal sealed class SqliteQuestions : Questions
{
    private readonly string _connection;
    private readonly ConcurrentBag<Session> _idle = [];

    public SqliteQuestions(string connection)
    {
        Engine.EnsureStarted();
        _connection = connection;
    }

    public override Task PageAsync(HttpContext http, string status, decimal above)
    {
        var session = Take();
        session.Page.Parameters[0].Value = status;
        session.Page.Parameters[1].Value = (double)above;
        using (var rows = session.Page.ExecuteReader())
        {
            var answer = new Answer(http);
            answer.StartRows("Orders");
            while (rows.Read())
            {
                Rows.Object(answer.Json, Order(rows));
            }
            answer.EndRows();
            answer.Complete();
        }
        _idle.Add(session);
        return Task.CompletedTask;
    }

    public override Task ByKeyAsync(HttpContext http, int id)
    {
        var session = Take();
        session.ByKey.Parameters[0].Value = id;
        using (var rows = session.ByKey.ExecuteReader())
        {
            if (rows.Read())
            {
                var answer = new Answer(http);
                answer.StartEntity("Orders/$entity");
                Rows.Members(answer.Json, Order(rows));
                answer.Json.WriteEndObject();
                answer.Complete();
            }
            else
                http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        _idle.Add(session);
        return Task.CompletedTask;
    }

    /// <summary>Both statements are open at once and are merged as they advance.</summary>
    public override async Task WithItemsAsync(HttpContext http, int after)
    {
        var session = Take();
        session.Parents.Parameters[0].Value = after;
        session.Items.Parameters[0].Value = after;
        using (var orders = session.Parents.ExecuteReader())
        using (var items = session.Items.ExecuteReader())
        {
            var more = items.Read();
            var answer = new Answer(http);
            var json = answer.Json;
            answer.StartRows("Orders(Items())");
            while (orders.Read())
            {
                var id = orders.GetInt32(0);
                json.WriteStartObject();
                Rows.Members(json, Order(orders));
                json.WriteStartArray(Rows.Items);
                for (; more && items.GetInt32(1) == id; more = items.Read())
                    Rows.Object(json, Item(items));
                json.WriteEndArray();
                json.WriteEndObject();
                await answer.SendWhenFull().ConfigureAwait(false);
            }
            answer.EndRows();
            answer.Complete();
        }
        _idle.Add(session);
    }

    public override async Task ExportAsync(HttpContext http, string table, int after)
    {
        var session = Take();
        var command = table == "orders" ? session.ExportOrders : session.ExportArchive;
        command.Parameters[0].Value = after;
        using (var rows = command.ExecuteReader())
        {
            var answer = new Answer(http);
            var json = answer.Json;
            answer.StartRows("Orders");
            string? next = null;
            for (int count = 0, last = after; rows.Read(); count++)
            {
                if (count == ExportPage)
                {
                    next = $"/export/{table}?$skiptoken={last}";
                    break;
                }
                last = rows.GetInt32(0);
                Rows.Object(json, Order(rows));
                await answer.SendWhenFull().ConfigureAwait(false);
            }
            answer.EndRows(next);
            answer.Complete();
        }
        _idle.Add(session);
    }

    /// <summary>All three statements are open at once and are merged as they advance.</summary>
    public override async Task TwoLevelsAsync(HttpContext http, int after)
    {
        var session = Take();
        foreach (var command in session.Levels)
            command.Parameters[0].Value = after;
        using (var customers = session.Levels[0].ExecuteReader())
        using (var orders = session.Levels[1].ExecuteReader())
        using (var items = session.Levels[2].ExecuteReader())
        {
            var (moreOrders, moreItems) = (orders.Read(), items.Read());
            var answer = new Answer(http);
            var json = answer.Json;
            answer.StartRows("Customers(Orders(Items()))");
            while (customers.Read())
            {
                var customer = new Customer(customers.GetInt32(0), customers.GetString(1), customers.GetString(2));
                json.WriteStartObject();
                Rows.Members(json, customer);
                json.WriteStartArray(Rows.Orders);
                for (; moreOrders && orders.GetInt32(1) == customer.Id; moreOrders = orders.Read())
                {
                    var id = orders.GetInt32(0);
                    json.WriteStartObject();
                    Rows.Members(json, Order(orders));
                    json.WriteStartArray(Rows.Items);
                    for (; moreItems && items.GetInt32(1) == id; moreItems = items.Read())
                        Rows.Object(json, Item(items));
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
                await answer.SendWhenFull().ConfigureAwait(false);
            }
            answer.EndRows();
            answer.Complete();
        }
        _idle.Add(session);
    }

    public override Task ListAsync(HttpContext http, string name, StringValues values)
    {
        var session = Take();
        var (listing, command, count) = session.Listings[name];
        for (var i = 0; i < listing.Parameters.Count; i++)
        {
            var value = Value(listing.Parameters[i], values[i]!);
            command.Parameters[i].Value = value;
            if (count is not null)
                count.Parameters[i].Value = value;
        }
        var total = count is null ? (long?)null : (long)count.ExecuteScalar()!;
        using (var rows = command.ExecuteReader())
        {
            var answer = new Answer(http);
            answer.StartRows(listing.Context, total);
            string? next = null;
            for (var read = 0; rows.Read(); read++)
            {
                if (read == Page)
                {
                    next = "/next";
                    break;
                }
                listing.Row(answer.Json, rows);
            }
            answer.EndRows(next);
            answer.Complete();
        }
        _idle.Add(session);
        return Task.CompletedTask;
    }

    private static object Value(ListingValue kind, string text) => kind switch
    {
        ListingValue.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        ListingValue.Decimal => double.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };

    private static readonly IReadOnlyDictionary<string, Listing> Known = Listings.All(
        (json, row) => Rows.Object(json, Order((SqliteDataReader)row)),
        // The sum of doubles has digits behind those that the rows have, and not always all of those.
        (json, row) => Rows.Group(json, row.GetString(0), row.GetString(1), decimal.Round((decimal)row.GetDouble(2), 2) + 0.00m, row.GetInt64(3)));

    private Session Take() => _idle.TryTake(out var session) ? session : new Session(_connection);

    /// <summary>The driver's GetDecimal and GetDateTime go through texts and general parsers; here the formats are known.</summary>
    public static Order Order(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), (decimal)row.GetDouble(4), row.GetBoolean(5), Instant(row.GetString(6)),
        row.IsDBNull(7) ? null : row.GetString(7));

    private static Item Item(SqliteDataReader row) =>
        new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), (decimal)row.GetDouble(4));

    /// <summary>Reads <c>yyyy-MM-dd HH:mm:ss</c> and what may follow it.</summary>
    private static DateTime Instant(string text) => new(
        Pair(text, 0) * 100 + Pair(text, 2), Pair(text, 5), Pair(text, 8), Pair(text, 11), Pair(text, 14), Pair(text, 17), DateTimeKind.Utc);

    private static int Pair(string text, int at) => (text[at] - '0') * 10 + text[at + 1] - '0';

    /// <summary>One connection with one prepared command for each question.</summary>
    private sealed class Session : IDisposable
    {
        private readonly SqliteConnection _connection;

        public SqliteCommand Page { get; }
        public SqliteCommand ByKey { get; }
        public SqliteCommand Parents { get; }
        public SqliteCommand Items { get; }
        public SqliteCommand ExportOrders { get; }
        public SqliteCommand ExportArchive { get; }

        /// <summary>Customers, their orders, their items.</summary>
        public IReadOnlyList<SqliteCommand> Levels { get; }
        public IReadOnlyDictionary<string, (Listing Listing, SqliteCommand Rows, SqliteCommand? Count)> Listings { get; }

        public Session(string connection)
        {
            _connection = new SqliteConnection(connection);
            _connection.Open();
            Page = Prepare(
                $"SELECT {OrderColumns} FROM orders WHERE status = $1 AND total > $2 ORDER BY id LIMIT 100", SqliteType.Text, SqliteType.Real);
            ByKey = Prepare($"SELECT {OrderColumns} FROM orders WHERE id = $1", SqliteType.Integer);
            Parents = Prepare($"SELECT {OrderColumns} FROM orders WHERE id > $1 ORDER BY id LIMIT 100", SqliteType.Integer);
            Items = Prepare(
                """
                SELECT i.id, i.order_id, i.sku, i.quantity, i.price
                FROM (SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT 100) o JOIN order_items i ON i.order_id = o.id
                ORDER BY i.order_id, i.id
                """, SqliteType.Integer);
            ExportOrders = Prepare($"SELECT {OrderColumns} FROM orders WHERE id > $1 ORDER BY id LIMIT 1001", SqliteType.Integer);
            ExportArchive = Prepare($"SELECT {OrderColumns} FROM order_archive WHERE id > $1 ORDER BY id LIMIT 1001", SqliteType.Integer);
            const string Customers = "SELECT id, name, city FROM customers WHERE id > $1 ORDER BY id LIMIT 20";
            Levels =
            [
                Prepare(Customers, SqliteType.Integer),
                Prepare(
                    $"""
                    SELECT o.id, o.customer_id, o.status, o.currency, o.total, o.is_paid, o.placed_at, o.note
                    FROM ({Customers}) c JOIN orders o ON o.customer_id = c.id ORDER BY o.customer_id, o.id
                    """, SqliteType.Integer),
                Prepare(
                    $"""
                    SELECT i.id, i.order_id, i.sku, i.quantity, i.price
                    FROM ({Customers}) c JOIN orders o ON o.customer_id = c.id JOIN order_items i ON i.order_id = o.id ORDER BY o.customer_id, i.order_id, i.id
                    """, SqliteType.Integer),
            ];
            Listings = Known.ToDictionary(known => known.Key, known => (known.Value, Prepare(known.Value), known.Value.Count is { } count ? Prepare(known.Value with { Sql = count }) : null));
        }

        public void Dispose() => _connection.Dispose();

        private SqliteCommand Prepare(Listing listing) => Prepare(
            listing.Sql,
            [.. listing.Parameters.Select(kind => kind switch { ListingValue.Integer => SqliteType.Integer, ListingValue.Decimal => SqliteType.Real, _ => SqliteType.Text })]);

        private SqliteCommand Prepare(string text, params ReadOnlySpan<SqliteType> types)
        {
            var command = _connection.CreateCommand();
            command.CommandText = text;
            for (var i = 0; i < types.Length; i++)
                command.Parameters.Add($"${i + 1}", types[i]);
            command.Prepare();
            return command;
        }
    }
}
