using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>A service over tables whose rows every case may change: it begins with <see cref="ResetAsync"/>.</summary>
/// <param name="tables">In an order in which every foreign key finds its target, with the columns that are given.</param>
public abstract class WritableRows(
    TestDatabase database, IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> tables, string definitions)
    : PublishedTables(database, tables.Select(table => (table.Table, Array.Empty<object?[]>())).ToList(), definitions)
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
        Plain(JsonNode.Parse(body)!).ToJsonString().Should().Be(Plain(JsonNode.Parse(json)!).ToJsonString(), request);
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

/// <summary>A response. Addresses in it begin with <c>{root}</c>.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The status, and the body without control information.</summary>
    public Answer Is(int status, string? json = null)
    {
        Status.Should().Be(status, Body);
        if (json is not null)
            Stripped(JsonNode.Parse(Body)!).ToJsonString().Should().Be(JsonNode.Parse(json)!.ToJsonString());
        return this;
    }

    /// <summary>A refusal with one mistake, or with several in its details: code and target of each.</summary>
    public Answer IsRefused(int status, params (string Code, string? Target)[] mistakes)
    {
        Status.Should().Be(status, Body);
        var error = JsonNode.Parse(Body)!["error"]!;
        var told = error["details"]?.AsArray().Select(detail => ((string)detail!["code"]!, (string?)detail["target"])).ToArray() ?? [((string)error["code"]!, (string?)error["target"])];
        told.Should().Equal(mistakes, Body);
        return this;
    }

    /// <summary>A refusal with one mistake, in these words.</summary>
    public Answer Says(string message)
    {
        ((string)JsonNode.Parse(Body)!["error"]!["message"]!).Should().Be(message);
        return this;
    }

    public Answer Has(string header, string value)
    {
        Headers.GetValueOrDefault(header).Should().Be(value, header);
        return this;
    }

    private static JsonNode Stripped(JsonNode node)
    {
        switch (node)
        {
            case JsonObject entity:
                foreach (var name in entity.Select(member => member.Key).Where(name => name.Contains('@', StringComparison.Ordinal)).ToList())
                    entity.Remove(name);
                foreach (var member in entity.ToList())
                    if (member.Value is not null)
                        Stripped(member.Value);
                break;
            case JsonArray list:
                foreach (var item in list)
                    if (item is not null)
                        Stripped(item);
                break;
        }
        return node;
    }
}
