using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackendApi.Bench.Floor;

/// <summary>The modifications of <c>order_intake</c>. Each is one transaction, and answers with the rows as they are stored once it is committed.</summary>
internal abstract class Writes
{
    protected const string Columns = "customer_id, status, currency, total, is_paid, placed_at, note";

    protected const string AuditColumns = "at, request_id, caller, caller_kind, address, operation, entity_set, entity_key, row_count, changes";

    private static long _requests;

    protected static string NewRequest() => "floor:" + Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);

    /// <summary>An order as JSON, without its braces.</summary>
    protected static string Members(in NewOrder order) => string.Create(CultureInfo.InvariantCulture,
        $"\"CustomerId\":{order.CustomerId},\"Status\":\"{order.Status}\",\"Currency\":\"{order.Currency}\",\"Total\":{order.Total},\"IsPaid\":{(order.IsPaid ? "true" : "false")},\"PlacedAt\":\"{order.PlacedAt:s}Z\",\"Note\":{(order.Note is null ? "null" : $"\"{order.Note}\"")}");

    protected static string Changes(List<NewOrder> orders, List<Order> stored)
    {
        var text = new StringBuilder("[", orders.Count * 200);
        for (var i = 0; i < orders.Count; i++)
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"key\":\"{stored[i].Id}\",\"after\":{{{Members(orders[i])},\"Id\":{stored[i].Id}}}}}");
        return text.Append(']').ToString();
    }

    /// <summary>One INSERT; 201 with the row.</summary>
    public async Task CreateAsync(HttpContext http)
    {
        var body = await OrderBodies.ReadAsync(http).ConfigureAwait(false);
        var order = OrderBodies.One(body);
        http.Request.BodyReader.AdvanceTo(body.End);
        var stored = await InsertAsync(order).ConfigureAwait(false);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = Location(http, stored.Id);
        var answer = new Answer(http);
        answer.StartEntity("OrderIntake/$entity");
        Rows.Members(answer.Json, stored);
        answer.Json.WriteEndObject();
        answer.Complete();
    }

    /// <summary>One UPDATE of two columns; 204.</summary>
    public async Task ChangeAsync(HttpContext http, int id)
    {
        var body = await OrderBodies.ReadAsync(http).ConfigureAwait(false);
        var (status, total) = OrderBodies.Change(body);
        http.Request.BodyReader.AdvanceTo(body.End);
        var isThere = await UpdateAsync(id, status, total).ConfigureAwait(false);
        http.Response.Headers["OData-Version"] = "4.0";
        http.Response.Headers["OData-EntityId"] = Location(http, id);
        http.Response.StatusCode = isThere ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }

    /// <summary><c>{"data":[…]}</c>: one INSERT for all rows; 201 with all of them.</summary>
    public async Task ExchangeAsync(HttpContext http)
    {
        var body = await OrderBodies.ReadAsync(http).ConfigureAwait(false);
        var orders = OrderBodies.Data(body);
        http.Request.BodyReader.AdvanceTo(body.End);
        var stored = await InsertTogetherAsync(orders).ConfigureAwait(false);
        http.Response.StatusCode = StatusCodes.Status201Created;
        var answer = new Answer(http);
        answer.Json.WriteStartObject();
        answer.Json.WriteStartArray("data"u8);
        foreach (var order in stored)
        {
            Rows.Object(answer.Json, order);
            await answer.SendWhenFull().ConfigureAwait(false);
        }
        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        answer.Complete();
    }

    /// <summary>A multipart batch of one change set.</summary>
    /// <param name="isTogether">One INSERT for all parts in place of one for each, which a hand-written program can choose because it knows what comes.</param>
    public async Task BatchAsync(HttpContext http, bool isTogether)
    {
        var body = await OrderBodies.ReadAsync(http).ConfigureAwait(false);
        var orders = OrderBodies.Parts(body, http.Request.ContentType!);
        http.Request.BodyReader.AdvanceTo(body.End);
        var stored = isTogether ? await InsertTogetherAsync(orders).ConfigureAwait(false) : await InsertEachAsync(orders).ConfigureAwait(false);

        var (batch, changeSet) = ($"batchresponse_{Guid.NewGuid():N}", $"changesetresponse_{Guid.NewGuid():N}");
        http.Response.ContentType = $"multipart/mixed;boundary={batch}";
        http.Response.Headers["OData-Version"] = "4.0";
        var pipe = http.Response.BodyWriter;
        Write($"--{batch}\r\nContent-Type: multipart/mixed;boundary={changeSet}\r\n\r\n");
        using var json = new Utf8JsonWriter(pipe, new JsonWriterOptions { SkipValidation = true });
        for (var i = 0; i < stored.Count; i++)
        {
            Write(string.Create(CultureInfo.InvariantCulture,
                $"--{changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {i + 1}\r\n\r\nHTTP/1.1 201 Created\r\nLocation: {Location(http, stored[i].Id)}\r\nOData-Version: 4.0\r\nContent-Type: application/json;odata.metadata=minimal\r\n\r\n"));
            json.Reset(pipe);
            json.WriteStartObject();
            json.WriteString("@odata.context"u8, $"{http.Request.Scheme}://{http.Request.Host.Value}/odata/$metadata#OrderIntake/$entity");
            Rows.Members(json, stored[i]);
            json.WriteEndObject();
            json.Flush();
            Write("\r\n");
        }
        Write($"--{changeSet}--\r\n--{batch}--\r\n");
        await pipe.FlushAsync(http.RequestAborted).ConfigureAwait(false);

        void Write(string text) => Encoding.ASCII.GetBytes(text, pipe);
    }

    protected abstract ValueTask<Order> InsertAsync(NewOrder order);

    /// <returns>False when there is no such row.</returns>
    protected abstract ValueTask<bool> UpdateAsync(int id, string status, decimal total);

    /// <summary>All rows by as few statements as the database takes.</summary>
    protected abstract ValueTask<List<Order>> InsertTogetherAsync(List<NewOrder> orders);

    /// <summary>A statement for each row, sent together where the driver can.</summary>
    protected abstract ValueTask<List<Order>> InsertEachAsync(List<NewOrder> orders);

    private static string Location(HttpContext http, int id) =>
        string.Create(CultureInfo.InvariantCulture, $"{http.Request.Scheme}://{http.Request.Host.Value}/odata/OrderIntake({id})");
}
