using BackendApi.Access;
using BackendApi.Endpoints.Batch;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints.Asynchronous;

/// <summary>A copy of a request that outlives its connection. Its response goes to <see cref="KeptBody"/>.</summary>
internal sealed class DetachedRequest : IHttpRequestLifetimeFeature, IHttpResponseFeature
{
    private readonly KeptBody _body;

    /// <param name="preferences">The preferences that are left when those about the asynchronous answer are gone.</param>
    /// <param name="sent">The body of the request.</param>
    /// <param name="cancellation">Ends the request early.</param>
    public DetachedRequest(HttpContext original, KnownCaller caller, StringValues preferences, Spool sent, KeptBody body, IServiceProvider services, CancellationToken cancellation)
    {
        (_body, Sent, RequestAborted) = (body, sent, cancellation);
        var request = original.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = new HeaderDictionary();
        foreach (var (name, values) in request.Headers)
            headers[name] = values;
        // The kept response is compressed, or not, for whoever comes for it.
        headers.Remove("Accept-Encoding");
        headers["Prefer"] = preferences;

        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = request.Protocol,
            Scheme = request.Scheme,
            Method = request.Method,
            PathBase = request.PathBase,
            Path = request.Path,
            QueryString = request.QueryString,
            RawTarget = request.RawTarget,
            Headers = headers,
            Body = sent.From(0).Open(),
        });
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature
        {
            RemoteIpAddress = original.Connection.RemoteIpAddress,
            RemotePort = original.Connection.RemotePort,
            LocalIpAddress = original.Connection.LocalIpAddress,
            LocalPort = original.Connection.LocalPort,
        });
        features.Set(caller);
        features.Set<IHttpResponseFeature>(this);
        features.Set<IHttpResponseBodyFeature>(body);
        features.Set<IHttpRequestLifetimeFeature>(this);
        Context = new DefaultHttpContext(features) { RequestServices = services, TraceIdentifier = original.TraceIdentifier };
    }

    public HttpContext Context { get; }

    /// <summary>For whoever runs the request to dispose.</summary>
    public Spool Sent { get; }

    /// <summary>A response that broke off is not lost here: as long as it is being kept it can still become an error.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Runs the request to its end.</summary>
    public async Task RunAsync(Failures failures, RequestDelegate next)
    {
        await failures.InvokeAsync(Context, async context =>
        {
            try
            {
                await next(context);
            }
            catch when (IsBroken)
            {
                await _body.DiscardAsync(RequestAborted);
                Headers.Clear();
                throw;
            }
        });
        RequestAborted.ThrowIfCancellationRequested();
        await _body.CompleteAsync();
    }

    public CancellationToken RequestAborted { get; set; }
    public void Abort() => IsBroken = true;

    public int StatusCode { get; set; } = StatusCodes.Status200OK;
    public string? ReasonPhrase { get; set; }
    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();
    public bool HasStarted => false;

    // Replaced by the body feature.
    System.IO.Stream IHttpResponseFeature.Body { get => _body; set => throw new NotSupportedException(); }

    // Nothing of the service waits for these.
    public void OnStarting(Func<object, Task> callback, object state) { }
    public void OnCompleted(Func<object, Task> callback, object state) { }
}
