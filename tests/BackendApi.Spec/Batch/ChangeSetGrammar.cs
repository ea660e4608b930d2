using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BackendApi.Spec.Batch;

/// <summary>Batches of change sets over the <see cref="ShelfShop"/>: mostly POSTs to one set after the other, some of them wrong.</summary>
internal sealed class ChangeSetGrammar(Random random)
{
    private static readonly string[] Sets = ["Shelves", "Items", "PlainItems", "FewItems", "Nodes", "Places", "Seats"];

    /// <param name="Id">Unique in its group, not in the batch.</param>
    public sealed record Operation(string Id, string Method, string Url, string? Body, IReadOnlyList<(string Name, string Value)> Headers);

    public IReadOnlyList<IReadOnlyList<Operation>> Next(bool isJson)
    {
        var groups = new List<IReadOnlyList<Operation>>();
        for (var count = random.Next(1, 4); count > 0; count--)
            // The database may leave out numbers that a failure has used up: what it numbers comes last.
            groups.Add(Group(Sets[random.Next(count == 1 ? 0 : 1, Sets.Length)], isJson ? groups.Count * 100 : 0));
        return groups;
    }

    private List<Operation> Group(string set, int firstId)
    {
        var operations = new List<Operation>();
        var address = set + Pick("", "", "", "", "", "?$select=" + (set is "Nodes" ? "Code" : set is "Places" or "Seats" ? "Seat" : "Id"), set == "Items" ? "?$expand=Shelf" : "", "?$format=application/json;odata.metadata=full");
        var headers = new List<(string, string)>();
        if (random.Next(3) == 0)
            headers.Add(("Prefer", Pick("return=minimal", "return=minimal", "return=representation", "max-affected=1", "max-affected=0", "validate-only", "omit-values=nulls")));
        if (random.Next(5) == 0)
            headers.Add(("OData-MaxVersion", "4.01"));
        if (random.Next(8) == 0)
            headers.Add(("Accept", Pick("application/json;odata.metadata=none", "application/json;IEEE754Compatible=true", "text/plain")));
        var isCareful = random.Next(3) > 0;
        for (var i = random.Next(2, 9); i > 0; i--)
        {
            var id = (firstId + operations.Count + 1).ToString(CultureInfo.InvariantCulture);
            var earlier = "$" + (firstId + random.Next(1, operations.Count + 3)).ToString(CultureInfo.InvariantCulture);
            // In an address only what stands before may be meant; elsewhere it is a mistake of the one request.
            var known = operations.Count == 0 ? "Items(1)" : "$" + operations[random.Next(operations.Count)].Id;
            operations.Add(random.Next(isCareful ? 30 : 10) switch
            {
                0 => new(id, "PATCH", Pick("Items(1)", "Items(9)", "Places(Line=1,Seat='A')", known), "{}", [("Content-Type", "application/json"), .. random.Next(2) == 0 ? [("If-Match", Pick("*", earlier))] : Array.Empty<(string, string)>()]),
                1 => new(id, "DELETE", Pick("Items(2)", "Nodes('b')", "Places(Line=1,Seat='A')", known), null, []),
                2 => new(id, "POST", Pick("Shelves(1)/Items", known + "/Items", "Nothing", "Items/$query", set), Body("Items", earlier, isCareful), [("Content-Type", Pick("application/json", "application/vnd.shop+json"))]),
                3 => new(id, "POST", address, Body(set, earlier, isCareful), [("Content-Type", "application/json"), .. headers, (Pick("If-Match", "If-None-Match"), "*")]),
                _ => new(id, "POST", address, Body(set, earlier, isCareful), [("Content-Type", "application/json"), .. headers]),
            });
        }
        return operations;
    }

