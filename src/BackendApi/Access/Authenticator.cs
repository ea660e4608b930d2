using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BackendApi.Access.Limits;
using BackendApi.Access.Sessions;
using BackendApi.Access.Statistics;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Access;

/// <summary>
/// The first stage of a request: who calls? Reads <c>Authorization: Bearer</c> (an access token or an API key), <c>X-Api-Key</c>,
/// <c>?api_key=</c>, where it is switched on HTTP Basic (a user, or an API key as the password of an empty user), and the <see cref="SessionCookie"/> of a browser, in this order. The first that is
/// there decides. Refuses with 401, 403 (a key in the wrong place) and 429.
/// </summary>
public sealed class Authenticator(
    AccessDirectory directory, PasswordSignIn passwords, CredentialCache verified, OutsideTokens outside, Keys.Pepper pepper, Admission admission, AccessSettings settings, TimeProvider clock)
{
    public const string ApiKeyHeader = "X-Api-Key";
    public const string ApiKeyParameter = "api_key";
    private const string BearerScheme = "Bearer";
    private const string BasicScheme = "Basic";
    private const string BearerChallenge = BearerScheme + " realm=\"BackendApi\"";
    private const string BasicChallenge = BasicScheme + " realm=\"BackendApi\", charset=\"UTF-8\"";
    /// <summary>What users do with what is their own, whatever else they may do.</summary>
    private static readonly FrozenSet<string?> OwnOperations =
        new[] { "/odata/ChangePassword", "/odata/BeginSecondFactor", "/odata/ConfirmSecondFactor", "/odata/EndSecondFactor", "/odata/SignOutEverywhere" }.ToFrozenSet<string?>(StringComparer.Ordinal);

    /// <summary>A key that its issuer has withdrawn verifies nothing after this time, though a token was verified with it before.</summary>
    private static readonly TimeSpan OutsideRememberedFor = TimeSpan.FromMinutes(5);
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly StringValues _challenges = Challenges(BearerChallenge, settings);
    /// <summary>RFC 6750 section 3.1: for whoever sent a token or key as Bearer, so that the client gets another one instead of sending it again.</summary>
    private readonly StringValues _badTokenChallenges = Challenges(BearerChallenge + ", error=\"invalid_token\"", settings);
    /// <summary>For clients that ask where users sign in, as Excel and Power BI do with the word Bearer alone.</summary>
    private readonly StringValues _signInChallenges = Challenges(
        settings.Issuers.Select(issuer => issuer.AuthorizationUri).FirstOrDefault(uri => uri is not null) is { } uri ? $"{BearerScheme} authorization_uri=\"{uri}\"" : BearerChallenge, settings);

    /// <summary>Who calls.</summary>
    /// <param name="isChange">The request changes something, or may: whoever can only read is refused.</param>
    /// <exception cref="ServiceException">
    /// <see cref="Errors.Unauthorized"/>: no credentials, or not valid ones; <c>WWW-Authenticate</c> is set. <see cref="Errors.Forbidden"/>: a key that may not be used so.
    /// <see cref="Errors.TooManyRequests"/>: too many requests of the caller, or wrong passwords; <see cref="Errors.Overloaded"/>: too many of all callers; <c>Retry-After</c> is set.
    /// </exception>
    public ValueTask<Caller> RequireAsync(HttpContext context, CancellationToken cancellation, bool isChange = false)
    {
        if (context.Features.Get<KnownCaller>() is { } known)
            return new(Allow(context, Counted(context, known.Caller), isChange));
        var asking = AuthenticateAsync(context, cancellation);
        if (!asking.IsCompletedSuccessfully)
            return WaitAsync(context, asking, isChange);
        var caller = Counted(context, asking.Result ?? throw Refuse(context));
        var entering = admission.EnterAsync(context, caller);
        return entering.IsCompletedSuccessfully ? new(Allow(context, caller, isChange)) : WaitAsync(context, caller, entering, isChange);
    }

    private async ValueTask<Caller> WaitAsync(HttpContext context, ValueTask<Caller?> asking, bool isChange)
    {
        var caller = Counted(context, await asking ?? throw Refuse(context));
        await admission.EnterAsync(context, caller);
        return Allow(context, caller, isChange);
    }

    private static async ValueTask<Caller> WaitAsync(HttpContext context, Caller caller, ValueTask entering, bool isChange)
    {
        await entering;
        return Allow(context, caller, isChange);
    }

    /// <summary>Whatever becomes of the request, it is the caller's.</summary>
    private static Caller Counted(HttpContext context, Caller caller)
    {
        RequestTally.Of(context)?.Caller = caller;
        return caller;
    }

    private ServiceException Refuse(HttpContext context) => admission.CountAnonymous(context) ?? Challenge(context);

    private static Caller Allow(HttpContext context, Caller caller, bool isChange) =>
        isChange && caller.Permissions.IsReadOnly && !OwnOperations.Contains(context.Request.Path.Value) ? throw ReadOnly(context) : caller;

    private static ServiceException ReadOnly(HttpContext context)
    {
        if (context.Request.Headers.Authorization is [{ } text] && TryScheme(text.AsSpan().Trim(), BearerScheme, out _))
            context.Response.Headers.WWWAuthenticate = BearerChallenge + ", error=\"insufficient_scope\"";
        return new(Errors.Forbidden, "This caller may only read.");
    }

    /// <summary>Null when there are no credentials, or not valid ones: the endpoint answers with <see cref="Challenge"/>. An API key costs no query and no allocation.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.TooManyRequests"/>: too many wrong passwords; <c>Retry-After</c> is set.</exception>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellation)
    {
        var access = directory.CurrentAsync(cancellation);
        return access.IsCompletedSuccessfully
            ? Authenticate(context, access.Result, cancellation)
            : WaitAsync(context, access, cancellation);
    }

    /// <summary>Sets the headers that say which credentials are taken, and returns the error to throw.</summary>
    internal ServiceException Challenge(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate =
            // A page asks for the password itself: at the word Basic a browser would do so in a window of its own.
            context.Request.Headers.ContainsKey(SessionCookie.AntiForgeryHeader) ? BearerChallenge
            : !(context.Request.Headers.Authorization is [{ } text] && TryScheme(text.AsSpan().Trim(), BearerScheme, out var token)) ? _challenges
            : token.IsEmpty ? _signInChallenges
            : _badTokenChallenges;
        return new(Errors.Unauthorized,
            $"Send an access token or API key as 'Authorization: Bearer', or an API key as '{ApiKeyHeader}' or '{ApiKeyParameter}'{(settings.Basic ? ", or HTTP Basic credentials" : "")}. What was sent, if anything, is not valid (any more).");
    }

    /// <summary>Another site's page may have sent what came with a session.</summary>
    internal static ServiceException Forged() => new(Errors.Forbidden, $"A change that comes with a session needs the csrfToken of GET /session as the header '{SessionCookie.AntiForgeryHeader}'.", SessionCookie.AntiForgeryHeader);

    /// <inheritdoc cref="Admission.Throttled"/>
    internal static ServiceException Throttled(HttpContext context, TimeSpan wait) => Admission.Throttled(context, wait, "Too many wrong passwords.");

    /// <summary>Where a request comes from, as far as the counting of wrong passwords is concerned: of IPv6 the network, whose owner has all of its addresses.</summary>
    internal static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
            return address?.ToString() ?? "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).ToString();
    }

    private async ValueTask<Caller?> WaitAsync(HttpContext context, ValueTask<AccessSnapshot> access, CancellationToken cancellation) =>
        await Authenticate(context, await access, cancellation);

    private ValueTask<Caller?> Authenticate(HttpContext context, AccessSnapshot access, CancellationToken cancellation)
    {
        var headers = context.Request.Headers;
        var authorization = headers.Authorization;
        if (authorization.Count > 1)
            return default;
        var text = authorization.Count == 1 ? authorization[0].AsSpan().Trim() : default;

        // Power Query asks first with the bare word Bearer, to see the challenge: that is no credential.
        if (TryScheme(text, BearerScheme, out var bearer) && !bearer.IsEmpty)
            return bearer.Contains('.') ? FindTokenAsync(bearer, access, cancellation) : CheckKeyAsync(context, bearer, isInUrl: false, access, cancellation);
        if (headers.TryGetValue(ApiKeyHeader, out var header))
            return header.Count == 1 ? CheckKeyAsync(context, header[0].AsSpan().Trim(), isInUrl: false, access, cancellation) : default;
        if (TryParameter(context.Request.QueryString.Value, out var parameter))
            return CheckKeyAsync(context, parameter, isInUrl: true, access, cancellation);
        if (settings.Basic && TryScheme(text, BasicScheme, out var basic))
            return CheckBasicAsync(context, access, basic, cancellation);
        return SessionCookie.Read(context.Request) is { } session ? CheckSessionAsync(context, session, access, cancellation) : default;
    }

    private ValueTask<Caller?> CheckSessionAsync(HttpContext context, string session, AccessSnapshot access, CancellationToken cancellation) =>
        SessionCookie.MayGoOn(context.Request, session, pepper) ? FindTokenAsync(session, access, cancellation) : throw Forged();

    private ValueTask<Caller?> CheckKeyAsync(HttpContext context, ReadOnlySpan<char> key, bool isInUrl, AccessSnapshot access, CancellationToken cancellation)
    {
        if (!Secrets.IsLikeApiKey(key))
            return default;
        var digest = Digest.Of(key);
        return Find(digest, access) is { } entry
            ? new(Use(context, entry, isInUrl))
            : CheckNewKeyAsync(context, digest, isInUrl, access, cancellation);
    }

    private async ValueTask<Caller?> CheckNewKeyAsync(HttpContext context, Digest digest, bool isInUrl, AccessSnapshot access, CancellationToken cancellation)
    {
        var newer = await directory.NewerAsync(cancellation);
        return newer != access && Find(digest, newer) is { } entry ? Use(context, entry, isInUrl) : null;
    }

    /// <summary>One that has expired is looked for as one that is not there: it may just have been prolonged, and both answers cost the same.</summary>
    private ApiKeyEntry? Find(Digest digest, AccessSnapshot access) => access.FindKey(digest, pepper) is { } entry && !(clock.GetUtcNow() >= entry.ValidTo) ? entry : null;

    /// <summary>The key is known. Whoever holds it may be told why it is not taken.</summary>
    private Caller Use(HttpContext context, ApiKeyEntry key, bool isInUrl)
    {
        if (isInUrl && (settings.KeysInUrl == KeysInUrl.None || (settings.KeysInUrl == KeysInUrl.ReadOnly && !key.Caller.Permissions.IsReadOnly)))
            throw new ServiceException(Errors.Forbidden, settings.KeysInUrl == KeysInUrl.None
                ? $"No API key may stand in a URL here (setting Access:KeysInUrl). Send it as the header '{ApiKeyHeader}'."
                : $"This API key can change something, and such a key may not stand in a URL (setting Access:KeysInUrl). Send it as the header '{ApiKeyHeader}', or use one with the scope *:read.", ApiKeyParameter);
        if (!Keys.Networks.Contain(key.Addresses, context.Connection.RemoteIpAddress))
            throw new ServiceException(Errors.Forbidden, "This API key may not be used from this address.");
        key.Use.Note(clock.GetUtcNow());
        return key.Caller;
    }

    private ValueTask<Caller?> FindTokenAsync(ReadOnlySpan<char> token, AccessSnapshot access, CancellationToken cancellation)
    {
        var key = verified.KeyOf(token);
        if (verified.Find(key, access) is { } caller)
            return new(caller);
        if (AccessToken.Read(token, access.SigningKeys, clock.GetUtcNow()) is { } claims)
            return new(Remember(key, claims, access));
        return outside.HasIssuers ? FindOutsideAsync(key, token.ToString(), access, cancellation) : default;
    }

    private Caller? Remember(Digest key, AccessTokenClaims claims, AccessSnapshot access)
    {
        verified.Add(key, snapshot => TokenCallers.Find(claims, snapshot), claims.Expires);
        return TokenCallers.Find(claims, access);
    }

    private async ValueTask<Caller?> FindOutsideAsync(Digest key, string token, AccessSnapshot access, CancellationToken cancellation)
    {
        if (await outside.ReadAsync(token, cancellation) is not { } identity)
            return null;
        var until = clock.GetUtcNow() + OutsideRememberedFor;
        verified.Add(key, identity.CallerIn, identity.Expires < until ? identity.Expires : until);
        return verified.Find(key, access);
    }

    private ValueTask<Caller?> CheckBasicAsync(HttpContext context, AccessSnapshot access, ReadOnlySpan<char> encoded, CancellationToken cancellation)
    {
        if (encoded.Length > 1024)
            return default;
        Span<byte> bytes = stackalloc byte[768];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var size))
            return default;
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes[..size]);
        }
        catch (DecoderFallbackException)
        {
            return default;
        }
        var colon = text.IndexOf(':');
        if (colon < 0)
            return default;
        return colon == 0
            ? CheckKeyAsync(context, text.AsSpan(1), isInUrl: false, access, cancellation)
            : CheckPasswordAsync(context, access, text[..colon], text[(colon + 1)..], cancellation);
    }

    /// <summary>Whoever has a second factor, or has to choose another password, gets a token with it: there is no place for it here.</summary>
    private async ValueTask<Caller?> CheckPasswordAsync(HttpContext context, AccessSnapshot access, string user, string password, CancellationToken cancellation)
    {
        var result = await passwords.CheckAsync(access, user, password, code: null, SignInAttempt.Of(context, "basic"), cancellation);
        return result.Outcome switch
        {
            SignInOutcome.Throttled => throw Throttled(context, result.Wait),
            SignInOutcome.Accepted when !result.User!.MustChangePassword => result.User.Caller,
            _ => null,
        };
    }

    private static StringValues Challenges(string bearer, AccessSettings settings) => settings.Basic ? new([bearer, BasicChallenge]) : new(bearer);

    private static bool TryScheme(ReadOnlySpan<char> authorization, string scheme, out ReadOnlySpan<char> credentials)
    {
        credentials = default;
        if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || (authorization.Length > scheme.Length && authorization[scheme.Length] != ' '))
            return false;
        credentials = authorization[scheme.Length..].Trim();
        return true;
    }

    /// <summary>Reads the query string itself: the framework's parsed collection would cost every request its allocations.</summary>
    /// <param name="value">Null when the parameter is there more than once.</param>
    private static bool TryParameter(string? query, out string? value)
    {
        value = null;
        if (query is null || !query.Contains(ApiKeyParameter, StringComparison.OrdinalIgnoreCase))
            return false;
        var found = 0;
        foreach (var part in query.AsSpan(1).Split('&'))
        {
            var parameter = query.AsSpan(1)[part];
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].Equals(ApiKeyParameter, StringComparison.OrdinalIgnoreCase))
                continue;
            found++;
            value = Uri.UnescapeDataString(parameter[(equals + 1)..]);
        }
        if (found > 1)
            value = null;
        return found > 0;
    }
}
