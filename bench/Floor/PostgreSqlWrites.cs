using Npgsql;

namespace BackendApi.Bench.Floor;

/// <summary>One round trip for each modification: a statement, or a driver batch, is a transaction of its own.</summary>
internal sealed class PostgreSqlWrites(string connection) : Writes
{
    private const string Insert = $"INSERT INTO order_intake ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING {Questions.OrderColumns}";
    private const string InsertMany =
        $"""
        INSERT INTO order_intake ({Columns})
        SELECT v.a, v.b, v.c, v.d, v.e, v.f, v.g FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY v (a, b, c, d, e, f, g, ord) ORDER BY v.ord
        RETURNING {Questions.OrderColumns}
        """;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    protected override async ValueTask<Order> InsertAsync(NewOrder order)
    {
        await using var session = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(Insert, session);
        Add(command.Parameters, order);
        await using var row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await row.ReadAsync().ConfigureAwait(false);
        return PostgreSqlQuestions.Order(row);
    }

    protected override async ValueTask<bool> UpdateAsync(int id, string status, decimal total)
    {
        await using var session = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand("UPDATE order_intake SET status = $1, total = $2 WHERE id = $3", session)
        {
            Parameters = { Value(status), Value(total), Value(id) },
        };
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false) == 1;
    }

    protected override async ValueTask<List<Order>> InsertTogetherAsync(List<NewOrder> orders)
    {
        await using var session = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(InsertMany, session)
        {
            Parameters =
            {
                Column(orders, order => order.CustomerId), Column(orders, order => order.Status), Column(orders, order => order.Currency), Column(orders, order => order.Total),
                Column(orders, order => order.IsPaid), Column(orders, order => order.PlacedAt), Column(orders, order => order.Note),
            },
        };
        var stored = new List<Order>(orders.Count);
        await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await rows.ReadAsync().ConfigureAwait(false))
            stored.Add(PostgreSqlQuestions.Order(rows));
        return stored;
    }

    protected override async ValueTask<List<Order>> InsertEachAsync(List<NewOrder> orders)
    {
        await using var session = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(session);
        foreach (var order in orders)
        {
            var command = new NpgsqlBatchCommand(Insert);
            Add(command.Parameters, order);
            batch.BatchCommands.Add(command);
        }
        var stored = new List<Order>(orders.Count);
        await using var rows = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        do
        {
            await rows.ReadAsync().ConfigureAwait(false);
            stored.Add(PostgreSqlQuestions.Order(rows));
        }
        while (await rows.NextResultAsync().ConfigureAwait(false));
        return stored;
    }

    private static void Add(NpgsqlParameterCollection parameters, in NewOrder order)
    {
        parameters.Add(Value(order.CustomerId));
        parameters.Add(Value(order.Status));
        parameters.Add(Value(order.Currency));
        parameters.Add(Value(order.Total));
        parameters.Add(Value(order.IsPaid));
        parameters.Add(Value(order.PlacedAt));
        parameters.Add(Value(order.Note));
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<T[]> Column<T>(List<NewOrder> orders, Func<NewOrder, T> of)
    {
        var values = new T[orders.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = of(orders[i]);
        return new() { TypedValue = values };
    }
}
