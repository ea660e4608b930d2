using BackendApi.Access.Limits;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Tokens;

/// <summary>The rate of addresses in front of the OAuth 2.0 endpoints, which answer everyone: nothing of a request is read before it.</summary>
internal sealed class TokenRates(Admission admission)
{
    public RequestDelegate Before(RequestDelegate endpoint) => context =>
        admission.CountAnonymous(context) is { } refusal
            ? OAuthResponse.RefuseAsync(context, new(OAuthCode.Throttled, refusal.Error.Message))
            : endpoint(context);
}
