using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>
/// A service over tables that can be written. Every case begins with <see cref="ResetAsync"/>, and may then do with the rows what it likes.
/// </summary>
/// <param name="tables">In an order in which every foreign key finds its target, with the columns that are given.</param>
public abstract class WritableRows(TestDatabase database, IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> tables, string definitions, params string[] settings)
    : PublishedTables(database, tables.Select(table => (table.Table, Array.Empty<object?[]>())).ToList(), definitions, settings)
{
    /// <summary>The rows as they were at first, with the same keys.</summary>
    public async Task ResetAsync()
    {
        // Skipped cases have no database.
        if (Database.ConnectionString.Length == 0)
            return;
        var dialect = Database.Database.Dialect;
        await using var session = await Database.Database.OpenAsync(default);
        await session.BeginAsync(default);
        foreach (var (table, _, _) in tables.Reverse())
            await session.ExecuteAsync(dialect.Delete(table, []), default);
        foreach (var (table, columns, rows) in tables)
        {
            await RestartNumbersAsync(session, table);
            foreach (var statement in dialect.Insert(table, columns, rows))
                await session.ExecuteAsync(statement, default);
        }
        await session.CommitAsync(default);
    }

    /// <summary>Everything that is stored, as text.</summary>
    public async Task<string> RowsAsync()
    {
        var lines = new List<string>();
        await using var session = await Database.Database.OpenAsync(default);
        foreach (var (table, _, _) in tables)
        {
            await using var command = session.Connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table.Name.Name}";
            await using var rows = await command.ExecuteReaderAsync();
            var values = new object[rows.FieldCount];
            while (await rows.ReadAsync())
            {
                rows.GetValues(values);
                lines.Add($"{table.Name.Name}: {string.Join('|', values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)))}");
            }
        }
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    /// <summary>Sends a body of JSON; null sends none.</summary>
    public async Task<Answer> Write(string method, string request, string? body = null, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new StringContent(body.Replace("{root}", Root, StringComparison.Ordinal), Encoding.UTF8);
        if (content is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        using var response = content is null ? await Send(new HttpMethod(method), request, headers) : await Send(new HttpMethod(method), request, content, headers);
        return new(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value).Replace(Root, "{root}", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase),
            (await response.Content.ReadAsStringAsync()).Replace(Root, "{root}", StringComparison.Ordinal));
    }

    /// <summary>What a GET shows, without control information.</summary>
    public async Task Shows(string request, string json)
    {
        var (status, _, body) = await Get(request, ("Accept", "application/json;odata.metadata=none"));
        ((int)status).Should().Be(200, body);
        Answer.Ordered(Plain(JsonNode.Parse(body)!)).Should().Be(Answer.Ordered(Plain(JsonNode.Parse(json)!)), request);
    }

    private async Task RestartNumbersAsync(Session session, TableSchema table)
    {
        if (!table.Columns[0].IsIdentity)
            return;
        var restart = Database.Database.Dialect.Name switch
        {
            "Sqlite" => $"DELETE FROM sqlite_sequence WHERE name = '{table.Name.Name}'",
            "PostgreSql" => $"ALTER TABLE {table.Name.Name} ALTER COLUMN id RESTART WITH 1",
            _ => $"DBCC CHECKIDENT ('{table.Name.Name}', RESEED, 0)",
        };
        await session.ExecuteAsync(new(restart, []), default);
    }

    private static JsonNode Plain(JsonNode node) => node is JsonObject { } page && page["value"] is { } value ? value : node;

    protected static ColumnSchema Column(string name, ValueKind kind, int? maxLength = null, int? precision = null, int? scale = null, bool isNullable = false) =>
        new(name, new(kind, "", maxLength, precision, scale), isNullable);
}
