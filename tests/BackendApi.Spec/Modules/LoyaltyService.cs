using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Samples.Loyalty;
using BackendApi.Spec.Writing;
using BackendApi.Sql;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Modules;

/// <summary>The module of the samples, in an assembly of its own, beside customers that a stored definition publishes: Ada has 1,200 points, Bert 50.</summary>
public abstract class LoyaltyService(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Customer = new(
        new(null, "customer"), [Column("id", ValueKind.Int32), Column("name", ValueKind.String, maxLength: 40), Column("country", ValueKind.String, maxLength: 2, isNullable: true)], ["id"], [], []);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables =
        [(Customer, ["id", "name", "country"], [[1, "Ada", "DE"], [2, "Bert", "FR"], [3, "Carla", null]])];

    private const string Definitions =
        """
        [
          { "alias": "customers", "table": "customer", "allow": { "create": true, "update": true, "delete": true },
            "relations": [
              { "name": "Accounts", "target": "loyalty-accounts", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "customer_id" } ] },
              { "name": "Tiers", "target": "tiers", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "PatronId" } ] },
              { "name": "Account", "target": "loyalty-accounts", "multiplicity": "one", "isEditable": true, "on": [ { "column": "id", "targetColumn": "customer_id" } ] } ] }
        ]
        """;

    protected override void Add(IServiceCollection services) => services.AddModule<LoyaltyModule>().AddModule<TierModule>().AddModule<PriceModule>();

    /// <summary>The second page of a request, where a page has one entity.</summary>
    public async Task Continues(string request, string json) => await Shows((await NextLink(request, pageSize: 1))![Root.Length..], json);

    public new async Task ResetAsync()
    {
        await base.ResetAsync();
        if (Database.ConnectionString.Length == 0)
            return;
        var dialect = Database.Database.Dialect;
        await using var session = await Database.Database.OpenAsync(default);
        await session.ExecuteAsync(dialect.Delete(LoyaltyModule.Booking, []), default);
        await session.ExecuteAsync(dialect.Delete(LoyaltyModule.Account, []), default);
        foreach (var statement in dialect.Insert(LoyaltyModule.Account, ["customer_id", "points", "nickname"], [[1, 1200, "Countess"], [2, 50, null]]))
            await session.ExecuteAsync(statement, default);
    }
}

public sealed class SqliteLoyaltyService() : LoyaltyService(new SqliteTestDatabase());

public sealed class PostgreSqlLoyaltyService() : LoyaltyService(new PostgreSqlTestDatabase());

public sealed class SqlServerLoyaltyService() : LoyaltyService(new SqlServerTestDatabase());
