using BackendApi.Access;
using BackendApi.Access.Statistics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Bench.Micro;

/// <summary>What the statistics cost a request: what the stages tell, and the counting at its end.</summary>
[MemoryDiagnoser]
public class CountingRequests
{
    private readonly RequestStatistics _statistics = new(TimeProvider.System);
    private readonly HttpContext _context = new DefaultHttpContext();
    private readonly Caller _caller = new("somebody", CallerKind.User);

    [Benchmark]
    public void Count()
    {
        var tally = _statistics.Begin(_context);
        RequestTally.Of(_context)!.Caller = _caller;
        RequestTally.Of(_context)!.EntitySet = "Orders";
        RequestTally.Of(_context)!.RowsRead = 100;
        _statistics.End(_context, tally);
    }
}
