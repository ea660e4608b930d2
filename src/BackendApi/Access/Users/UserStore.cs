using System.Globalization;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Sql;
using BackendApi.Sql.Audit;
using BackendApi.Support;
using Microsoft.AspNetCore.Identity;

namespace BackendApi.Access.Users;

/// <param name="Password">Null for none yet: nobody signs in until there is one.</param>
/// <param name="MustChangePassword">At the next sign-in.</param>
/// <param name="HasGeneratedPassword">At the next sign-in of a browser: programs go on with it.</param>
public sealed record NewUser(
    string Name, string? Password, IReadOnlyCollection<string> Roles, string? DisplayName = null, string? Email = null, bool MustChangePassword = false, bool HasGeneratedPassword = false);

/// <summary>A password that keeps the rules, hashed.</summary>
public readonly record struct PasswordHash(string Text);

/// <summary>What an authenticator app has to know. Shown once.</summary>
/// <param name="Secret">In base 32, to be typed.</param>
/// <param name="Address">To be shown as a QR code.</param>
public sealed record SecondFactor(string Secret, string Address);

/// <summary>
/// Keeps users, and checks what signs them in. A change is seen by every node within two seconds. Each method does its work in the session that it
/// is given, in its transaction or in one of its own.
/// </summary>
public sealed class UserStore(Dialect dialect, IPasswordHasher<UserEntry> hasher, PasswordRules rules, Pepper pepper, AccessSettings settings, TimeProvider clock)
{
    private const int RecoveryCodeCount = 10;

    public async Task<bool> AnyAsync(Session session, CancellationToken cancellation) =>
        await session.AnyAsync(dialect, AccessTables.Users, [], cancellation);

    /// <param name="isChecked">False takes a password that breaks the rules: one from the settings of whoever runs the service.</param>
    /// <exception cref="ServiceException">
    /// <see cref="Errors.Conflict"/>: there is such a user; <see cref="Errors.InvalidValue"/>: name or password cannot be taken; <see cref="Errors.ReferenceNotFound"/>: there is no such role.
    /// </exception>
    public async Task CreateAsync(Session session, NewUser user, CancellationToken cancellation, bool isChecked = true)
    {
        var name = Names.OfUser(user.Name);
        if (isChecked && user.Password is not null)
            rules.Check(name, user.Password);
        var hash = user.Password is null ? UserPasswordHasher.OfNoPassword : hasher.HashPassword(UserEntry.Nobody, user.Password);
        await session.ChangeAsync(dialect, async () =>
        {
            if (await session.AnyAsync(dialect, AccessTables.Users, [("name", name)], cancellation))
                throw new ServiceException(Errors.Conflict, $"There is a user '{name}'.", "name");
            var now = clock.GetUtcNow();
            await session.InsertAsync(dialect, AccessTables.Users,
                ["name", "password_hash", "created_at", "changed_at", "display_name", "email", "stamp", "failed_attempts", "must_change_password", "has_generated_password", "totp_step"],
                [name, hash, now, now, Bounded(user.DisplayName, "displayName"), Bounded(user.Email, "email"), Secrets.Stamp(), 0, user.MustChangePassword, user.HasGeneratedPassword, 0L], cancellation);
            await RoleStore.SetAsync(session, dialect, AccessTables.UserRoles, name, user.Roles, cancellation);
        }, cancellation);
    }

    public Task UpdateAsync(Session session, string name, string? displayName, string? email, CancellationToken cancellation) =>
        ChangeAsync(session, name, [("display_name", Bounded(displayName, "displayName")), ("email", Bounded(email, "email"))], cancellation);

