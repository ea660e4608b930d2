using System.Net;
using System.Text;
using BackendApi.Access;
using BackendApi.Access.Users;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BackendApi.Spec.Access;

/// <summary>A hash takes a tenth of a second: nobody else waits for the database meanwhile.</summary>
public abstract class PasswordHashCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private readonly string name = $"ada{Guid.NewGuid():N}"[..12];
    private readonly ProbingHasher hasher = new();
    private BackendApiHost host = null!;

    public async Task InitializeAsync() =>
        host = await BackendApiHost.StartAsync(database, services => services.AddModule<AccessModule>().AddSingleton<IPasswordHasher<UserEntry>>(hasher));

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_password_is_hashed_while_others_write()
    {
        var before = hasher.Count;
        (await PostAsync("Users", $$"""{"Name":"{{name}}"}""")).Should().Be(HttpStatusCode.Created);
        hasher.Count.Should().Be(before, "a user without a password needs no hash");
        hasher.Probe = WriteAsync;

        (await PostAsync($"Users('{name}')/ResetPassword", """{"password":"correct horse battery","mustChange":false}""")).Should().Be(HttpStatusCode.NoContent);
        hasher.Probe = null;
        var token = await host.SignInAsync(name, "correct horse battery").TextAsync("access_token");
        hasher.Probe = WriteAsync;
        (await PostAsync("ChangePassword", """{"currentPassword":"correct horse battery","newPassword":"another horse battery"}""", token)).Should().Be(HttpStatusCode.NoContent);

        hasher.Count.Should().Be(before + 2);
        hasher.Waited.Should().Be(0);
    }

    [DatabaseFact]
    public async Task Nobody_signs_in_without_a_password()
    {
        await PostAsync("Users", $$"""{"Name":"{{name}}"}""");

        foreach (var guess in (string[])["", "\0", "AA==", UserPasswordHasher.Iterations.ToString(System.Globalization.CultureInfo.InvariantCulture)])
            (await host.SignInAsync(name, guess).OutcomeAsync()).Should().StartWith("4");
    }

    /// <summary>Another connection changes the row of the user.</summary>
    private async Task WriteAsync()
    {
        await using var session = await host.Services.GetRequiredService<Database>().OpenAsync(default);
        await session.BeginAsync(default);
        await session.ExecuteAsync(host.Services.GetRequiredService<Dialect>().Update(AccessTables.Users, [("display_name", "seen")], [("name", name)]), default);
        await session.CommitAsync(default);
    }

    private async Task<HttpStatusCode> PostAsync(string address, string body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Root, "odata/" + address)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token ?? host.ApiKey}");
        using var response = await host.Anonymous.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Writes to the database by another connection before it hashes, and gives up when that has to wait.</summary>
    private sealed class ProbingHasher : IPasswordHasher<UserEntry>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
        private readonly UserPasswordHasher hasher = new();

        public Func<Task>? Probe { get; set; }
        public int Count { get; private set; }
        public int Waited { get; private set; }

        public string HashPassword(UserEntry user, string password)
        {
            Count++;
            if (Probe is not null)
                Waited += Task.Run(Probe).Wait(Patience) ? 0 : 1;
            return hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(UserEntry user, string hashedPassword, string providedPassword) => hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

public sealed class PasswordHashesOnSqlite(SqliteTestDatabase database) : PasswordHashCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class PasswordHashesOnPostgreSql(PostgreSqlTestDatabase database) : PasswordHashCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class PasswordHashesOnSqlServer(SqlServerTestDatabase database) : PasswordHashCases<SqlServerTestDatabase>(database);
