using BackendApi.Access;
using BackendApi.Access.Users;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Support;
using BackendApi.Tests.Access;
using FluentAssertions;
using Microsoft.AspNetCore.Identity;
using Xunit;

namespace BackendApi.Tests.Resources;

public class OwnFacadeTests
{
    private readonly ManualClock clock = new();

    [Fact]
    public async Task Wrong_guesses_of_some_users_let_no_other_wait()
    {
        var access = new AccessSnapshot { Users = new Dictionary<string, UserEntry>(), ApiKeys = new Dictionary<Digest, ApiKeyEntry>(), SigningKeys = [] };
        var own = new OwnFacade(null!, new(clock), new NoPassword(), new(_ => Task.FromResult(access), clock));

        for (var user = 0; user < 3 * PasswordThrottle.FreeAttemptsPerAddress; user++)
            (await RefusalAsync(own, $"user{user}")).Should().Be(Errors.InvalidValue);
        for (var more = 1; more < PasswordThrottle.FreeAttemptsPerUser; more++)
            (await RefusalAsync(own, "user0")).Should().Be(Errors.InvalidValue);
        (await RefusalAsync(own, "user0")).Should().Be(Errors.TooManyRequests);
    }

    private static async Task<ErrorRow> RefusalAsync(OwnFacade own, string user)
    {
        var context = new OperationContext(new(user, CallerKind.User), null!, null!, isTrial: false, CancellationToken.None);
        return (await own.Invoking(it => it.ChangePasswordAsync(context, "guess", "another horse battery")).Should().ThrowAsync<ServiceException>()).Which.Error.Row;
    }

    private sealed class NoPassword : IPasswordHasher<UserEntry>
    {
        public string HashPassword(UserEntry user, string password) => throw new InvalidOperationException("Nothing is hashed.");

        public PasswordVerificationResult VerifyHashedPassword(UserEntry user, string hashedPassword, string providedPassword) => PasswordVerificationResult.Failed;
    }
}