    private string Body(string set, string earlier, bool isCareful)
    {
        var body = new JsonObject();
        switch (set)
        {
            case "Shelves":
                // Those that the database numbers have the same members, so that they are numbered in their order.
                body["Name"] = Pick("third", "fourth", "fifth", "sixth", isCareful ? "seventh" : "first") + (isCareful ? random.Next(100) : "");
                body["Kind"] = Pick("wall", null, "corner");
                if (!isCareful && random.Next(6) == 0)
                    body["Items"] = new JsonArray(JsonNode.Parse(Body("Items", earlier, isCareful: true)));
                break;
            case "Nodes":
                body["Code"] = isCareful ? "n" + random.Next(10_000) : Pick("c", "d", "e", "f", "g");
                if (random.Next(3) == 0)
                    body["ParentCode"] = Pick("a", "b", "c", "d", "z", null);
                else if (random.Next(3) == 0)
                    body["Parent@odata.bind"] = Pick("Nodes('a')", "Nodes('c')", "Nodes('z')", earlier);
                if (random.Next(2) == 0)
                    body["Note"] = "note";
                break;
            case "Places" or "Seats":
                body["Line"] = isCareful ? random.Next(10_000) : random.Next(1, 3);
                body["Seat"] = Pick("A", "B", "C", isCareful ? "D" : "too long");
                if (random.Next(2) == 0)
                    body["Guest"] = Pick("Ada", "Björn", null);
                break;
            default:
                body["Id"] = isCareful ? random.Next(100, 10_000) : random.Next(1, 9);
                body["Title"] = Pick("one", "zwölf", isCareful ? "three" : "longer than twenty letters");
                body["Price"] = random.Next(isCareful ? 1 : -1, isCareful ? 900 : 1100) + 0.25m;
                body["Version"] = random.Next(1, 3);
                if (random.Next(3) == 0 && set != "PlainItems")
                    body["Shelf@odata.bind"] = Pick("Shelves(1)", "Shelves(2)", isCareful ? "Shelves(1)" : "Shelves(99)", earlier);
                else if (random.Next(2) == 0)
                    body["ShelfId"] = random.Next(1, isCareful ? 3 : 4);
                break;
        }
        if (!isCareful && random.Next(12) == 0)
            body["Colour"] = "red";
        var text = body.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return !isCareful && random.Next(20) == 0 ? Pick("[]", "{}", text.Replace(':', ' '), "\"text\"") : text;
    }

    /// <param name="isApart">Each operation has a header of its own, which says nothing, so that none is like the one before.</param>
    public static string Multipart(IReadOnlyList<IReadOnlyList<Operation>> groups, bool isApart)
    {
        var text = new StringBuilder();
        foreach (var group in groups)
        {
            text.Append("--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n");
            foreach (var operation in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"--c\r\nContent-Type: application/http\r\nContent-ID: {operation.Id}\r\n\r\n{operation.Method} {operation.Url} HTTP/1.1\r\n");
                foreach (var (name, value) in Headers(operation, isApart))
                    text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
                text.Append(CultureInfo.InvariantCulture, $"\r\n{operation.Body}\r\n");
            }
            text.Append("--c--\r\n");
        }
        return text.Append("--b--\r\n").ToString();
    }

    public static string Json(IReadOnlyList<IReadOnlyList<Operation>> groups, bool isApart)
    {
        var requests = new JsonArray();
        for (var group = 0; group < groups.Count; group++)
            foreach (var operation in groups[group])
            {
                var headers = new JsonObject();
                foreach (var (name, value) in Headers(operation, isApart))
                    headers[name] = value;
                requests.Add((JsonNode)new JsonObject
                {
                    ["id"] = operation.Id, ["atomicityGroup"] = $"g{group}", ["method"] = operation.Method, ["url"] = operation.Url, ["headers"] = headers, ["body"] = BodyOf(operation),
                });
            }
        return new JsonObject { ["requests"] = requests }.ToJsonString();
    }

    private static JsonNode? BodyOf(Operation operation)
    {
        try
        {
            return operation.Body is null ? null : JsonNode.Parse(operation.Body);
        }
        catch (JsonException)
        {
            return operation.Body;
        }
    }

    private static IEnumerable<(string Name, string Value)> Headers(Operation operation, bool isApart) =>
        isApart ? operation.Headers.Append(("X-Operation", operation.Id)) : operation.Headers;

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
