using System.Text.Json;

namespace BackendApi.Bench.Floor;

/// <summary>A row of <c>orders</c> or <c>order_archive</c>; <paramref name="PlacedAt"/> is UTC.</summary>
internal readonly record struct Order(
    int Id, int CustomerId, string Status, string Currency, decimal Total, bool IsPaid, DateTime PlacedAt, string? Note);

/// <summary>A row of <c>order_items</c>.</summary>
internal readonly record struct Item(int Id, int OrderId, string Sku, int Quantity, decimal Price);

internal readonly record struct Customer(int Id, string Name, string City);

/// <summary>Writes rows as members of an object. Property names are those of the definitions in bench/Load.</summary>
internal static class Rows
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("Id");
    private static readonly JsonEncodedText CustomerId = JsonEncodedText.Encode("CustomerId");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("Status");
    private static readonly JsonEncodedText Currency = JsonEncodedText.Encode("Currency");
    private static readonly JsonEncodedText Total = JsonEncodedText.Encode("Total");
    private static readonly JsonEncodedText IsPaid = JsonEncodedText.Encode("IsPaid");
    private static readonly JsonEncodedText PlacedAt = JsonEncodedText.Encode("PlacedAt");
    private static readonly JsonEncodedText Note = JsonEncodedText.Encode("Note");
    private static readonly JsonEncodedText OrderId = JsonEncodedText.Encode("OrderId");
    private static readonly JsonEncodedText Sku = JsonEncodedText.Encode("Sku");
    private static readonly JsonEncodedText Quantity = JsonEncodedText.Encode("Quantity");
    private static readonly JsonEncodedText Price = JsonEncodedText.Encode("Price");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("Name");
    private static readonly JsonEncodedText City = JsonEncodedText.Encode("City");
    private static readonly JsonEncodedText Sum = JsonEncodedText.Encode("Sum");
    private static readonly JsonEncodedText SumType = JsonEncodedText.Encode("Sum@odata.type");
    private static readonly JsonEncodedText CountType = JsonEncodedText.Encode("Count@odata.type");
    private static readonly JsonEncodedText DecimalType = JsonEncodedText.Encode("#Decimal");
    private static readonly JsonEncodedText Count = JsonEncodedText.Encode("Count");
    public static readonly JsonEncodedText Items = JsonEncodedText.Encode("Items");
    public static readonly JsonEncodedText Orders = JsonEncodedText.Encode("Orders");

    public static void Members(Utf8JsonWriter json, in Order order)
    {
        json.WriteNumber(Id, order.Id);
        json.WriteNumber(CustomerId, order.CustomerId);
        json.WriteString(Status, order.Status);
        json.WriteString(Currency, order.Currency);
        json.WriteNumber(Total, order.Total);
        json.WriteBoolean(IsPaid, order.IsPaid);
        json.WriteString(PlacedAt, order.PlacedAt);
        json.WriteString(Note, order.Note);
    }

    public static void Object(Utf8JsonWriter json, in Order order)
    {
        json.WriteStartObject();
        Members(json, order);
        json.WriteEndObject();
    }

    public static void Object(Utf8JsonWriter json, in Item item)
    {
        json.WriteStartObject();
        json.WriteNumber(Id, item.Id);
        json.WriteNumber(OrderId, item.OrderId);
        json.WriteString(Sku, item.Sku);
        json.WriteNumber(Quantity, item.Quantity);
        json.WriteNumber(Price, item.Price);
        json.WriteEndObject();
    }

    public static void Members(Utf8JsonWriter json, in Customer customer)
    {
        json.WriteNumber(Id, customer.Id);
        json.WriteString(Name, customer.Name);
        json.WriteString(City, customer.City);
    }

    public static void Group(Utf8JsonWriter json, string status, string currency, decimal sum, long count)
    {
        json.WriteStartObject();
        json.WriteString(Status, status);
        json.WriteString(Currency, currency);
        json.WriteString(SumType, DecimalType);
        json.WriteNumber(Sum, sum);
        json.WriteString(CountType, DecimalType);
        json.WriteNumber(Count, count);
        json.WriteEndObject();
    }
}
