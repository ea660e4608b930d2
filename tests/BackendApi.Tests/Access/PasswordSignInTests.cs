using BackendApi.Access;
using BackendApi.Access.Users;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BackendApi.Tests.Access;

/// <summary>Names and passwords are told from wrong ones by nothing but the answer: the work is counted, because a clock would tell of the machine.</summary>
public sealed class PasswordSignInTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly Observations observations = new(NullLoggerFactory.Instance);
    private readonly CountingHasher hasher = new();
    private readonly SignIns record = new();
    private readonly PasswordSignIn passwords;
    private readonly AccessSnapshot access;

    public PasswordSignInTests()
    {
        passwords = new(new PasswordThrottle(clock), new CredentialCache(clock), hasher, record, observations, clock);
        access = new()
        {
            Users = new Dictionary<string, UserEntry>(StringComparer.OrdinalIgnoreCase)
            {
                ["ada"] = User("ada"),
                ["bob"] = User("bob") with { IsLocked = true },
                ["cleo"] = User("cleo") with { HasSecondFactor = true },
            },
            ApiKeys = new Dictionary<Digest, ApiKeyEntry>(),
            SigningKeys = [],
        };
    }

    public void Dispose()
    {
        passwords.Dispose();
        observations.Dispose();
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("nobody", "wrong")]
    [InlineData("nobody", "right")]
    [InlineData("bob", "wrong")]
    [InlineData("cleo", "wrong")]
    public async Task A_refusal_costs_one_hash_and_one_note_whoever_it_is(string user, string password)
    {
        (await CheckAsync(user, password)).Outcome.Should().Be(SignInOutcome.Refused);

        hasher.Verified.Should().Be(1);
        record.Notes.Should().Equal($"failed {user}");
    }

    [Fact]
    public async Task The_right_password_of_a_locked_user_is_refused() => (await CheckAsync("bob", "right")).Outcome.Should().Be(SignInOutcome.Refused);

    [Fact]
    public async Task A_right_password_is_remembered_for_a_while()
    {
        for (var i = 0; i < 3; i++)
            (await CheckAsync("ADA", "right")).User!.Caller.Name.Should().Be("ada");
        hasher.Verified.Should().Be(1);

        clock.Advance(TimeSpan.FromMinutes(5));
        (await CheckAsync("ada", "right")).Outcome.Should().Be(SignInOutcome.Accepted);
        hasher.Verified.Should().Be(2);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_its_code_checked_each_time()
    {
        (await CheckAsync("cleo", "right")).Outcome.Should().Be(SignInOutcome.CodeNeeded);
        (await CheckAsync("cleo", "right", "000000")).Outcome.Should().Be(SignInOutcome.Refused);
        (await CheckAsync("cleo", "right", "123456")).Outcome.Should().Be(SignInOutcome.Accepted);
        (await CheckAsync("cleo", "right")).Outcome.Should().Be(SignInOutcome.CodeNeeded, "no sign-in with a code is remembered");

        record.Notes.Should().Equal("CodeMissing cleo", "code 000000", "failed cleo", "code 123456", "succeeded cleo", "CodeMissing cleo");
    }

    [Fact]
    public async Task Whom_another_node_has_locked_meanwhile_is_refused()
    {
        record.Accepts = false;
        (await CheckAsync("ada", "right")).Outcome.Should().Be(SignInOutcome.Refused);
    }

    [Fact]
    public async Task What_can_be_no_name_is_noted_for_nobody()
    {
        await CheckAsync("a\0b", "x");
        await CheckAsync(new string('x', 10_000), "x");
        await CheckAsync("half \ud800", "x");

        record.Notes.Should().Equal("failed ", "failed ", "failed ");
    }

    [Fact]
    public async Task An_answer_is_shared_by_those_who_wait_for_it_and_by_nobody_later()
    {
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < 1000; i++)
                await passwords.CheckAsync(access, $"nobody {i}", "x", null, new($"10.0.{i / 250}.{i % 250}", "password", "10.0.0.1", ""), default);

        record.Notes.Should().HaveCount(2000);
    }

    [Fact]
    public async Task Guesses_are_slowed_and_then_not_even_looked_at()
    {
        for (var i = 0; i < PasswordThrottle.FreeAttemptsPerUser; i++)
            await CheckAsync("ada", $"guess {i}");

        (await CheckAsync("ada", "right")).Outcome.Should().Be(SignInOutcome.Throttled);
        hasher.Verified.Should().Be(PasswordThrottle.FreeAttemptsPerUser);
    }

    [Fact]
    public async Task A_hash_of_the_first_release_is_made_anew()
    {
        hasher.Answer = PasswordVerificationResult.SuccessRehashNeeded;
        await CheckAsync("ada", "right");

        record.Notes.Should().Equal("succeeded ada with new right");
    }

    private Task<BackendApi.Access.Users.SignInResult> CheckAsync(string user, string password, string? code = null) =>
        passwords.CheckAsync(access, user, password, code, new("10.0.0.1", "password", "10.0.0.1", ""), default).AsTask();

    private static UserEntry User(string name) => new(new Caller(name, CallerKind.User), "right", "stamp");

    /// <summary>Hashes are the passwords themselves.</summary>
    private sealed class CountingHasher : IPasswordHasher<UserEntry>
    {
        public int Verified { get; private set; }
        public PasswordVerificationResult Answer { get; set; } = PasswordVerificationResult.Success;

        public string HashPassword(UserEntry user, string password) => $"new {password}";

        public PasswordVerificationResult VerifyHashedPassword(UserEntry user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return hashedPassword == providedPassword ? Answer : PasswordVerificationResult.Failed;
        }
    }

    private sealed class SignIns : ISignInRecord
    {
        public List<string> Notes { get; } = [];
        public bool Accepts { get; set; } = true;

        public Task<bool> SucceededAsync(UserEntry user, string? rehashed, SignInAttempt attempt)
        {
            Notes.Add($"succeeded {user.Caller.Name}{(rehashed is null ? "" : $" with {rehashed}")}");
            return Task.FromResult(Accepts);
        }

        public Task FailedAsync(string user, SignInRefusal why, SignInAttempt attempt)
        {
            Notes.Add($"failed {user}");
            return Task.CompletedTask;
        }

        public Task RefusedAsync(UserEntry user, SignInRefusal why, SignInAttempt attempt)
        {
            Notes.Add($"{why} {user.Caller.Name}");
            return Task.CompletedTask;
        }

        public Task<bool> TakeCodeAsync(string user, string code)
        {
            Notes.Add($"code {code}");
            return Task.FromResult(code == "123456");
        }
    }
}
