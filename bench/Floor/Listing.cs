using System.Data.Common;
using System.Text.Json;

namespace BackendApi.Bench.Floor;

/// <summary>A question that one statement answers: the text, the kinds of its parameters, and what writes a row.</summary>
/// <param name="Count">The statement that counts all rows, with the same parameters; null when nobody asks.</param>
internal sealed record Listing(string Context, string Sql, IReadOnlyList<ListingValue> Parameters, Action<Utf8JsonWriter, DbDataReader> Row, string? Count = null);

internal enum ListingValue { Integer, Decimal, Text }

/// <summary>The listings by their address. Both databases understand the same text: <c>$1</c> names a parameter on either.</summary>
internal static class Listings
{
    private const string Orders = $"SELECT {Questions.OrderColumns} FROM orders";
    private const string Archive = $"SELECT {Questions.OrderColumns} FROM order_archive";

    public static IReadOnlyDictionary<string, Listing> All(Action<Utf8JsonWriter, DbDataReader> order, Action<Utf8JsonWriter, DbDataReader> group) =>
        new Dictionary<string, Listing>
        {
            ["counted"] = new("Orders", $"{Orders} WHERE status = $1 AND total > $2 ORDER BY id LIMIT 100", [ListingValue.Text, ListingValue.Decimal], order,
                Count: "SELECT COUNT(*) FROM orders WHERE status = $1 AND total > $2"),
            ["any"] = new("Orders",
                $"{Orders} o WHERE id > $1 AND EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id AND i.quantity > $2) ORDER BY id LIMIT 100",
                [ListingValue.Integer, ListingValue.Integer], order),
            ["search"] = new("Orders", $"{Orders} WHERE id > $1 AND lower(note) LIKE lower($2) ORDER BY id LIMIT 100", [ListingValue.Integer, ListingValue.Text], order),
            ["groups"] = new("OrderArchive(Status,Currency,Sum,Count)",
                "SELECT status, currency, SUM(total), COUNT(*) FROM order_archive GROUP BY status, currency ORDER BY status, currency", [], group),
            // One row more than the page, as whoever offers a next link must ask for.
            ["first"] = new("OrderArchive", $"{Archive} ORDER BY customer_id, id LIMIT 101", [], order),
            ["deep"] = new("OrderArchive", $"{Archive} WHERE (customer_id, id) > ($1, $2) ORDER BY customer_id, id LIMIT 101", [ListingValue.Integer, ListingValue.Integer], order),
        };
}
