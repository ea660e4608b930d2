using System.ComponentModel;
using System.Globalization;
using BackendApi.Access;
using BackendApi.Access.Users;
using BackendApi.Support;
using Microsoft.AspNetCore.Identity;

namespace BackendApi.Resources.Access;

[Description("What an authenticator app has to know, as text and as the content of a QR code.")]
public sealed record SecondFactorSecret(string Secret, string Address);

/// <summary>What callers do with what is their own.</summary>
public sealed class OwnFacade(UserStore users, PasswordThrottle throttle, IPasswordHasher<UserEntry> hasher, AccessDirectory directory)
{
    [Description("What the caller may do with each entity set.")]
    public async Task<IReadOnlyList<EffectivePermission>> MyPermissionsAsync(OperationContext context) =>
        EffectivePermission.Of(context.Caller, await directory.CurrentAsync(context.Cancellation));

    [Description("Chooses another password and ends every token of the user.")]
    public async Task ChangePasswordAsync(OperationContext context, [Secret] string currentPassword, [Secret] string newPassword, [Secret, Description("Of the second factor, where the user has one.")] string? code = null)
    {
        var name = Require(context);
        Slow(name);
        var user = (await directory.CurrentAsync(context.Cancellation)).Users.GetValueOrDefault(name) ?? UserEntry.Nobody;
        if (currentPassword.Length > PasswordRules.MaxLength || hasher.VerifyHashedPassword(user, user.PasswordHash, currentPassword) == PasswordVerificationResult.Failed)
            throw WrongPassword();
        var hash = users.Hash(name, newPassword);
        await context.BeginAsync();
        if (user.HasSecondFactor && (code is null || !await users.TakeCodeAsync(context.Session, name, code, context.Cancellation)))
            throw new ServiceException(Errors.InvalidValue, "The code of the second factor is missing, wrong or used already.", "code");
        throttle.Succeeded(name, PlaceOf(name));
        if (!await users.ReplacePasswordAsync(context.Session, user, hash, context.Cancellation))
            throw WrongPassword();
    }

    [Description("A new secret for an authenticator app. It counts when ConfirmSecondFactor has seen a code of it.")]
    [return: Secret]
    public async Task<SecondFactorSecret> BeginSecondFactorAsync(OperationContext context)
    {
        var factor = await users.BeginSecondFactorAsync(context.Session, Require(context), context.Cancellation);
        return new(factor.Secret, factor.Address);
    }

    [Description("From now on a sign-in takes a code. Returns recovery codes, which are shown only now.")]
    [return: Secret]
    public async Task<IReadOnlyList<string>> ConfirmSecondFactorAsync(OperationContext context, [Secret] string code) =>
        await users.ConfirmSecondFactorAsync(context.Session, Require(context), code, context.Cancellation);

    [Description("A sign-in takes no code any more. Needs one, so that a session which somebody left open is not enough. Ends every token of the user.")]
    public async Task EndSecondFactorAsync(OperationContext context, [Secret, Description("Of the authenticator app, or a recovery code.")] string code)
    {
        var name = Require(context);
        Slow(name);
        if (!await users.TakeCodeAsync(context.Session, name, code, context.Cancellation))
            throw new ServiceException(Errors.InvalidValue, "The code of the second factor is wrong or used already.", "code");
        throttle.Succeeded(name, PlaceOf(name));
        await users.RemoveSecondFactorAsync(context.Session, name, context.Cancellation);
    }

    [Description("Ends every session and token of the user, on every device. API keys stay good.")]
    public Task SignOutEverywhereAsync(OperationContext context) => users.EndTokensAsync(context.Session, Require(context), context.Cancellation);

    private static ServiceException WrongPassword() => new(Errors.InvalidValue, "The current password is wrong.", "currentPassword");

    /// <summary>Guesses with a stolen token are slowed like any others. What the database counts would be rolled back with the refusal.</summary>
    private void Slow(string name)
    {
        if (throttle.Begin(name, PlaceOf(name)) is { } wait)
            throw new ServiceException(Errors.TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"Too many wrong passwords. Try again in {Math.Ceiling(wait.TotalSeconds)} s.")) { RetryAfter = wait };
    }

    /// <summary>Stands for the address that guesses are counted by: one for each user, so that nobody waits for the guesses of others.</summary>
    private static string PlaceOf(string name) => "what is the own of " + name;

    private static string Require(OperationContext context) => context.Caller switch
    {
        { Kind: not CallerKind.User } => throw new ServiceException(Errors.Forbidden, "The caller is no user."),
        { IsNarrowed: true } => throw new ServiceException(Errors.Forbidden, "The token is one for scopes, and this is none of them: sign in without."),
        var user => user.Name,
    };
}
