using System.Net;
using System.Security.Cryptography;
using System.Text;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>A database that release 0.3 has worked with.</summary>
public abstract class AccessUpgradeCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    private const string Key = "bapi_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    [DatabaseFact]
    public async Task Whoever_could_call_before_still_can_and_may_do_everything()
    {
        var dialect = database.Database.Dialect;
        var first = AccessTables.Area with { Versions = [AccessTables.Area.Versions[0]] };
        await new ProductTables(database.Database, [first], TimeProvider.System, NullLogger<ProductTables>.Instance).UpgradeAsync(default);
        var salt = "salt of the user"u8.ToArray();
        var hash = Rfc2898DeriveBytes.Pbkdf2("old password", salt, 1000, HashAlgorithmName.SHA256, 32);
        await InsertAsync(AccessTables.Users, ["name", "password_hash", "created_at", "changed_at"],
            ["Ada", $"pbkdf2-sha256$1000${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch]);
        await InsertAsync(((TableChange.Create)AccessTables.Area.Versions[0][1]).Table, ["name", "hash", "last_characters", "created_at", "created_by"],
            ["excel", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key))), Key[^4..], DateTimeOffset.UnixEpoch, "system"]);

        await using var host = await BackendApiHost.StartAsync(database);

        (await host.StatusAsync("Bearer", Key)).Should().Be(HttpStatusCode.OK);
        (await host.SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('none')", $"Bearer {Key}")).StatusCode.Should().Be(HttpStatusCode.NotFound, "it may try");
        var token = await host.SignInAsync("Ada", "old password").TextAsync("access_token");
        (await host.SendAsync(HttpMethod.Delete, "odata/DataExchangeConfigurations('none')", $"Bearer {token}")).StatusCode.Should().Be(HttpStatusCode.NotFound, "it may try");
        (await host.SignInAsync("admin", BackendApiHost.AdminPassword).OutcomeAsync()).Should().Be("400 invalid_grant", "there was a user");
        var keys = await host.InStoreAsync<ApiKeyStore, IReadOnlyList<ApiKeyInfo>>((store, session) => store.ListAsync(session, default));
        keys.Single(key => key.Name == "excel").LastCharacters.Should().Equal("DEFG");

        // The password is hashed anew, and the sign-in of before stays.
        await using var second = await BackendApiHost.StartAsync(database);
        (await second.StatusAsync("Bearer", token)).Should().Be(HttpStatusCode.OK);
        (await second.SignInAsync("ada", "old password").OutcomeAsync()).Should().Be("200 ");
        await using var session = await database.Database.OpenAsync(default);
        await using var rows = await session.ReadAsync(dialect.Select(AccessTables.Users, ["password_hash"], [("name", "ada")]), default);
        (await rows.ReadAsync()).Should().BeTrue();
        rows.GetString(0).Should().StartWith("AQAAAAI");

        async Task InsertAsync(Model.TableSchema table, string[] columns, object?[] row)
        {
            await using var inserting = await database.Database.OpenAsync(default);
            foreach (var statement in dialect.Insert(table, columns, [row]))
                await inserting.ExecuteAsync(statement, default);
        }
    }
}

public sealed class AccessUpgradeOnSqlite(SqliteTestDatabase database) : AccessUpgradeCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class AccessUpgradeOnPostgreSql(PostgreSqlTestDatabase database) : AccessUpgradeCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class AccessUpgradeOnSqlServer(SqlServerTestDatabase database) : AccessUpgradeCases<SqlServerTestDatabase>(database);
