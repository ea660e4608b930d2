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
    private readonly SemaphoreSlim _writer = new(1);

    public SqliteWrites(string connection)
    {
        Sqlite.Engine.EnsureStarted();
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
            Set(_insert, 0, order);
            using var row = _insert.ExecuteReader();
            row.Read();
            var stored = SqliteQuestions.Order(row);
            // To the end: only then is it committed.
            row.Read();
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
            _update.Parameters[0].Value = status;
            _update.Parameters[1].Value = (double)total;
            _update.Parameters[2].Value = id;
            return _update.ExecuteNonQuery() == 1;
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
            _commit.ExecuteNonQuery();
            return stored;
        }
        finally
        {
            _writer.Release();
        }
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
