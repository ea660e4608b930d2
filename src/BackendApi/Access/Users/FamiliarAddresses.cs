using System.Data.Common;
using BackendApi.Access.Keys;
using BackendApi.Sql;

namespace BackendApi.Access.Users;

/// <summary>
/// From where users have signed in lately, as keyed hashes. A lock that wrong passwords brought about does not hold there: so no stranger who knows a name can lock its user out.
/// </summary>
public sealed class FamiliarAddresses(Dialect dialect, Pepper pepper, TimeProvider clock)
{
    /// <summary>How long an address stays familiar without another sign-in from there.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(90);

    /// <summary>Notes a sign-in.</summary>
    public async Task NoteAsync(Session session, string user, string address, CancellationToken cancellation)
    {
        var hash = pepper.Hash(address).ToString();
        if (await session.ExecuteAsync(dialect.Update(AccessTables.UserAddresses, [("seen_at", clock.GetUtcNow())], [("user_name", user), ("address", hash)]), cancellation) > 0)
            return;
        try
        {
            await session.InsertAsync(dialect, AccessTables.UserAddresses, ["user_name", "address", "seen_at"], [user, hash, clock.GetUtcNow()], cancellation);
        }
        catch (DbException raced) when (dialect.Classify(raced) is Failure.UniqueViolation or Failure.ForeignKeyViolation)
        {
            // Another sign-in has noted it, or the user was deleted.
        }
    }

    /// <summary>Removes those that are not familiar any more.</summary>
    public async Task ForgetAsync(Session session, CancellationToken cancellation)
    {
        var seen = AccessTables.UserAddresses.Column("seen_at")!;
        SqlParameter limit = new(seen.Type, clock.GetUtcNow() - RememberedFor);
        await session.ExecuteAsync(dialect.Compose($"DELETE FROM {AccessTables.UserAddresses} WHERE {seen} < {limit}"), cancellation);
    }
}
