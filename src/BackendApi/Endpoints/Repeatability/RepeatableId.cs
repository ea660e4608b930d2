using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Repeatability;

/// <summary>
/// What makes a request repeatable: <c>Repeatability-Request-ID</c> with <c>Repeatability-First-Sent</c> (OASIS Repeatable Requests 1.0), or
/// <c>Idempotency-Key</c> (the IETF's draft of that name), which clients of other services send.
/// </summary>
/// <param name="Value">Chosen by the client, at most <see cref="MaxLength"/> characters.</param>
/// <param name="Subject">What the request is about: a digest of its method and URL. The same identifier for something else is a mistake of the client.</param>
/// <param name="IsIdempotencyKey">Told in the words of that header.</param>
internal sealed record RepeatableId(string Value, string Subject, bool IsIdempotencyKey)
{
    public const int MaxLength = 200;
    public const string RequestId = "Repeatability-Request-ID";
    public const string FirstSent = "Repeatability-First-Sent";
    public const string Result = "Repeatability-Result";
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Null for a request that is not meant to be repeated.</summary>
    /// <param name="oldest">Answers to requests sent before are not kept any more.</param>
    /// <exception cref="ServiceException">400: one of the two headers is missing or malformed. 412: the request is older than what is kept.</exception>
    public static RepeatableId? Read(HttpContext context, DateTimeOffset oldest)
    {
        var headers = context.Request.Headers;
        var (id, sent) = (headers[RequestId], headers[FirstSent]);
        if (id.Count == 0 && sent.Count == 0)
            return headers[IdempotencyKey] is [{ } key, ..] ? new(Checked(key.Trim().Trim('"'), IdempotencyKey), SubjectOf(context), IsIdempotencyKey: true) : null;
        try
        {
            if (id is not [{ } value])
                throw new ServiceException(Errors.InvalidHeader, $"{RequestId} and {FirstSent} are sent together, each once.", RequestId);
            if (sent is not [{ } first] || !DateTimeOffset.TryParseExact(first, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                throw new ServiceException(Errors.InvalidHeader, $"{FirstSent} is sent with {RequestId}, as a time such as Tue, 15 Nov 1994 08:12:31 GMT.", FirstSent);
            if (time < oldest)
                throw new ServiceException(Errors.PreconditionFailed, "The request was first sent longer ago than answers are kept: whether it was carried out then is not known any more.", FirstSent);
            return new(Checked(value, RequestId), SubjectOf(context), IsIdempotencyKey: false);
        }
        catch (ServiceException)
        {
            context.Response.Headers[Result] = "rejected";
            throw;
        }
    }

    private static string Checked(string value, string header) => value.Length is > 0 and <= MaxLength
        ? value
        : throw new ServiceException(Errors.InvalidHeader, $"{header} has from 1 to {MaxLength} characters.", header);

    private static string SubjectOf(HttpContext context) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}")));
}
