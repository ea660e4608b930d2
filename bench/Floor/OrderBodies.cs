using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace BackendApi.Bench.Floor;

/// <summary>An order that a client sends: what the row has but its key.</summary>
internal readonly record struct NewOrder(int CustomerId, string Status, string Currency, decimal Total, bool IsPaid, DateTime PlacedAt, string? Note);

/// <summary>Bodies of writes, read by hand: JSON member by member, multipart by its boundaries.</summary>
internal static class OrderBodies
{
    /// <summary>The whole body. The pipe keeps it until <see cref="PipeReader.AdvanceTo(SequencePosition)"/>.</summary>
    public static async ValueTask<ReadOnlySequence<byte>> ReadAsync(HttpContext http)
    {
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted).ConfigureAwait(false);
            if (read.IsCompleted)
                return read.Buffer;
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static NewOrder One(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        return Order(ref json);
    }

    /// <summary><c>{"Status":…,"Total":…}</c></summary>
    public static (string Status, decimal Total) Change(ReadOnlySequence<byte> body)
    {
        var order = One(body);
        return (order.Status, order.Total);
    }

    /// <summary><c>{"data":[…]}</c></summary>
    public static List<NewOrder> Data(ReadOnlySequence<byte> body)
    {
        var orders = new List<NewOrder>(1000);
        var json = new Utf8JsonReader(body);
        while (json.Read())
            if (json is { TokenType: JsonTokenType.StartObject, CurrentDepth: 2 })
                orders.Add(Order(ref json));
        return orders;
    }

    /// <summary>
    /// The orders of a batch with one change set of POSTs. As a reader must, it takes the boundaries from the headers and looks for them; the heads of the
    /// parts it passes over.
    /// </summary>
    public static List<NewOrder> Parts(ReadOnlySequence<byte> body, string contentType)
    {
        var orders = new List<NewOrder>(100);
        ReadOnlySpan<byte> rest = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        rest = After(rest, Encoding.ASCII.GetBytes("--" + Boundary(contentType)));
        var head = rest[..rest.IndexOf("\r\n\r\n"u8)];
        var delimiter = Encoding.ASCII.GetBytes("--" + Boundary(Encoding.ASCII.GetString(head)));
        rest = After(rest, delimiter);
        while (!rest.StartsWith("--"u8))
        {
            // The head of the part, that of the request, and the request's body.
            rest = After(After(rest, "\r\n\r\n"u8), "\r\n\r\n"u8);
            var end = rest.IndexOf(delimiter);
            var json = new Utf8JsonReader(rest[..end]);
            json.Read();
            orders.Add(Order(ref json));
            rest = rest[(end + delimiter.Length)..];
        }
        return orders;
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark) => bytes[(bytes.IndexOf(mark) + mark.Length)..];

    private static string Boundary(string contentType) => contentType[(contentType.IndexOf("boundary=", StringComparison.Ordinal) + "boundary=".Length)..].Trim();

    private static NewOrder Order(ref Utf8JsonReader json)
    {
        int customer = 0;
        string status = "", currency = "";
        string? note = null;
        var total = 0m;
        var isPaid = false;
        DateTime placedAt = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("CustomerId"u8))
            {
                json.Read();
                customer = json.GetInt32();
            }
            else if (json.ValueTextEquals("Status"u8))
            {
                json.Read();
                status = json.GetString()!;
            }
            else if (json.ValueTextEquals("Currency"u8))
            {
                json.Read();
                currency = json.GetString()!;
            }
            else if (json.ValueTextEquals("Total"u8))
            {
                json.Read();
                total = json.GetDecimal();
            }
            else if (json.ValueTextEquals("IsPaid"u8))
            {
                json.Read();
                isPaid = json.GetBoolean();
            }
            else if (json.ValueTextEquals("PlacedAt"u8))
            {
                json.Read();
                placedAt = json.GetDateTime();
            }
            else if (json.ValueTextEquals("Note"u8))
            {
                json.Read();
                note = json.GetString();
            }
        }
        return new(customer, status, currency, total, isPaid, placedAt, note);
    }
}
