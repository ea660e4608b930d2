using System.ComponentModel;
using BackendApi.Access;
using BackendApi.Access.Limits;
using BackendApi.Support;

namespace BackendApi.Resources.Access;

[Description("What this node has counted of the requests of a caller. Null is without a limit.")]
public sealed record LimitState(
    string Name, CallerKind Kind,
    [property: Description("The caller's own rate, or that of the settings.")] int? RequestsPerMinute,
    [property: Description("Of those, how many may be sent now.")] int? RequestsLeft,
    int RunningRequests, int? ConcurrentRequests,
    [property: Description("Since the node started.")] long RefusedRequests);

/// <summary>Shows the limits of callers. Each node counts for itself, and tells what it has counted.</summary>
public sealed class LimitFacade(CallerUses uses, CurrentLimits limits, TimeProvider clock)
{
    [Description("What this node has counted of the requests of each caller that it has seen lately.")]
    public IReadOnlyList<LimitState> CallerLimits() =>
        [.. uses.All.OrderBy(use => use.Name, StringComparer.Ordinal).ThenBy(use => use.Kind).Select(use => Of(use, limits.Value))];

    [Description("What this node has counted of the caller's own requests.")]
    public LimitState MyLimits(OperationContext context) => Of(uses.Of(context.Caller), limits.Value);

    private LimitState Of(CallerUse use, LimitSettings now) => new(
        use.Name, use.Kind, use.RateUnder(now), use.Left(now, CallerUse.Ticks(clock)), use.Running, now.ConcurrentRequestsPerCaller > 0 ? now.ConcurrentRequestsPerCaller : null, use.Refused);
}
