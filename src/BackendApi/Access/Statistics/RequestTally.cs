using Microsoft.AspNetCore.Http;

namespace BackendApi.Access.Statistics;

/// <summary>What requests do, as the statistics tell them apart.</summary>
internal enum RequestOperation { Read, Create, Update, Delete, Execute, Batch }

/// <summary>What one request adds to the statistics: a feature of the request, filled in by the stages that know. A request that is not counted has none.</summary>
internal sealed class RequestTally
{
    /// <summary>Null as long as nobody is known to call.</summary>
    public Caller? Caller { get; set; }

    /// <summary>With which the address begins; null when there is none of that name.</summary>
    public string? EntitySet { get; set; }

    /// <summary>Null is what the method means.</summary>
    public RequestOperation? Operation { get; set; }

    /// <summary>How many requests this one stands for; 0 when it is counted in another place.</summary>
    public int Requests { get; set; }

    public long RowsRead { get; set; }
    public long RowsWritten { get; set; }

    /// <summary>The answer has no end, whatever its status says.</summary>
    public bool IsBroken { get; private set; }

    internal long BegunAt { get; private set; }

    public static RequestTally? Of(HttpContext context) => context.Features.Get<RequestTally>();

    /// <summary>The answer that has begun will have no end. Where the client left, that is why.</summary>
    public static void Break(HttpContext context)
    {
        if (!context.RequestAborted.IsCancellationRequested)
            Of(context)?.IsBroken = true;
    }

    internal void Begin(long now)
    {
        (Caller, EntitySet, Operation, Requests, RowsRead, RowsWritten, IsBroken) = (null, null, null, 1, 0, 0, false);
        BegunAt = now;
    }
}
