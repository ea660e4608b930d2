using Microsoft.AspNetCore.Http;

namespace BackendApi.Access.Users;

/// <summary>Where somebody tries to sign in from, and how.</summary>
/// <param name="Network">What guesses are counted by: the address, or the network of it.</param>
/// <param name="Grant"><c>password</c> and <c>client_credentials</c> at <c>/token</c>, <c>session</c>, or <c>basic</c>.</param>
/// <param name="Address">As trusted proxies tell it.</param>
/// <param name="RequestId">By which the log of the server names the request.</param>
public sealed record SignInAttempt(string Network, string Grant, string? Address, string RequestId)
{
    /// <summary>The grant of a browser: somebody is there who can be asked for another password.</summary>
    public const string Session = "session";

    internal static SignInAttempt Of(HttpContext context, string grant) =>
        new(Authenticator.AddressOf(context), grant, context.Connection.RemoteIpAddress?.ToString(), context.TraceIdentifier);
}

/// <summary>Why a sign-in was refused, for the audit log: the answer does not tell.</summary>
public enum SignInRefusal { UnknownName, WrongPassword, WrongCode, CodeMissing, Locked, WrongSecret }
