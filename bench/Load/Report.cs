using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BackendApi.Bench.Load;

internal sealed record Versions(string Commit, DateTime At, string Database, string Runtime, string System, string Processor, int Cores)
{
    public static async Task<Versions> ReadAsync(BenchDatabase database) => new(
        Repository.Commit(), DateTime.UtcNow, await database.VersionAsync(), RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}", Model(), Environment.ProcessorCount);

    private static string Model() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "unknown processor";
}

/// <summary>All rounds of one scenario; product is empty when only the floor ran. Rounds of the same place ran one after the other.</summary>
internal sealed record Repeated(string Name, string Title, IReadOnlyList<Round> Floor, IReadOnlyList<Round> Product);

/// <param name="Memory">One export by a fresh process for each: the peak is that of the export alone.</param>
internal sealed record Exported(string Name, string Title, IReadOnlyList<ExportRound> Floor, IReadOnlyList<ExportRound> Product);

/// <summary>Everything that one run measured, as it is committed.</summary>
internal sealed record Report(
    Versions Versions, int Connections, int Seconds, IReadOnlyList<Repeated> Repeated, Exported? Export, IReadOnlyList<Exported> Memory)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string Json() => JsonSerializer.Serialize(this, Indented) + "\n";

    /// <summary>Medians over the rounds; the ratio is the median of the ratios of neighbouring rounds, which share the machine's mood.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            # {Versions.Database}, {Versions.At:yyyy-MM-dd}

            Commit {Versions.Commit}. {Versions.Runtime}. {Versions.System}, {Versions.Cores} × {Versions.Processor}; the servers, the database and the load share them.
            {Connections} connections, {Repeated.Select(r => r.Floor.Count).DefaultIfEmpty().Max()} rounds of {Seconds} s, floor and product in turn; medians. CPU is that of the server + the database.
            """);
        if (Repeated.Count > 0)
        {
            text.AppendLine("""

                | scenario | floor: requests/s | CPU ms | p99 ms | product: requests/s | CPU ms | p99 ms | allocated | CPU ratio | ratio |
                |---|---|---|---|---|---|---|---|---|---|
                """);
            foreach (var scenario in Repeated)
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {scenario.Title} | {Cells(scenario.Floor)} | {Cells(scenario.Product)} | {Allocated(scenario.Product)} | {Ratio(scenario.Floor, scenario.Product, round => 1 / (round.ServerCpu + (round.DatabaseCpu ?? 0)), "")} | {Ratio(scenario.Floor, scenario.Product, round => round.Rate)} |");
        }
        if (Repeated.SingleOrDefault(one => one.Name == "deep") is { } deep && Repeated.Single(one => one.Name == Scenario.First.Name) is var first)
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
                $"Page 1,000 in requests/s of page 1, round by round: floor {Ratio(first.Floor, deep.Floor, round => round.Rate)}, product {Ratio(first.Product, deep.Product, round => round.Rate)}.");
        if (Export is not null)
        {
            text.AppendLine("""

                | scenario | floor: s | CPU s | product: s | CPU s | allocated per row | CPU ratio | ratio |
                |---|---|---|---|---|---|---|---|
                """);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {Export.Title} | {Cells(Export.Floor)} | {Cells(Export.Product)} | {PerRow(Export.Product)} | {Ratio(Export.Floor, Export.Product, round => 1 / (round.ServerCpuSeconds + (round.DatabaseCpuSeconds ?? 0)), "")} | {Ratio(Export.Floor, Export.Product, round => 1 / round.Seconds)} |");
        }
        if (Memory.Count > 0)
        {
            text.AppendLine("""

                Peak resident memory of a fresh process after one export:

                | scenario | floor | product |
                |---|---|---|
                """);
            foreach (var export in Memory)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {export.Title} | {Peak(export.Floor)} | {Peak(export.Product)} |");
        }
        return text.ToString();
    }

    private static string Cells(IReadOnlyList<Round> rounds) => rounds.Count == 0 ? "– | – | –" : string.Create(CultureInfo.InvariantCulture,
        $"{Median(rounds, r => r.Rate):N0} | {Median(rounds, r => r.ServerCpu):0.00}{(rounds[0].DatabaseCpu is null ? "" : $" + {Median(rounds, r => r.DatabaseCpu!.Value):0.00}")} | {Median(rounds, r => r.P99):0.0}");

    private static string Cells(IReadOnlyList<ExportRound> rounds) => rounds.Count == 0 ? "– | –" : string.Create(CultureInfo.InvariantCulture,
        $"{Median(rounds, r => r.Seconds):0.00} | {Median(rounds, r => r.ServerCpuSeconds):0.00}{(rounds[0].DatabaseCpuSeconds is null ? "" : $" + {Median(rounds, r => r.DatabaseCpuSeconds!.Value):0.00}")}");

    private static string Allocated(IReadOnlyList<Round> rounds) => rounds.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture,
        $"{Median(rounds, r => r.Allocated) / 1024:0.0} KB");

    private static string PerRow(IReadOnlyList<ExportRound> rounds) => rounds.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture,
        $"{Median(rounds, r => r.Allocated / (double)r.Rows):0} B");

    private static string Peak(IReadOnlyList<ExportRound> rounds) => rounds.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture,
        $"{rounds.Max(r => r.PeakMemory) / 1e6:0} MB");

    private static string Ratio<T>(IReadOnlyList<T> floor, IReadOnlyList<T> product, Func<T, double> speed, string mark = "**") =>
        product.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{mark}{Median(floor.Zip(product).ToList(), pair => speed(pair.Second) / speed(pair.First)):0.00}{mark}");

    private static double Median<T>(IReadOnlyList<T> values, Func<T, double> of)
    {
        var sorted = values.Select(of).Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
