using BackendApi.Access;
using BackendApi.Access.Users;
using BackendApi.Sql;
using BackendApi.Sql.Audit;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Tokens;

/// <summary>A user signs in with a form: <c>username</c>, <c>password</c>, and where it is asked for <c>otp</c> and <c>new_password</c>.</summary>
internal sealed class PasswordGrant(Database database, AccessDirectory directory, PasswordSignIn passwords, PasswordRules rules, UserStore users, SignInEntries entries)
{
    private static readonly OAuthError WrongPassword = OAuthError.Grant("The user name, the password or the code is wrong, or the user is locked.");

    /// <summary>The user, with the new password where one is given; or why there is none.</summary>
    /// <param name="grant">See <see cref="SignInAttempt"/>. In a browser the password that was generated has to be changed.</param>
    public async Task<(UserEntry? User, OAuthError? Error)> SignInAsync(HttpContext context, OAuthForm form, string grant)
    {
        if (form["username"] is not { } name || form["password"] is not { } password)
            return (null, OAuthError.Request("The password grant needs the parameters username and password."));
        var newPassword = form["new_password"];
        if (newPassword is not null && MistakeOf(name, password, newPassword) is { } mistake)
            return (null, OAuthError.Request(mistake));

        // By what is stored by now, on whatever node: a check of a password is dear enough, and nobody who was just made or locked meets what was.
        var access = await directory.NewerAsync(context.RequestAborted);
        var attempt = SignInAttempt.Of(context, grant);
        var result = await passwords.CheckAsync(access, name, password, form["otp"], attempt, context.RequestAborted);
        if (result.Outcome == SignInOutcome.Throttled)
            return (null, new(OAuthCode.Throttled, Authenticator.Throttled(context, result.Wait).Error.Message));
        if (result.Outcome == SignInOutcome.CodeNeeded)
            return (null, new(OAuthCode.CodeNeeded, "The user has a second factor: send a code of the authenticator app, or a recovery code, as the parameter otp."));
        if (result.User is not { } user)
            return (null, WrongPassword);
        if (newPassword is not null)
            return await ChangePasswordAsync(user, newPassword, attempt, context.RequestAborted) is { } changed ? (changed, null) : (null, WrongPassword);
        return user.MustChangePassword || (grant == SignInAttempt.Session && user.HasGeneratedPassword)
            ? (null, new(OAuthCode.PasswordChangeNeeded, "The user has to choose another password: send it as the parameter new_password."))
            : (user, null);
    }

    private string? MistakeOf(string name, string password, string newPassword)
    {
        if (newPassword == password)
            return "The new password is the old one.";
        try
        {
            rules.Check(name, newPassword);
            return null;
        }
        catch (ServiceException broken)
        {
            return broken.Error.Message;
        }
    }

    /// <summary>The user with the new password; null when somebody gave them another one meanwhile, or locked or removed them.</summary>
    private async Task<UserEntry?> ChangePasswordAsync(UserEntry user, string newPassword, SignInAttempt attempt, CancellationToken cancellation)
    {
        var hash = users.Hash(user.Caller.Name, newPassword);
        await using (var session = await database.OpenAsync(cancellation))
        {
            session.Origin = entries.OriginOf(user.Caller, attempt);
            await session.BeginAsync(cancellation);
            await session.AuditAsync(database.Dialect, AccessTables.UsersSet, "ChangePassword", AuditStatements.KeyOf(user.Caller.Name), cancellation, json => json.WriteString("newPassword", AuditJson.Masked));
            if (!await users.ReplacePasswordAsync(session, user, hash, cancellation))
                return null;
            await session.CommitAsync(cancellation);
        }
        return (await directory.NewerAsync(cancellation)).Users.GetValueOrDefault(user.Caller.Name) is { IsLocked: false } changed ? changed : null;
    }
}
