using System.Text.Json.Nodes;

namespace BackendApi.Spec.Rights;

/// <summary>Random changes over the whole shop, without regard to who makes them.</summary>
internal sealed class GridChanges(Random random)
{
    private int _next = 100;

    /// <summary>Method, address, body.</summary>
    public (string Method, string Request, string? Body) Next()
    {
        var set = GridShop.Sets[random.Next(GridShop.Sets.Count)];
        return random.Next(13) switch
        {
            0 or 1 or 2 => ("PATCH", $"{set.Name}({Key(set)})", Body(set).ToJsonString()),
            3 => ("PUT", $"{set.Name}({Key(set)})", Body(set).ToJsonString()),
            4 or 5 => ("POST", set.Name, New(set).ToJsonString()),
            6 => ("DELETE", $"{set.Name}({Key(set)})", null),
            7 => ("POST", $"Customers({Id()})/Tags/$ref", $$"""{"@odata.id":"Tags({{random.Next(1, 6)}})"}"""),
            8 => ("DELETE", $"Customers({Id()})/Tags({random.Next(1, 6)})/$ref", null),
            9 => ("PUT", $"Orders({Id()})/Customer/$ref", $$"""{"@odata.id":"Customers({{Id()}})"}"""),
            10 => ("PATCH", $"{set.Name}/$filter({set.Properties[0].Property} lt 4)/$each", Body(set).ToJsonString()),
            11 => ("PATCH", $"Customers({Id()})", new JsonObject { ["Orders@delta"] = new JsonArray(Nested("Orders")), ["Manager@odata.bind"] = $"Customers({Id()})" }.ToJsonString()),
            _ => ("POST", "Customers", With(New(GridShop.Sets[0]), "Tags", new JsonArray(JsonNode.Parse($$"""{"@odata.id":"Tags({{random.Next(1, 6)}})"}"""), Nested("Tags"))).ToJsonString()),
        };
    }

    private JsonObject Nested(string name) => New(GridShop.Sets.First(set => set.Name == name));

    private JsonObject New(GridSet set)
    {
        var body = Body(set);
        foreach (var column in set.Key)
            body[set.Properties.First(property => property.Column == column).Property] = _next++;
        return body;
    }

    private JsonObject Body(GridSet set)
    {
        var body = new JsonObject();
        foreach (var (column, property) in set.Properties)
            if (!set.Key.Contains(column) && random.Next(3) > 0)
                body[property] = column switch
                {
                    "balance" or "amount" => random.Next(0, 200) / 2m,
                    "quantity" => random.Next(1, 6),
                    "order_date" => "2026-02-03",
                    "country" => random.Next(2) == 0 ? "DE" : "FR",
                    "product" => random.Next(2) == 0 ? "pen" : "ink",
                    _ => $"new {_next++}",
                };
        return body;
    }

    private static JsonObject With(JsonObject body, string name, JsonNode value)
    {
        body[name] = value;
        return body;
    }

    private int Id() => random.Next(1, 13);

    private string Key(GridSet set) => set.Key.Count == 1 ? $"{Id()}" : $"OrderId={Id()},Line={random.Next(1, 3)}";
}
