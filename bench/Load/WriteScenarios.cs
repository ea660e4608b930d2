using System.Globalization;
using System.Text;

namespace BackendApi.Bench.Load;

/// <summary>
/// Modifications of <c>order_intake</c>, which grows by what both servers add: in turn, so that it is as large for one as for the other. Bodies are the
/// same for both.
/// </summary>
internal static class WriteScenarios
{
    private const string Json = "application/json", Multipart = "multipart/mixed;boundary=batch_36522ad7";

    /// <summary>Rows of a batch and of a bulk.</summary>
    public const int BatchRows = 100, BulkRows = 1000;

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("post", "POST of one row, shown as stored", 200, _ => "/intake", _ => "/odata/OrderIntake") { Write = new("POST", Json, Order, 201) },
        new("patch", "PATCH of two properties of one row, 204", 1000,
            n => $"/intake/{Key(n)}", n => $"/odata/OrderIntake({Key(n)})") { Write = new("PATCH", Json, Change, 204) },
        new("batch", "$batch of 100 POSTs in one change set (the floor: an INSERT for each, on PostgreSQL in one round trip)", 20,
            _ => "/intake/batch", _ => "/odata/$batch") { Write = new("POST", Multipart, Batch, 200, BatchRows) },
        new("batch-together", "the same, the floor with INSERTs of many rows", 20,
            _ => "/intake/batch-together", _ => "/odata/$batch") { Write = new("POST", Multipart, Batch, 200, BatchRows) },
        new("bulk", "POST of 1,000 rows in the Data Exchange dialect, shown as stored", 5,
            _ => "/intake/exchange", _ => "/dynamic-entity/order-intake") { Write = new("POST", Json, Bulk, 201, BulkRows) },
    ];

    private static string Order(int n)
    {
        var order = Rows.Orders(1 + n % 50).Last();
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"CustomerId":{{order.CustomerId}},"Status":"{{order.Status}}","Currency":"{{order.Currency}}","Total":{{order.Total}},"IsPaid":{{(order.IsPaid ? "true" : "false")}},"PlacedAt":"{{order.PlacedAt:yyyy-MM-ddTHH:mm:ss}}Z","Note":{{(order.Note is null ? "null" : $"\"{order.Note}\"")}}}""");
    }

    private static string Change(int n) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"Status":"{{Rows.Statuses[n % Rows.Statuses.Length]}}","Total":{{n % 900 + 10}}.{{n % 9 + 1}}{{n % 7 + 1}}}""");

    private static string Bulk(int n) => $$"""{"data":[{{string.Join(',', Enumerable.Range(n, BulkRows).Select(Order))}}]}""";

    private static string Batch(int n)
    {
        var text = new StringBuilder("--batch_36522ad7\r\nContent-Type: multipart/mixed;boundary=changeset_77162fcd\r\n\r\n");
        for (var i = 0; i < BatchRows; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"--changeset_77162fcd\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {i + 1}\r\n\r\nPOST OrderIntake HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{Order(n + i)}\r\n");
        return text.Append("--changeset_77162fcd--\r\n--batch_36522ad7--\r\n").ToString();
    }

    private static int Key(int n) => (int)((n * 7919L + 13) % BenchDatabase.Intake + 1);
}
