using BackendApi.Access.Users;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Tokens;

/// <summary>Removes sign-ins that have expired, and addresses that are not familiar any more.</summary>
public sealed class GrantRetention(Database database, GrantStore grants, FamiliarAddresses addresses, TimeProvider clock, Observations observations)
    : Retention("removing old sign-ins", clock, observations)
{
    /// <summary>Longer than an access token can live: until then a revoked sign-in has to be known.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    public override async Task ForgetAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        await grants.ForgetAsync(session, Clock.GetUtcNow() - KeptFor, cancellation);
        await addresses.ForgetAsync(session, cancellation);
    }
}
