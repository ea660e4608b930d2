namespace BackendApi.Access.Statistics;

/// <summary>
/// What is counted of requests, in one order for counters, columns and the entity set. All of it adds up, over requests, nodes and periods; only <see cref="Longest"/> is the greatest.
/// </summary>
internal static class Measures
{
    public const int Requests = 0, ClientErrors = 1, ServerErrors = 2, RowsRead = 3, RowsWritten = 4, Duration = 5, Longest = 6;

    /// <summary>From here on: how many requests took as long as one of <see cref="Bounds"/> says, so that percentiles can be told of any sum of rows.</summary>
    public const int Durations = 7;

    /// <summary>Milliseconds. What takes longer than the last of them is counted behind it.</summary>
    public static readonly IReadOnlyList<int> Bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

    public static readonly IReadOnlyList<(string Column, string Property, string Description)> All =
    [
        ("requests", "Requests", "How many requests there were."),
        ("client_errors", "ClientErrors", "Of those, answered with 4xx, or left by their client."),
        ("server_errors", "ServerErrors", "Of those, answered with 5xx, or broken off by the service."),
        ("rows_read", "RowsRead", "Entities of the set in the answers, without those that are expanded."),
        ("rows_written", "RowsWritten", "Rows that were inserted, changed or deleted, nested ones included."),
        ("duration", "Microseconds", "The time that all requests took together."),
        ("longest", "LongestMicroseconds", "The time that the longest of them took."),
        .. Bounds.Select((bound, i) => (FormattableString.Invariant($"up_to_{bound}_ms"), FormattableString.Invariant($"UpTo{bound}Ms"),
            i == 0 ? "How many took 1 ms at most." : FormattableString.Invariant($"How many took longer than {Bounds[i - 1]} ms, and {bound} ms at most."))),
        ("over_10000_ms", "Over10000Ms", "How many took longer."),
    ];

    /// <summary>Where a request of that time is counted.</summary>
    public static int PlaceOf(long microseconds)
    {
        var place = 0;
        while (place < Bounds.Count && microseconds > Bounds[place] * 1000L)
            place++;
        return Durations + place;
    }
}
