using Npgsql;

namespace BackendApi.Bench.Floor;

/// <summary>One round trip for each modification: a statement, or a driver batch, is a transaction of its own.</summary>
internal sealed class PostgreSqlWrites(string connection, bool isAudited) : Writes
{
    private const string Insert = $"INSERT INTO order_intake ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING {Questions.OrderColumns}";
    /// <summary>The same with the entry of an audit log, as the product writes it.</summary>
    private const string AuditedInsert =
        $"""
        WITH w AS ({Insert}), a AS (INSERT INTO backend_audit ({AuditColumns})
          SELECT now(), $8, 'floor', 'User', '127.0.0.1', 'Create', 'OrderIntake', id::text, 1, $9 || id || $10 || id || $11 FROM w)
        SELECT * FROM w
        """;
    private const string AuditedUpdate =
        $"""
        WITH o AS (SELECT id, status, total FROM order_intake WHERE id = $3 FOR UPDATE),
          w AS (UPDATE order_intake d SET status = $1, total = $2 FROM o WHERE d.id = o.id RETURNING d.id, o.status AS s, o.total AS t, d.status, d.total)
        INSERT INTO backend_audit ({AuditColumns})
          SELECT now(), $4, 'floor', 'User', '127.0.0.1', 'Update', 'OrderIntake', id::text, 1,
            '[' || json_build_object('key', id, 'before', json_build_object('Status', s, 'Total', t), 'after', json_build_object('Status', status, 'Total', total)) || ']' FROM w
        """;
    private const string AuditInsert =
        $"INSERT INTO backend_audit ({AuditColumns}) VALUES (now(), $1, 'floor', 'User', '127.0.0.1', 'Create', 'OrderIntake', NULL, $2, $3)";

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
        await using var command = new NpgsqlCommand(isAudited ? AuditedInsert : Insert, session);
        Add(command.Parameters, order);
        if (isAudited)
        {
            command.Parameters.Add(Value(NewRequest()));
            command.Parameters.Add(Value("[{\"key\":\""));
            command.Parameters.Add(Value($"\",\"after\":{{{Members(order)},\"Id\":"));
            command.Parameters.Add(Value("}}]"));
        }
        await using var row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await row.ReadAsync().ConfigureAwait(false);
        return PostgreSqlQuestions.Order(row);
    }

    protected override async ValueTask<bool> UpdateAsync(int id, string status, decimal total)
    {
        await using var session = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(isAudited ? AuditedUpdate : "UPDATE order_intake SET status = $1, total = $2 WHERE id = $3", session)
        {
            Parameters = { Value(status), Value(total), Value(id) },
        };
        if (isAudited)
            command.Parameters.Add(Value(NewRequest()));
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false) == 1;
    }

    protected override async ValueTask<List<Order>> InsertTogetherAsync(List<NewOrder> orders)
    {
        await using var session = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await using var transaction = isAudited ? await session.BeginTransactionAsync().ConfigureAwait(false) : null;
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
        await rows.CloseAsync().ConfigureAwait(false);
        if (transaction is null)
            return stored;
        await using var audit = new NpgsqlCommand(AuditInsert, session) { Parameters = { Value(NewRequest()), Value(orders.Count), Value(Changes(orders, stored)) } };
        await audit.ExecuteNonQueryAsync().ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
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
        // What an audit log has to say of them is known only then: it is left out here.
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
