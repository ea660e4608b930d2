using System.Numerics;

namespace BackendApi.Access.Statistics;

/// <summary>
/// Counts the requests of one key. Each processor has cells of its own, on cache lines of their own, so that nobody waits for anybody; whoever takes what is counted adds them up.
/// </summary>
internal sealed class RequestCounter
{
    /// <summary>Longs of a cache line, and of the one that processors fetch with it.</summary>
    private const int Line = 16;

    private static readonly int Most = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 64));

    private readonly long[]?[] _stripes = new long[]?[Most];

    public void Add(int requests, int status, long microseconds, long rowsRead, long rowsWritten)
    {
        var cells = Cells();
        var each = microseconds / requests;
        Interlocked.Add(ref cells[Line + Measures.PlaceOf(each)], requests);
        Interlocked.Add(ref cells[Line + Measures.Duration], microseconds);
        if (status >= 400)
            Interlocked.Add(ref cells[Line + (status < 500 ? Measures.ClientErrors : Measures.ServerErrors)], requests);
        if (rowsRead > 0)
            Interlocked.Add(ref cells[Line + Measures.RowsRead], rowsRead);
        if (rowsWritten > 0)
            Interlocked.Add(ref cells[Line + Measures.RowsWritten], rowsWritten);
        ref var longest = ref cells[Line + Measures.Longest];
        long known;
        while ((known = Volatile.Read(ref longest)) < each && Interlocked.CompareExchange(ref longest, each, known) != known)
        {
        }
    }

    /// <summary>What was counted since this was asked last; null for nothing.</summary>
    public long[]? Take()
    {
        long[]? sums = null;
        foreach (var cells in _stripes)
        {
            if (cells is null)
                continue;
            for (var measure = 1; measure < Measures.All.Count; measure++)
            {
                if (Volatile.Read(ref cells[Line + measure]) == 0)
                    continue;
                sums ??= new long[Measures.All.Count];
                var counted = Interlocked.Exchange(ref cells[Line + measure], 0);
                if (measure == Measures.Longest)
                    sums[measure] = Math.Max(sums[measure], counted);
                else
                    sums[measure] += counted;
                if (measure >= Measures.Durations)
                    sums[Measures.Requests] += counted;
            }
        }
        return sums;
    }

    private long[] Cells()
    {
        ref var stripe = ref _stripes[Thread.GetCurrentProcessorId() & (Most - 1)];
        return Volatile.Read(ref stripe) ?? Interlocked.CompareExchange(ref stripe, new long[Line + Measures.All.Count + Line], null) ?? stripe!;
    }
}
