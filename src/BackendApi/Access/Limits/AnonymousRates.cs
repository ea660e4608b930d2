using BackendApi.Support;

namespace BackendApi.Access.Limits;

/// <summary>The rates of addresses that do not say who calls, or say it wrongly, on this node.</summary>
public sealed class AnonymousRates
{
    private const int Capacity = 20_000;

    private readonly CurrentLimits _limits;
    private readonly TimeProvider _clock;
    private readonly BoundedTable<string, Counter> _rates;
    /// <summary>Shared by all addresses for which there is no room: an attacker with very many of them does not begin anew with each.</summary>
    private readonly Counter _others = new();

    public AnonymousRates(CurrentLimits limits, TimeProvider clock)
    {
        (_limits, _clock) = (limits, clock);
        _rates = new(Capacity, counter => counter.Rate.IsFull(CallerUse.Ticks(clock)));
    }

    /// <summary>Counts one request. How long to wait when the address has used up its rate, else null.</summary>
    public TimeSpan? Take(string address) =>
        _limits.Value.AnonymousRequestsPerMinute is > 0 and var rate
            ? _rates.GetOrAdd(address, () => new(), () => _others).Rate.Take(CallerUse.Ticks(_clock), rate)
            : null;

    private sealed class Counter
    {
        public Rate Rate;
    }
}
