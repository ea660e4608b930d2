// Measures the product against the floor, back to back on this machine: bench/README.md.
using System.Globalization;
using BackendApi.Bench.Load;
using BackendApi.Testing;

Options options;
try
{
    options = Options.Parse(args);
}
catch (Exception e) when (e is ArgumentException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

await using BenchDatabase database = options.Database == "sqlite"
    ? new SqliteBench(Directory.CreateTempSubdirectory("backend-api-bench-").FullName)
    : new PostgreSqlBench(options.Connection ?? await PrivatePostgreSql.Instance.CreateDatabaseAsync());
Console.WriteLine($"Filling the database: {await database.VersionAsync()}");
await database.CreateAsync();

var folder = Directory.CreateTempSubdirectory("backend-api-bench-").FullName;
var host = new Product(database, folder, isAudited: options.Audit != "none");
var repeated = new List<Repeated>();
var memory = new List<Exported>();
Exported? export = null;
try
{
    using (var floor = StartFloor())
    using (var product = options.FloorOnly ? null : host.Start())
    {
        if (product is not null)
            foreach (var scenario in Scenario.Repeated.Concat(WriteScenarios.All).Append(Scenario.Export).Append(Scenario.LongExport))
                if (options.Only.Contains(scenario.Name) && Measure.Difference(floor, product, scenario) is { } difference)
                {
                    Console.Error.WriteLine(difference);
                    return 1;
                }
        var pages = options.Only.Contains("deep") && product is not null;
        foreach (var scenario in Scenario.Repeated.Where(scenario => options.Only.Contains(scenario.Name) && !(pages && scenario == Scenario.First)))
            repeated.AddRange(Repeat([scenario], floor, product));
        if (pages)
        {
            var deep = Measure.Follow(product!, Scenario.First, pages: 999);
            if (Measure.Difference(floor, product!, deep) is { } difference)
                throw new InvalidDataException(difference);
            repeated.AddRange(Repeat([Scenario.First, deep], floor, product));
        }
        if (options.Only.Contains("export"))
            export = RepeatExport(floor, product);
        // Last: what they leave behind is work for the database.
        foreach (var scenario in WriteScenarios.All.Where(scenario => options.Only.Contains(scenario.Name)))
            repeated.AddRange(Repeat([scenario], floor, product));
    }
    if (options.Only.Contains("memory"))
        foreach (var scenario in (Scenario[])[Scenario.Export, Scenario.LongExport])
            memory.Add(Memory(scenario));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

var report = new Report(await Versions.ReadAsync(database), options.Connections, options.Seconds, repeated, export, memory);
Console.WriteLine();
Console.WriteLine(report.Markdown());
if (options.Write)
{
    var results = Directory.CreateDirectory(Path.Combine(Repository.Root, "bench", "Results")).FullName;
    var file = Path.Combine(results, $"{report.Versions.At:yyyy-MM-dd}-{options.Database}");
    await File.WriteAllTextAsync(file + ".md", report.Markdown());
    await File.WriteAllTextAsync(file + ".json", report.Json());
    Console.WriteLine($"Written to {file}.md and .json");
}
return 0;

ServerProcess StartFloor()
{
    var port = ServerProcess.FreePort();
    return ServerProcess.Start(
        "floor", Repository.Program("Floor", "BackendApi.Bench.Floor"), folder, "/ready", "", port,
        "--database", options.Database, "--connection", database.ConnectionString, "--urls", $"http://127.0.0.1:{port}", "--audit", options.Audit == "both" && !options.FloorOnly ? "true" : "false");
}

// Scenarios that are to be compared with each other share their rounds.
IReadOnlyList<Repeated> Repeat(IReadOnlyList<Scenario> scenarios, ServerProcess floor, ServerProcess? product)
{
    var measured = scenarios.Select(scenario => (Scenario: scenario, Floor: new List<Round>(), Product: new List<Round>())).ToList();
    foreach (var scenario in scenarios)
        foreach (var server in (ServerProcess?[])[floor, product])
            if (server is not null)
                Measure.Run(server, scenario, database, options.Connections, TimeSpan.FromSeconds(options.WarmUpSeconds));
    for (var round = 1; round <= options.Rounds; round++)
        foreach (var (scenario, floorRounds, productRounds) in measured)
        {
            foreach (var (server, rounds) in InTurn(round, (floor, floorRounds), (product, productRounds)))
                rounds.Add(Measure.Run(server, scenario, database, options.Connections, TimeSpan.FromSeconds(options.Seconds)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{scenario.Name} {round}: floor {floorRounds[^1].Rate:N0}/s{(product is null ? "" : $", product {productRounds[^1].Rate:N0}/s ({productRounds[^1].Rate / floorRounds[^1].Rate:0.00})")}"));
        }
    return [.. measured.Select(one => new Repeated(one.Scenario.Name, one.Scenario.Title, one.Floor, one.Product))];
}

Exported RepeatExport(ServerProcess floor, ServerProcess? product)
{
    var (floorRounds, productRounds) = (new List<ExportRound>(), new List<ExportRound>());
    for (var round = 0; round <= options.Rounds; round++)
        foreach (var (server, rounds) in InTurn(round, (floor, floorRounds), (product, productRounds)))
        {
            var measured = Complete(Measure.Export(server, Scenario.Export, database), BenchDatabase.Orders);
            // The first round of each warms it up.
            if (round > 0)
                rounds.Add(measured);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"export {round}: {server.Name} {measured.Seconds:0.000} s"));
        }
    return new Exported(Scenario.Export.Name, Scenario.Export.Title, floorRounds, productRounds);
}

Exported Memory(Scenario scenario)
{
    var rows = scenario == Scenario.Export ? BenchDatabase.Orders : BenchDatabase.Archive;
    var rounds = new List<ExportRound>[] { [], [] };
    for (var i = 0; i < (options.FloorOnly ? 1 : 2); i++)
    {
        using var server = i == 0 ? StartFloor() : host.Start();
        rounds[i].Add(Complete(Measure.Export(server, scenario, database), rows));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory {rows:N0} rows: {server.Name} {rounds[i][0].PeakMemory / 1e6:0} MB"));
    }
    return new Exported(scenario.Name, scenario.Title, rounds[0], rounds[1]);
}

// Who goes first changes, so that neither always follows the other's exhaust.
static IEnumerable<(ServerProcess Server, T Rounds)> InTurn<T>(int round, (ServerProcess?, T) one, (ServerProcess?, T) other)
{
    foreach (var (server, rounds) in ((ServerProcess?, T)[])(round % 2 == 0 ? [one, other] : [other, one]))
        if (server is not null)
            yield return (server, rounds);
}

static ExportRound Complete(ExportRound round, int rows) =>
    round.Rows == rows ? round : throw new InvalidDataException($"The export held {round.Rows} rows instead of {rows}.");
