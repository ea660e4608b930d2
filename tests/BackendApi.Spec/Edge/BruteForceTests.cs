using System.Net;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Spec.Access;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Edge;

/// <summary>Guessing, from one address and from many. A trusted proxy says from where.</summary>
public sealed class BruteForceTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>, IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly string name = $"user{Guid.NewGuid():N}"[..16];
    private BackendApiHost host = null!;

    public async Task InitializeAsync()
    {
        host = await BackendApiHost.StartAsync(database, "--Service:TrustedProxies=127.0.0.1", "--Access:LockoutAttempts=8", "--Limits:AnonymousRequestsPerMinute=60");
        await host.InStoreAsync<UserStore>((users, session) => users.CreateAsync(session, new(name, Password, []), default));
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Passwords_of_one_user_from_many_addresses_lock_the_user()
    {
        for (var i = 0; i < 8; i++)
            (await TokenAsync($"198.51.100.{i}", ("username", name), ("password", $"guess {i}"))).Should().Be("400 invalid_grant");

        (await TokenAsync("203.0.113.1", ("username", name), ("password", Password))).Should().Be("400 invalid_grant");
    }

    [Fact]
    public async Task Passwords_by_HTTP_Basic_count_with_the_others()
    {
        for (var i = 0; i < 4; i++)
        {
            (await AskAsync($"198.51.100.{i}", AccessRequests.Basic(name, $"guess {i}"))).Should().Be(HttpStatusCode.Unauthorized);
            (await TokenAsync($"198.51.100.{i}", ("username", name), ("password", $"another guess {i}"))).Should().Be("400 invalid_grant");
        }

        (await AskAsync("203.0.113.1", AccessRequests.Basic(name, Password))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Codes_behind_the_right_password_lock_the_user()
    {
        var factor = await host.InStoreAsync<UserStore, SecondFactor>((users, session) => users.BeginSecondFactorAsync(session, name, default));
        var secret = AccessRequests.FromBase32(factor.Secret);
        await host.InStoreAsync<UserStore>((users, session) => users.ConfirmSecondFactorAsync(session, name, OneTimeCode.At(secret, DateTimeOffset.UtcNow), default));
        for (var i = 0; i < 8; i++)
            (await TokenAsync($"198.51.100.{i}", ("username", name), ("password", Password), ("otp", "wrong1"))).Should().Be("400 invalid_grant");

        (await TokenAsync("203.0.113.1", ("username", name), ("password", Password), ("otp", OneTimeCode.At(secret, DateTimeOffset.UtcNow.AddSeconds(30))))).Should().Be("400 invalid_grant");
    }

    [Fact]
    public async Task Users_that_share_an_address_are_slowed_together_and_others_are_not()
    {
        var slowed = 0;
        for (var i = 0; i < PasswordThrottle.FreeAttemptsPerAddress + 1; i++)
            if (await TokenAsync("198.51.100.9", ("username", $"user {i}"), ("password", "guess")) == "429 temporarily_unavailable")
                slowed++;

        slowed.Should().Be(1);
        (await TokenAsync("203.0.113.1", ("username", name), ("password", Password))).Should().Be("200 ");
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("tokens")]
    [InlineData("refresh tokens")]
    [InlineData("secrets of clients")]
    public async Task What_is_too_long_to_guess_is_not_even_tried_without_end(string guessed)
    {
        var pepper = host.Services.GetRequiredService<Pepper>();
        Func<string, int, Task<string>> guess = guessed switch
        {
            "keys" => async (address, _) => $"{(int)await AskAsync(address, $"Bearer {Secrets.ApiKey()}")} ",
            "tokens" => async (address, i) => $"{(int)await AskAsync(address, $"Bearer e30.{i}.AAAA")} ",
            "refresh tokens" => (address, _) => TokenAsync(address, ("grant_type", "refresh_token"), ("refresh_token", new RefreshToken(Guid.NewGuid(), 0).Write(pepper)[..^2] + "xx")),
            _ => (address, i) => TokenAsync(address, ("grant_type", "client_credentials"), ("client_id", "erp"), ("client_secret", $"guess {i}")),
        };
        var answers = new List<string>();
        for (var i = 0; i < 70 && !answers.Contains("429 ") && !answers.Contains("429 temporarily_unavailable"); i++)
            answers.Add(await guess("198.51.100.77", i));

        answers.Should().HaveCountGreaterThanOrEqualTo(61).And.OnlyContain(answer => answer.StartsWith("40", StringComparison.Ordinal) || answer.StartsWith("429", StringComparison.Ordinal));
        answers[^1].Should().StartWith("429");
        (await TokenAsync("203.0.113.1", ("username", name), ("password", Password))).Should().Be("200 ", "others are served");
        (await AskAsync("198.51.100.77", $"Bearer {host.ApiKey}")).Should().Be(HttpStatusCode.OK, "who has a key is served wherever guesses come from");
    }

    private async Task<string> TokenAsync(string address, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Root, "token"));
        request.Headers.Add("X-Forwarded-For", address);
        if (parameters.All(parameter => parameter.Name != "grant_type"))
            parameters = [("grant_type", "password"), .. parameters];
        request.Content = new FormUrlEncodedContent(parameters.Select(each => KeyValuePair.Create(each.Name, each.Value)));
        return await host.Anonymous.SendAsync(request).OutcomeAsync();
    }

    private async Task<HttpStatusCode> AskAsync(string address, string authorization)
    {
        using var response = await host.AskAsync(HttpMethod.Get, "odata/", ("X-Forwarded-For", address), ("Authorization", authorization));
        return response.StatusCode;
    }
}
