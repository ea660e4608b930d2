using System.Globalization;
using Microsoft.Data.Sqlite;

namespace BackendApi.Bench.Floor;

/// <summary>
/// SQLite has one writer at a time, so there is one connection, and who wants to write waits for it here: the database's own waiting sleeps. As durable
/// as the product: a log that is written ahead, and not synchronised at each commit.
/// </summary>
internal sealed class SqliteWrites : Writes, IDisposable
{
    /// <summary>Rows of one statement. The driver looks each parameter up by its name, so more are dearer.</summary>
    private const int RowsTogether = 50;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert, _insertMany, _update, _begin, _commit;
    private readonly bool _isAudited;
    /// <summary>Prepared when they are first needed: the product makes the table.</summary>
    private SqliteCommand? _audit, _find;
    private readonly SemaphoreSlim _writer = new(1);

    public SqliteWrites(string connection, bool isAudited)
    {
        Sqlite.Engine.EnsureStarted();
        _isAudited = isAudited;
        _connection = new SqliteConnection(connection);
        _connection.Open();
        foreach (var setting in (string[])["PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"])
            Prepare(setting, 0).ExecuteNonQuery();
        _insert = Prepare(Insert(1), 7);
        _insertMany = Prepare(Insert(RowsTogether), 7 * RowsTogether);
        _update = Prepare("UPDATE order_intake SET status = $1, total = $2 WHERE id = $3", 3);
        _begin = Prepare("BEGIN IMMEDIATE", 0);
        _commit = Prepare("COMMIT", 0);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _writer.Dispose();
    }

    protected override async ValueTask<Order> InsertAsync(NewOrder order)
    {
        await _writer.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isAudited)
                _begin.ExecuteNonQuery();
            Set(_insert, 0, order);
            Order stored;
            using (var row = _insert.ExecuteReader())
            {
                row.Read();
                stored = SqliteQuestions.Order(row);
                // To the end: only then is it committed.
                row.Read();
            }
            if (_isAudited)
            {
                Audit("Create", stored.Id.ToString(CultureInfo.InvariantCulture), 1, Changes([order], [stored]));
                _commit.ExecuteNonQuery();
            }
            return stored;
        }
        finally
        {
            _writer.Release();
        }
    }

    protected override async ValueTask<bool> UpdateAsync(int id, string status, decimal total)
    {
        await _writer.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = "";
            if (_isAudited)
            {
                _begin.ExecuteNonQuery();
                _find ??= Prepare("SELECT status, total FROM order_intake WHERE id = $1", 1);
                _find.Parameters[0].Value = id;
                using var row = _find.ExecuteReader();
                row.Read();
                before = string.Create(CultureInfo.InvariantCulture, $"\"Status\":\"{row.GetString(0)}\",\"Total\":{row.GetDouble(1)}");
            }
            _update.Parameters[0].Value = status;
            _update.Parameters[1].Value = (double)total;
            _update.Parameters[2].Value = id;
            var isUpdated = _update.ExecuteNonQuery() == 1;
            if (_isAudited)
            {
                Audit("Update", id.ToString(CultureInfo.InvariantCulture), 1, string.Create(CultureInfo.InvariantCulture,
                    $"[{{\"key\":\"{id}\",\"before\":{{{before}}},\"after\":{{\"Status\":\"{status}\",\"Total\":{total}}}}}]"));
                _commit.ExecuteNonQuery();
            }
            return isUpdated;
        }
        finally
        {
            _writer.Release();
        }
    }

    protected override ValueTask<List<Order>> InsertTogetherAsync(List<NewOrder> orders) => InsertAsync(orders, RowsTogether);

    protected override ValueTask<List<Order>> InsertEachAsync(List<NewOrder> orders) => InsertAsync(orders, 1);

    private async ValueTask<List<Order>> InsertAsync(List<NewOrder> orders, int together)
    {
        await _writer.WaitAsync().ConfigureAwait(false);
        try
        {
            var stored = new List<Order>(orders.Count);
            _begin.ExecuteNonQuery();
            for (var at = 0; at < orders.Count;)
            {
                var (command, count) = orders.Count - at >= together && together > 1 ? (_insertMany, together) : (_insert, 1);
                for (var i = 0; i < count; i++)
                    Set(command, i * 7, orders[at + i]);
                using var rows = command.ExecuteReader();
                while (rows.Read())
                    stored.Add(SqliteQuestions.Order(rows));
                at += count;
            }
            if (_isAudited)
                Audit("Create", null, orders.Count, Changes(orders, stored));
            _commit.ExecuteNonQuery();
            return stored;
        }
        finally
        {
            _writer.Release();
        }
    }

    private void Audit(string operation, string? key, int rows, string changes)
    {
        _audit ??= Prepare($"INSERT INTO backend_audit ({AuditColumns}) VALUES ($1, $2, 'floor', 'User', '127.0.0.1', $3, 'OrderIntake', $4, $5, $6)", 6);
        object?[] values = [DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture), NewRequest(), operation, key, rows, changes];
        for (var i = 0; i < values.Length; i++)
            _audit.Parameters[i].Value = values[i] ?? DBNull.Value;
        _audit.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, int at, in NewOrder order)
    {
        var parameters = command.Parameters;
        parameters[at].Value = order.CustomerId;
        parameters[at + 1].Value = order.Status;
        parameters[at + 2].Value = order.Currency;
        parameters[at + 3].Value = (double)order.Total;
        parameters[at + 4].Value = order.IsPaid;
        parameters[at + 5].Value = order.PlacedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        parameters[at + 6].Value = (object?)order.Note ?? DBNull.Value;
    }

    private static string Insert(int rows) =>
        $"INSERT INTO order_intake ({Columns}) VALUES {string.Join(", ", Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(row * 7 + 1, 7).Select(number => $"${number}"))})"))} RETURNING {Questions.OrderColumns}";

    private SqliteCommand Prepare(string text, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        command.Prepare();
        return command;
    }
}
