using System.Buffers;
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

    private static Order Order(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetDecimal(4), row.GetBoolean(5), row.GetDateTime(6),
        row.IsDBNull(7) ? null : row.GetString(7));

    private static Item Item(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), row.GetDecimal(4));
}
