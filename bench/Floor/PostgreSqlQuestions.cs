using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace BackendApi.Bench.Floor;

/// <summary>
/// Npgsql with its statements prepared automatically and no round trip when a connection goes back to the pool. Both are part of the
/// connection string that bench/Load passes, so that the product's connection can be set alike.
/// </summary>
internal sealed class PostgreSqlQuestions(string connection) : Questions
{
    private const string PageText =
        $"SELECT {OrderColumns} FROM orders WHERE status = $1 AND total > $2 ORDER BY id LIMIT 100";
    private const string ByKeyText = $"SELECT {OrderColumns} FROM orders WHERE id = $1";
    private const string ParentsText = $"SELECT {OrderColumns} FROM orders WHERE id > $1 ORDER BY id LIMIT 100";
    private const string ItemsText =
        """
        SELECT i.id, i.order_id, i.sku, i.quantity, i.price
        FROM (SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT 100) o JOIN order_items i ON i.order_id = o.id
        ORDER BY i.order_id, i.id
        """;

    private const string CustomersText = "SELECT id, name, city FROM customers WHERE id > $1 ORDER BY id LIMIT 20";
    private const string OrdersOfCustomersText =
        $"""
        SELECT {OrderColumns}
        FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE id > $1 ORDER BY id LIMIT 20)
        ORDER BY customer_id, id
        """;
    private const string ItemsOfCustomersText =
        """
        SELECT i.id, i.order_id, i.sku, i.quantity, i.price
        FROM (SELECT id FROM customers WHERE id > $1 ORDER BY id LIMIT 20) c
        JOIN orders o ON o.customer_id = c.id JOIN order_items i ON i.order_id = o.id
        ORDER BY o.customer_id, i.order_id, i.id
        """;

