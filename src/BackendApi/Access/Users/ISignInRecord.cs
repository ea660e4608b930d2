using BackendApi.Sql;

namespace BackendApi.Access.Users;

/// <summary>Where sign-ins are counted for all nodes together. Tests have one of their own, without a database.</summary>
public interface ISignInRecord
{
    /// <inheritdoc cref="UserStore.SucceededAsync"/>
    Task<bool> SucceededAsync(UserEntry user, string? rehashed, string address);

    /// <inheritdoc cref="UserStore.FailedAsync"/>
    Task FailedAsync(string user, string address);

    /// <inheritdoc cref="UserStore.TakeCodeAsync"/>
    Task<bool> TakeCodeAsync(string user, string code);
}

/// <summary>The record in the database.</summary>
public sealed class StoredSignIns(Database database, UserStore users, FamiliarAddresses addresses, Auditing auditing) : ISignInRecord
{
    // None is given up when its client leaves: a guess would not count.
    public async Task<bool> SucceededAsync(UserEntry user, string? rehashed, string address)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        if (!await users.SucceededAsync(session, user, rehashed, address, CancellationToken.None))
            return false;
        await addresses.NoteAsync(session, user.Caller.Name, address, CancellationToken.None);
        return true;
    }

    public async Task FailedAsync(string user, string address)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        session.Origin = auditing.OriginOf(Caller.System) with { Address = address };
        await users.FailedAsync(session, user, CancellationToken.None);
    }

    public async Task<bool> TakeCodeAsync(string user, string code)
    {
        await using var session = await database.OpenAsync(CancellationToken.None);
        return await users.TakeCodeAsync(session, user, code, CancellationToken.None);
    }
}
