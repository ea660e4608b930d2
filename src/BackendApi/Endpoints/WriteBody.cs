using System.Text;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>The body of a modification: it arrives whole, and is then read in the form that the address expects.</summary>
internal sealed class WriteBody(HttpContext context, BodyScope scope, int maxBytes) : IDisposable
{
    private JsonDocument? _document;
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>Waits for the client: no transaction may be open meanwhile, because others wait for that.</summary>
    /// <exception cref="ServiceException">400: too long.</exception>
    public async Task ArriveAsync() => _bytes = await JsonBody.BytesAsync(context.Request, maxBytes, context.RequestAborted);

    /// <summary>The body as it is, for a media entity: it has arrived, in a temporary file where it is long. Null for every other body.</summary>
    public Batch.Spool? Stream { get; init; }

    public Mistakes Mistakes { get; } = new();
    public EntityBodyReader Reader => field ??= new(scope, Mistakes);
    public EntityReferences References => field ??= new(scope, Mistakes);

    /// <param name="mostBytes">Refuses a longer one, where less is read than of other bodies.</param>
    public JsonElement Object(int? mostBytes = null)
    {
        JsonBody.CheckContentType(context.Request);
        if (_bytes.Length > mostBytes)
            throw JsonBody.TooLong(mostBytes.Value);
        return (_document ??= JsonBody.Object(_bytes)).RootElement;
    }

    /// <summary>The arguments of an action; no body stands for none.</summary>
    public object?[] Arguments(OperationModel action) =>
        new ArgumentReader(scope, Mistakes).Read(_bytes.IsEmpty ? null : Object(), action);

    /// <summary>The items of <c>value</c>: entities of a delta, or references.</summary>
    public IEnumerable<JsonElement> Items() =>
        Object().TryGetProperty("value", out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : throw new ServiceException(Errors.InvalidBody, "An object with a list named value is expected.");

    /// <summary>The new value of a property: <c>{"value":…}</c>, the object itself for a complex one, the text for <c>/$value</c>.</summary>
    /// <param name="column">Null for a complex property.</param>
    public JsonElement Value(PropertyModel? column, bool isRaw)
    {
        if (isRaw)
            return (_document ??= Raw(column!)).RootElement;
        var body = Object();
        if (column is null && !(body.TryGetProperty("value", out var inner) && inner.ValueKind == JsonValueKind.Null))
            return body;
        return body.TryGetProperty("value", out var value)
            ? value
            : throw new ServiceException(Errors.InvalidBody, "An object with the new value, named value, is expected: {\"value\":…}.");
    }

    public void Dispose() => _document?.Dispose();

    /// <summary>Plain text, as <c>/$value</c> shows the property.</summary>
    private JsonDocument Raw(PropertyModel column)
    {
        var bytes = _bytes;
        if (column.Kind == ValueKind.Binary)
            return Text(Convert.ToBase64String(bytes.Span));
        var text = Encoding.UTF8.GetString(bytes.Span);
        var isJson = column.Kind is ValueKind.Boolean or ValueKind.Json || (FieldTypes.IsNumber(column.Kind) && text.Trim() is not ("INF" or "-INF" or "NaN"));
        if (!isJson)
            return Text(text);
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw new ServiceException(Errors.InvalidBody, $"'{(text.Length > 40 ? text[..40] + "…" : text)}' is not a value of {column.Path}.");
        }
    }

    private static JsonDocument Text(string text) => JsonSerializer.SerializeToDocument(text);
}