    private static readonly IReadOnlyDictionary<string, Listing> Known = Listings.All(
        (json, row) => Rows.Object(json, Order((NpgsqlDataReader)row)),
        (json, row) => Rows.Group(json, row.GetString(0), row.GetString(1), row.GetDecimal(2), row.GetInt64(3)));

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public override async Task PageAsync(HttpContext http, string status, decimal above)
    {
        await using var session = await _source.OpenConnectionAsync(http.RequestAborted).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(PageText, session)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = status }, new NpgsqlParameter<decimal> { TypedValue = above } },
        };
        await using var rows = await command.ExecuteReaderAsync(http.RequestAborted).ConfigureAwait(false);
        var answer = new Answer(http);
        answer.StartRows("Orders");
        while (await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false))
        {
            Rows.Object(answer.Json, Order(rows));
        }
        answer.EndRows();
        answer.Complete();
    }

    public override async Task ByKeyAsync(HttpContext http, int id)
    {
        await using var session = await _source.OpenConnectionAsync(http.RequestAborted).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(ByKeyText, session) { Parameters = { new NpgsqlParameter<int> { TypedValue = id } } };
        await using var rows = await command.ExecuteReaderAsync(http.RequestAborted).ConfigureAwait(false);
        if (!await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var answer = new Answer(http);
        answer.StartEntity("Orders/$entity");
        Rows.Members(answer.Json, Order(rows));
        answer.Json.WriteEndObject();
        answer.Complete();
    }

    /// <summary>Both statements travel in one round trip; the orders, which arrive first, wait in an array for their items.</summary>
    public override async Task WithItemsAsync(HttpContext http, int after)
    {
        await using var session = await _source.OpenConnectionAsync(http.RequestAborted).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(session)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(ParentsText) { Parameters = { new NpgsqlParameter<int> { TypedValue = after } } },
                new NpgsqlBatchCommand(ItemsText) { Parameters = { new NpgsqlParameter<int> { TypedValue = after } } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(http.RequestAborted).ConfigureAwait(false);
        var orders = ArrayPool<Order>.Shared.Rent(Page);
        var count = 0;
        while (await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false))
            orders[count++] = Order(rows);
        await rows.NextResultAsync(http.RequestAborted).ConfigureAwait(false);
        var more = await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false);

        var answer = new Answer(http);
        var json = answer.Json;
        answer.StartRows("Orders(Items())");
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            Rows.Members(json, orders[i]);
            json.WriteStartArray(Rows.Items);
            for (; more && rows.GetInt32(1) == orders[i].Id; more = await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false))
                Rows.Object(json, Item(rows));
            json.WriteEndArray();
            json.WriteEndObject();
            await answer.SendWhenFull().ConfigureAwait(false);
        }
        answer.EndRows();
        answer.Complete();
        ArrayPool<Order>.Shared.Return(orders, clearArray: true);
    }

    public override async Task ExportAsync(HttpContext http, string table, int after)
    {
        await using var session = await _source.OpenConnectionAsync(http.RequestAborted).ConfigureAwait(false);
        await using var command = new NpgsqlCommand($"SELECT {OrderColumns} FROM {table} WHERE id > $1 ORDER BY id LIMIT 1001", session)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = after } },
        };
        await using var rows = await command.ExecuteReaderAsync(http.RequestAborted).ConfigureAwait(false);
        var answer = new Answer(http);
        var json = answer.Json;
        answer.StartRows("Orders");
        string? next = null;
        for (int count = 0, last = after; await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false); count++)
        {
            // The row over the page only says that there is another page.
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

    /// <summary>Three statements in one round trip; customers and orders wait for their items, which come last.</summary>
    public override async Task TwoLevelsAsync(HttpContext http, int after)
    {
        await using var session = await _source.OpenConnectionAsync(http.RequestAborted).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(session);
        foreach (var text in (string[])[CustomersText, OrdersOfCustomersText, ItemsOfCustomersText])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text) { Parameters = { new NpgsqlParameter<int> { TypedValue = after } } });
        await using var rows = await batch.ExecuteReaderAsync(http.RequestAborted).ConfigureAwait(false);
        var customers = new List<Customer>(20);
        while (await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false))
            customers.Add(new(rows.GetInt32(0), rows.GetString(1), rows.GetString(2)));
        await rows.NextResultAsync(http.RequestAborted).ConfigureAwait(false);
        var orders = new List<Order>(200);
        while (await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false))
            orders.Add(Order(rows));
        await rows.NextResultAsync(http.RequestAborted).ConfigureAwait(false);
        var more = await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false);

        var answer = new Answer(http);
        var json = answer.Json;
        answer.StartRows("Customers(Orders(Items()))");
        var next = 0;
        foreach (var customer in customers)
        {
            json.WriteStartObject();
            Rows.Members(json, customer);
            json.WriteStartArray(Rows.Orders);
            for (; next < orders.Count && orders[next].CustomerId == customer.Id; next++)
            {
                json.WriteStartObject();
                Rows.Members(json, orders[next]);
                json.WriteStartArray(Rows.Items);
                for (; more && rows.GetInt32(1) == orders[next].Id; more = await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false))
                    Rows.Object(json, Item(rows));
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

    public override async Task ListAsync(HttpContext http, string name, StringValues values)
    {
        var listing = Known[name];
        await using var session = await _source.OpenConnectionAsync(http.RequestAborted).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(session);
        foreach (var text in (string?[])[listing.Count, listing.Sql])
        {
            if (text is null)
                continue;
            var command = new NpgsqlBatchCommand(text);
            for (var i = 0; i < listing.Parameters.Count; i++)
                command.Parameters.Add(Parameter(listing.Parameters[i], values[i]!));
            batch.BatchCommands.Add(command);
        }
        await using var rows = await batch.ExecuteReaderAsync(http.RequestAborted).ConfigureAwait(false);
        long? total = null;
        if (listing.Count is not null)
        {
            await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false);
            total = rows.GetInt64(0);
            await rows.NextResultAsync(http.RequestAborted).ConfigureAwait(false);
        }
        var answer = new Answer(http);
        answer.StartRows(listing.Context, total);
        string? next = null;
        for (var count = 0; await rows.ReadAsync(http.RequestAborted).ConfigureAwait(false); count++)
        {
            if (count == Page)
            {
                next = "/next";
                break;
            }
            listing.Row(answer.Json, rows);
        }
        answer.EndRows(next);
        answer.Complete();
    }

    private static NpgsqlParameter Parameter(ListingValue kind, string text) => kind switch
    {
        ListingValue.Integer => new NpgsqlParameter<int> { TypedValue = int.Parse(text, CultureInfo.InvariantCulture) },
        ListingValue.Decimal => new NpgsqlParameter<decimal> { TypedValue = decimal.Parse(text, CultureInfo.InvariantCulture) },
        _ => new NpgsqlParameter<string> { TypedValue = text },
    };

    public static Order Order(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetDecimal(4), row.GetBoolean(5), row.GetDateTime(6),
        row.IsDBNull(7) ? null : row.GetString(7));

    private static Item Item(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), row.GetDecimal(4));
}
