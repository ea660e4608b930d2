using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Spec.Access;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Configurations;

/// <summary>Makers and their goods, of which the makers are published; the service has its users and roles as it has them in the product.</summary>
public sealed class ConfigurationShop<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private static readonly TableSchema Makers = new(
        new(null, "maker"), [Column.Int32("id"), Column.Text("name", 40), Column.Text("mail", 80, isNullable: true)], PrimaryKey: ["id"], UniqueKeys: [new("uq_maker", ["name"])], ForeignKeys: []);

    private static readonly TableSchema Goods = new(
        new(null, "sales_good"),
        [Column.Int32("id"), Column.Int32("maker_id"), Column.Decimal("price", 10, 2, isNullable: true), Column.Binary("picture", isNullable: true), Column.Int32("version")],
        PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: [new("fk_good_maker", ["maker_id"], Makers.Name, ["id"])]);

    public TDatabase Database { get; } = new();
    public BackendApiHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        if (Database.ConnectionString.Length == 0)
            return;
        var ddl = Database.Database.Dialect.Ddl;
        await Database.RunAsync(ddl.CreateTable(Makers));
        await Database.RunAsync(ddl.CreateTable(Goods));
        await Database.RunAsync("CREATE VIEW expensive AS SELECT id, price FROM sales_good WHERE price > 5");
        await Database.RunAsync("INSERT INTO maker (id, name, mail) VALUES (1, 'Ada', 'ada@example.com'), (2, 'Bert', NULL)");
        await Database.RunAsync("INSERT INTO sales_good (id, maker_id, price, version) VALUES (1, 1, 9.5, 1), (2, 1, 2, 1), (3, 2, 7, 1)");
        Host = await BackendApiHost.StartAsync(Database, services => services.AddModule<AccessModule>());
        (await SendAsync("POST", "DataExchangeConfigurations", """{"alias":"makers","table":"maker"}""")).Should().StartWith("201 ");
    }

    public async Task DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        await Database.DisposeAsync();
    }

    public Task<string> GetAsync(string address, string? key = null) => SendAsync("GET", address, null, key);

    /// <summary>Status and body without control information.</summary>
    public async Task<string> SendAsync(string method, string address, string? body, string? key = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(Host.Root, "odata/" + address));
        request.Headers.TryAddWithoutValidation("Accept", "application/json;odata.metadata=none");
        request.Headers.TryAddWithoutValidation("X-Api-Key", key ?? Host.ApiKey);
        if (prefer is not null)
            request.Headers.TryAddWithoutValidation("Prefer", prefer);
        if (body is not null)
            request.Content = new StringContent(body, null, "application/json");
        using var response = await Host.Anonymous.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