    /// <summary>Gives the user exactly these roles.</summary>
    public Task SetRolesAsync(Session session, string name, IReadOnlyCollection<string> roles, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            name = await FindAsync(session, name, cancellation);
            await RoleStore.SetAsync(session, dialect, AccessTables.UserRoles, name, roles, cancellation);
            await Administration.CheckAsync(session, dialect, cancellation);
        }, cancellation);

    /// <summary>Gives the user exactly these claims, which row filters can name.</summary>
    public Task SetClaimsAsync(Session session, string name, IReadOnlyDictionary<string, string> claims, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            name = await FindAsync(session, name, cancellation);
            var had = new List<string>();
            await foreach (var row in session.RowsAsync(dialect, AccessTables.UserClaims, ["claim"], [("user_name", name)], cancellation))
                had.Add(row.GetString(0));
            foreach (var claim in had.Except(claims.Keys, StringComparer.Ordinal))
                await session.ExecuteAsync(dialect.Delete(AccessTables.UserClaims, [("user_name", name), ("claim", claim)]), cancellation);
            foreach (var (claim, text) in claims)
            {
                if (MistakeOfClaim(claim) is { } mistake)
                    throw new ServiceException(Errors.InvalidValue, mistake, "claims");
                var value = Bounded(text, "claims") ?? "";
                if (had.Contains(claim))
                    await session.ExecuteAsync(dialect.Update(AccessTables.UserClaims, [("value", value)], [("user_name", name), ("claim", claim)]), cancellation);
                else
                    await session.InsertAsync(dialect, AccessTables.UserClaims, ["user_name", "claim", "value"], [name, claim, value], cancellation);
            }
        }, cancellation);

    /// <summary>What keeps a text from being the name of a claim; null when it can be one.</summary>
    internal static string? MistakeOfClaim(string claim) =>
        claim.Length is 0 or > 64 || !(char.IsAsciiLetter(claim[0]) || claim[0] == '_') || !claim.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            ? "A claim is named by at most 64 letters, digits and underscores, and does not begin with a digit."
            : claim == Caller.NameInFilters ? "@name stands for the caller's own name: no claim is called so."
            : null;

    /// <summary>A password of the user as it is stored. Takes a tenth of a second, for which no transaction should be open.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.InvalidValue"/>: it breaks a rule.</exception>
    public PasswordHash Hash(string name, string password)
    {
        rules.Check(Names.OfUser(name), password);
        return new(hasher.HashPassword(UserEntry.Nobody, password));
    }

    public Task SetPasswordAsync(Session session, string name, string password, bool mustChange, CancellationToken cancellation) =>
        SetPasswordAsync(session, name, Hash(name, password), mustChange, cancellation);

    /// <summary>Also ends every token of the user, and unlocks one who was locked by wrong passwords.</summary>
    /// <param name="mustChange">The user has to choose another one at the next sign-in.</param>
    public Task SetPasswordAsync(Session session, string name, PasswordHash password, bool mustChange, CancellationToken cancellation) => ChangeAsync(session, name,
        [
            ("password_hash", password.Text), ("stamp", Secrets.Stamp()), ("must_change_password", mustChange), ("has_generated_password", false), ("failed_attempts", 0), ("locked_until", null),
        ], cancellation);

    /// <summary>
    /// The same by the user themself, whose old password was checked a moment ago. False when they have another one by now, or were locked or removed: who has just been shut out does not
    /// come in again by it.
    /// </summary>
    /// <param name="known">As they were when it was checked.</param>
    public Task<bool> ReplacePasswordAsync(Session session, UserEntry known, PasswordHash password, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            if (!await IsStillAsync(session, known, cancellation))
                return false;
            await SetPasswordAsync(session, known.Caller.Name, password, mustChange: false, cancellation);
            return true;
        }, cancellation);

    /// <summary>What was issued to the user is void, but for the API keys.</summary>
    public Task EndTokensAsync(Session session, string name, CancellationToken cancellation) => ChangeAsync(session, name, [("stamp", Secrets.Stamp())], cancellation);

    /// <summary>Nobody can sign in under the name, and what was issued for it is void, until it is unlocked.</summary>
    public Task LockAsync(Session session, string name, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            var now = clock.GetUtcNow();
            await ChangeAsync(session, name, [("locked_at", now), ("stamp", Secrets.Stamp())], cancellation);
            await Administration.CheckAsync(session, dialect, cancellation);
        }, cancellation);

    /// <summary>Ends a lock, also one that came from wrong passwords.</summary>
    public Task UnlockAsync(Session session, string name, CancellationToken cancellation) =>
        ChangeAsync(session, name, [("locked_at", null), ("locked_until", null), ("failed_attempts", 0)], cancellation);

    /// <summary>Takes the user's API keys with it.</summary>
    public Task DeleteAsync(Session session, string name, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            name = await FindAsync(session, name, cancellation);
            var owned = new List<string>();
            await foreach (var row in session.RowsAsync(dialect, AccessTables.ApiKeys, ["name"], [("owner_name", name)], cancellation))
                owned.Add(row.GetString(0));
            foreach (var key in owned)
                await ApiKeyStore.DeleteAsync(session, dialect, key, cancellation);
            foreach (var table in new[] { AccessTables.UserRoles, AccessTables.UserClaims, AccessTables.RecoveryCodes, AccessTables.UserAddresses, AccessTables.Grants })
                await session.ExecuteAsync(dialect.Delete(table, [("user_name", name)]), cancellation);
            await session.ExecuteAsync(dialect.Delete(AccessTables.Users, [("name", name)]), cancellation);
            await Administration.CheckAsync(session, dialect, cancellation);
        }, cancellation);

    /// <summary>A new secret for the user's authenticator app. It counts when <see cref="ConfirmSecondFactorAsync"/> has seen a code of it.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.Conflict"/>: there is one already.</exception>
    public Task<SecondFactor> BeginSecondFactorAsync(Session session, string name, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            name = await FindAsync(session, name, cancellation);
            if ((await ReadSecretAsync(session, name, cancellation)).IsConfirmed)
                throw new ServiceException(Errors.Conflict, "The user has a second factor. Remove it first.");
            var secret = OneTimeCode.NewSecret();
            await session.ExecuteAsync(dialect.Update(AccessTables.Users, [("totp_secret", pepper.Encrypt(secret, name))], [("name", name)]), cancellation);
            return new SecondFactor(OneTimeCode.ToBase32(secret), OneTimeCode.ToUri("BackendApi", name, secret));
        }, cancellation);

    /// <summary>From now on a sign-in takes a code. Ends every token of the user. Returns recovery codes, which are shown only now.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.InvalidValue"/>: the code is not one of the secret that was begun with.</exception>
    public Task<IReadOnlyList<string>> ConfirmSecondFactorAsync(Session session, string name, string code, CancellationToken cancellation) =>
        session.ChangeAsync<IReadOnlyList<string>>(dialect, async () =>
        {
            name = await FindAsync(session, name, cancellation);
            var (secret, isConfirmed) = await ReadSecretAsync(session, name, cancellation);
            if (secret is null || isConfirmed || OneTimeCode.StepOf(code, secret, clock.GetUtcNow()) is not { } step)
                throw new ServiceException(Errors.InvalidValue, "The code is not one that the authenticator app shows now.", "code");
            await session.ExecuteAsync(dialect.Update(AccessTables.Users,
                [("two_factor_since", clock.GetUtcNow()), ("totp_step", step), ("stamp", Secrets.Stamp())], [("name", name)]), cancellation);
            var codes = Enumerable.Range(0, RecoveryCodeCount).Select(_ => Secrets.RecoveryCode()).ToList();
            await session.ExecuteAsync(dialect.Delete(AccessTables.RecoveryCodes, [("user_name", name)]), cancellation);
            foreach (var each in codes)
                await session.InsertAsync(dialect, AccessTables.RecoveryCodes, ["user_name", "hash"], [name, pepper.Hash(each).ToString()], cancellation);
            return codes;
        }, cancellation);

    public Task RemoveSecondFactorAsync(Session session, string name, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            name = await FindAsync(session, name, cancellation);
            await session.ExecuteAsync(dialect.Delete(AccessTables.RecoveryCodes, [("user_name", name)]), cancellation);
            await ChangeAsync(session, name, [("totp_secret", null), ("two_factor_since", null), ("stamp", Secrets.Stamp())], cancellation);
        }, cancellation);

    /// <summary>
    /// Takes a code of the authenticator app, or a recovery code, once: whoever overheard it is too late. Not a change of who may call: no other node has to know.
    /// </summary>
    public async Task<bool> TakeCodeAsync(Session session, string name, string code, CancellationToken cancellation)
    {
        var (secret, isConfirmed) = await ReadSecretAsync(session, name, cancellation);
        if (!isConfirmed)
            return false;
        if (secret is not null && OneTimeCode.StepOf(code, secret, clock.GetUtcNow()) is { } step)
        {
            var (column, key) = (AccessTables.Users.Column("totp_step")!, AccessTables.Users.Column("name")!);
            SqlParameter now = new(column.Type, step), user = new(key.Type, name);
            return await session.ExecuteAsync(dialect.Compose($"UPDATE {AccessTables.Users} SET {column} = {now} WHERE {key} = {user} AND {column} < {now}"), cancellation) > 0;
        }
        return await session.ExecuteAsync(dialect.Delete(AccessTables.RecoveryCodes, [("user_name", name), ("hash", pepper.Hash(code).ToString())]), cancellation) > 0;
    }

    /// <summary>
    /// Counts a wrong password or code, and locks the user for a while when it was one too many. For a name that no user has it does the same work and
    /// changes nothing. Part of a transaction.
    /// </summary>
    /// <returns>There is such a user.</returns>
    public async Task<bool> FailedAsync(Session session, string name, CancellationToken cancellation)
    {
        var users = AccessTables.Users;
        var (key, failed, until) = (users.Column("name")!, users.Column("failed_attempts")!, users.Column("locked_until")!);
        SqlParameter user = new(key.Type, name), most = new(failed.Type, settings.LockoutAttempts == 0 ? int.MaxValue : settings.LockoutAttempts);
        SqlParameter end = new(until.Type, clock.GetUtcNow() + TimeSpan.FromMinutes(settings.LockoutMinutes));
        var isKnown = await session.ExecuteAsync(dialect.Compose($"UPDATE {users} SET {failed} = {failed} + 1 WHERE {key} = {user}"), cancellation) > 0;
        // A lock begins a new count, so that it does not begin again with the first wrong password after it.
        if (await session.ExecuteAsync(dialect.Compose($"UPDATE {users} SET {until} = {end}, {failed} = 0 WHERE {key} = {user} AND {failed} >= {most}"), cancellation) > 0)
            await session.AuditAsync(dialect, AccessTables.UsersSet, "LockedOut", AuditStatements.KeyOf(name), cancellation, json =>
            {
                json.WritePropertyName("LockedUntil");
                AuditJson.Write(json, end.Value);
            });
        return isKnown;
    }

    /// <summary>
    /// Notes a sign-in with the right credentials. False when the user was locked meanwhile, or has another password by now: what was checked is what
    /// was known a moment ago.
    /// </summary>
    /// <param name="address">From where. A lock that wrong passwords brought about does not hold where the user has signed in before, and goes on everywhere else.</param>
    public async Task<bool> SucceededAsync(Session session, UserEntry user, string address, CancellationToken cancellation)
    {
        var users = AccessTables.Users;
        var (key, hash, at, failed) = (users.Column("name")!, users.Column("password_hash")!, users.Column("last_sign_in_at")!, users.Column("failed_attempts")!);
        var (lockedAt, lockedUntil, stamp) = (users.Column("locked_at")!, users.Column("locked_until")!, users.Column("stamp")!);
        SqlParameter name = new(key.Type, user.Caller.Name), now = new(at.Type, clock.GetUtcNow());
        SqlParameter known = new(hash.Type, user.PasswordHash), same = new(stamp.Type, user.Stamp);
        var (owner, origin) = (AccessTables.UserAddresses.Column("user_name")!, AccessTables.UserAddresses.Column("address")!);
        SqlParameter here = new(origin.Type, pepper.Hash(address).ToString());
        return await session.ExecuteAsync(dialect.Compose(
            $"""
            UPDATE {users} SET {at} = {now}, {failed} = 0, {lockedUntil} = CASE WHEN {lockedUntil} > {now} THEN {lockedUntil} END
            WHERE {key} = {name} AND ({stamp} = {same} OR ({stamp} IS NULL AND {hash} = {known})) AND {lockedAt} IS NULL
            AND ({lockedUntil} IS NULL OR {lockedUntil} <= {now} OR EXISTS (SELECT 1 FROM {AccessTables.UserAddresses} WHERE {owner} = {name} AND {origin} = {here}))
            """), cancellation) > 0;
    }

    /// <summary>Stores another hash of the same password. The stamp is written too: in rows of release 0.3 it follows from the hash that is replaced here.</summary>
    public Task RehashAsync(Session session, UserEntry user, string hash, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () => await session.ExecuteAsync(
            dialect.Update(AccessTables.Users, [("password_hash", hash), ("stamp", user.Stamp)], [("name", user.Caller.Name), ("password_hash", user.PasswordHash)]), cancellation), cancellation);

    private async Task<bool> IsStillAsync(Session session, UserEntry known, CancellationToken cancellation)
    {
        await foreach (var row in session.RowsAsync(dialect, AccessTables.Users, ["password_hash", "stamp", "locked_at"], [("name", known.Caller.Name)], cancellation))
            return row.IsDBNull(2) && (row.TextOrNull(1) ?? UserEntry.StampOf(row.GetString(0))) == known.Stamp;
        return false;
    }

    private async Task<(byte[]? Secret, bool IsConfirmed)> ReadSecretAsync(Session session, string name, CancellationToken cancellation)
    {
        await foreach (var row in session.RowsAsync(dialect, AccessTables.Users, ["totp_secret", "two_factor_since"], [("name", name)], cancellation))
            return (row.TextOrNull(0) is { } text ? pepper.Decrypt(text, name) : null, !row.IsDBNull(1));
        return default;
    }

    private Task ChangeAsync(Session session, string name, IReadOnlyList<(string Column, object? Value)> values, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            name = await FindAsync(session, name, cancellation);
            await session.ExecuteAsync(dialect.Update(AccessTables.Users, [.. values, ("changed_at", clock.GetUtcNow())], [("name", name)]), cancellation);
        }, cancellation);

    /// <summary>The name as it is stored.</summary>
    private async Task<string> FindAsync(Session session, string name, CancellationToken cancellation)
    {
        var stored = name.ToLowerInvariant();
        return await session.AnyAsync(dialect, AccessTables.Users, [("name", stored)], cancellation)
            ? stored
            : throw new ServiceException(Errors.EntityNotFound, $"There is no user '{name}'.");
    }

    private static string? Bounded(string? text, string target)
    {
        var kept = text.Trimmed();
        if (kept is { Length: > 256 })
            throw new ServiceException(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At most 256 characters are taken, not {kept.Length}."), target);
        return kept is null || !kept.Any(char.IsControl) ? kept : throw new ServiceException(Errors.InvalidValue, "Control characters are not taken.", target);
    }
}
