using BackendApi.Sql;

namespace BackendApi.Access.Users;

/// <summary>Where sign-ins are counted for all nodes together, and told to the audit log. Tests have one of their own, without a database.</summary>
public interface ISignInRecord
{
    /// <inheritdoc cref="UserStore.SucceededAsync"/>
    /// <param name="rehashed">The password's hash made anew, when the stored one asks for it.</param>
    Task<bool> SucceededAsync(UserEntry user, string? rehashed, SignInAttempt attempt);

    /// <inheritdoc cref="UserStore.FailedAsync"/>
    Task FailedAsync(string user, SignInRefusal why, SignInAttempt attempt);

    /// <summary>Notes that the right password was not enough.</summary>
    Task RefusedAsync(UserEntry user, SignInRefusal why, SignInAttempt attempt);

    /// <inheritdoc cref="UserStore.TakeCodeAsync"/>
    Task<bool> TakeCodeAsync(string user, string code);
}

/// <summary>The record in the database. None of it is given up when its client leaves: a guess would not count.</summary>
public sealed class StoredSignIns(Database database, UserStore users, FamiliarAddresses addresses, SignInEntries entries) : ISignInRecord
{
    public async Task<bool> SucceededAsync(UserEntry user, string? rehashed, SignInAttempt attempt)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        await session.BeginAsync(CancellationToken.None);
        if (!await users.SucceededAsync(session, user, attempt.Network, CancellationToken.None))
        {
            await session.RollbackAsync();
            await entries.RefusedAsync(session, CallerKind.User, user.Caller.Name, SignInRefusal.Locked, attempt, CancellationToken.None);
            return false;
        }
        await entries.AcceptedAsync(session, user.Caller, attempt, user.MustChangePassword || (attempt.Grant == SignInAttempt.Session && user.HasGeneratedPassword), CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
        if (rehashed is not null)
            await users.RehashAsync(session, user, rehashed, CancellationToken.None);
        await addresses.NoteAsync(session, user.Caller.Name, attempt.Network, CancellationToken.None);
        return true;
    }

    public async Task FailedAsync(string user, SignInRefusal why, SignInAttempt attempt)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        session.Origin = entries.OriginOf(Caller.System, attempt);
        await session.BeginAsync(CancellationToken.None);
        var isKnown = await users.FailedAsync(session, user, CancellationToken.None);
        await entries.RefusedAsync(session, CallerKind.User, isKnown ? user : null, isKnown ? why : SignInRefusal.UnknownName, attempt, CancellationToken.None);
        await session.CommitAsync(CancellationToken.None);
    }

    public async Task RefusedAsync(UserEntry user, SignInRefusal why, SignInAttempt attempt)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        await entries.RefusedAsync(session, CallerKind.User, user.Caller.Name, why, attempt, CancellationToken.None);
    }

    public async Task<bool> TakeCodeAsync(string user, string code)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        return await users.TakeCodeAsync(session, user, code, CancellationToken.None);
    }
}
