using System.Globalization;

namespace BackendApi.Bench.Load;

/// <summary>The command line; bench/README.md describes it.</summary>
internal sealed record Options(
    string Database, string? Connection, int Rounds, int Seconds, int WarmUpSeconds, int Connections, bool FloorOnly, IReadOnlyList<string> Only, bool Write, string Audit)
{
    public const string Usage =
        "--database postgresql|sqlite [--connection \"...\"] [--rounds 9] [--seconds 2] [--warm-up 5] [--connections 8] "
        + "[--only page,tagged,key,items,levels,count,any,search,group,first,deep,export,memory,post,patch,batch,batch-together,bulk] [--audit both|product|none] [--floor-only] [--no-results]";

    public static Options Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var isFlag = arguments[i] is "--floor-only" or "--no-results";
            values[arguments[i]] = isFlag ? "true" : i + 1 < arguments.Length ? arguments[++i] : throw new ArgumentException($"{arguments[i]} needs a value.");
        }
        string? Take(string name) => values.Remove(name, out var value) ? value : null;
        int Number(string name, int otherwise) => Take(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

        var options = new Options(
            Take("--database") is ("postgresql" or "sqlite") and var database ? database : throw new ArgumentException(Usage), Take("--connection"), Number("--rounds", 9), Number("--seconds", 2),
            Number("--warm-up", 5), Number("--connections", 8), Take("--floor-only") is not null,
            Take("--only")?.Split(',') ?? ["page", "tagged", "key", "items", "levels", "count", "any", "search", "group", "first", "deep", "export", "memory", "post", "patch", "batch", "batch-together", "bulk"], Take("--no-results") is null,
            (Take("--audit") ?? "both") is ("both" or "product" or "none") and var audit ? audit : throw new ArgumentException(Usage));
        return values.Count == 0 ? options : throw new ArgumentException($"Unknown: {string.Join(' ', values.Keys)}. {Usage}");
    }
}
