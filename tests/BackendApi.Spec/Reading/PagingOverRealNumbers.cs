using System.Text.Json.Nodes;

namespace BackendApi.Spec.Reading;

/// <summary>SQLite keeps decimals as real numbers, with more digits than a decimal shows when they were computed.</summary>
public sealed class PagingOverRealNumbers(PagingOverRealNumbers.Sums sums) : IClassFixture<PagingOverRealNumbers.Sums>
{
    public sealed class Sums : HostFixture<SqliteTestDatabase>
    {
        protected override string? Definitions => """{ "alias": "entries", "table": "entry" }""";

        protected override Task PrepareAsync() => Database.RunAsync(
            "CREATE TABLE entry (id INTEGER PRIMARY KEY, amount DECIMAL(10,2) NOT NULL)",
            "INSERT INTO entry VALUES (1, 0.1 + 0.2), (2, 0.3), (3, 1.1 * 1.1), (4, 1.21), (5, 0.1 * 3)");
    }

    [Fact]
    public async Task Every_row_comes_once()
    {
        var keys = new List<int>();
        for (string? next = "odata/Entries?$orderby=Amount&$select=Id"; next is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next) { Headers = { { "Prefer", "maxpagesize=1" } } };
            using var response = await sums.Host.Client.SendAsync(request);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            keys.AddRange(page["value"]!.AsArray().Select(row => (int)row!["Id"]!));
            next = (string?)page["@odata.nextLink"];
        }
        keys.Should().Equal(2, 1, 5, 4, 3);
    }
}
