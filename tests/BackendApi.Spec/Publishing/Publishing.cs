using System.Net;
using System.Text;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Publishing;

/// <summary>What the tests of publishing say to a host and to its database.</summary>
internal static class Publishing
{
    public const string Configurations = "odata/DataExchangeConfigurations";

    /// <summary>Waiting longer than this is a failure, on a busy machine too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A table with a number, a unique name and a price, and one row.</summary>
    public static async Task<string> CreateTableAsync(this TestDatabase database, string prefix)
    {
        var name = $"{prefix}_{Guid.NewGuid():N}"[..24];
        var table = new TableSchema(
            new(null, name),
            [Column.Int32("id"), Column.Text("name", 40), Column.Decimal("price", 10, 2, isNullable: true)],
            PrimaryKey: ["id"], UniqueKeys: [new($"uq_{name}", ["name"])], ForeignKeys: []);
        await database.RunAsync(database.Database.Dialect.Ddl.CreateTable(table));
        await using var session = await database.Database.OpenAsync(CancellationToken.None);
        foreach (var insert in Sql.TableStatements.Insert(database.Database.Dialect, table, ["id", "name", "price"], [[1, "one", 1.5m]]))
            await session.ExecuteAsync(insert, CancellationToken.None);
        return name;
    }

    public static Task<HttpResponseMessage> PublishAsync(this BackendApiHost host, string document) =>
        host.SendAsync(HttpMethod.Post, Configurations, document);

    public static async Task<HttpResponseMessage> SendAsync(
        this BackendApiHost host, HttpMethod method, string address, string? body, string contentType = "application/json", string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        return await host.Client.SendAsync(request);
    }

    public static async Task<HttpStatusCode> StatusAsync(this BackendApiHost host, string address)
    {
        using var response = await host.Client.GetAsync(new Uri(address, UriKind.Relative));
        return response.StatusCode;
    }

    public static async Task<JsonElement> GetAsync(this BackendApiHost host, string address)
    {
        using var response = await host.Client.GetAsync(new Uri(address, UriKind.Relative));
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Target and message of every mistake.</summary>
    public static async Task<IReadOnlyList<(string Target, string Message)>> MistakesAsync(this HttpResponseMessage response) =>
        [.. (await response.JsonAsync()).GetProperty("error").GetProperty("details").EnumerateArray()
            .Select(detail => (detail.GetProperty("target").GetString()!, detail.GetProperty("message").GetString()!))];

    public static Models Models(this BackendApiHost host) => host.Services.GetRequiredService<Models>();

    /// <summary>Ends when the host serves a snapshot that satisfies the condition.</summary>
    public static async Task<ModelSnapshot> ServesAsync(this BackendApiHost host, Predicate<ModelSnapshot> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await host.Models().ObserveAsync(condition, patience.Token);
    }
}
