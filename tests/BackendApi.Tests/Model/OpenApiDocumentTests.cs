using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Model.OpenApi;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

public class OpenApiDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Definitions = """
        [{ "alias": "customers", "table": "customer", "description": "Who buys & \"pays\".", "allow": { "create": true, "update": true, "delete": true }, "requireETag": true,
           "alternateKeys": [["customer_number"]],
           "fields": [{ "column": "id_customer", "name": "Id" },
                      { "column": "customer_number", "isEditable": false, "description": "As on the invoice.", "example": "A-1", "validation": { "minLength": 3, "pattern": "^[A-Z]-" } },
                      { "column": "name", "name": "Who/Name", "alias": "name" }, { "column": "status", "type": "enum" }, { "column": "balance", "validation": { "min": 0 } }, { "column": "created_at", "isCreatable": false, "isEditable": false }],
           "relations": [{ "name": "Items", "target": "order-items", "multiplicity": "many", "isEditable": true, "on": [{ "column": "customer_number", "targetColumn": "sku" }] }] },
         { "alias": "order-items", "table": "order_item", "allow": { "create": true },
           "fields": [{ "column": "order_id" }, { "column": "line" }, { "column": "sku" }, { "column": "quantity", "example": "2", "transform": [{ "default": "1" }] }, { "column": "picture" }], "relations": [] }]
        """;

    [Fact]
    public async Task It_is_what_it_was() => Golden.Matches(JsonSerializer.Serialize(JsonNode.Parse(await TextAsync(Definitions)), Indented), "openapi/shop.json");

    [Fact]
    public async Task Names_of_components_hold_no_letters_that_OpenAPI_does_not_take()
    {
        var document = JsonNode.Parse(await TextAsync("""[{ "alias": "orders", "table": "order", "entitySet": "Aufträge", "fields": [{ "column": "id_order", "name": "Schlüssel" }], "relations": [] }]"""))!;

        document["paths"]!.AsObject().Select(path => path.Key).Should().Contain("/odata/Aufträge({Schlüssel})");
        document["components"]!["parameters"]!["Auftr-00E4ge.key.Schl-00FCssel"]!["name"]!.ToString().Should().Be("Schlüssel");
        foreach (var kind in document["components"]!.AsObject())
            kind.Value!.AsObject().Select(component => component.Key).Should().OnlyContain(name => name.All(character => char.IsAsciiLetterOrDigit(character) || "._-".Contains(character)));
    }

    [Fact]
    public void It_is_written_once_for_each_address()
    {
        var documents = Build(Definitions).Metadata;

        documents.OpenApi(new("http://a", true)).Should().BeSameAs(documents.OpenApi(new("http://a", true)));
        documents.OpenApi(new("http://b", true)).ETag.Should().NotBe(documents.OpenApi(new("http://a", true)).ETag);
    }

    private static async Task<string> TextAsync(string definitions)
    {
        var document = Build(definitions).Metadata.OpenApi(new("https://shop.example.com", Basic: false));
        using var text = new MemoryStream();
        await document.CopyToAsync(text, default);
        text.Length.Should().Be(document.Length);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static ModelSnapshot Build(string definitions)
    {
        var result = ModelBuilder.Build(7, DefinitionReader.Read(definitions, DefinitionFormat.Json).Definitions, ShopSchema.Tables, new());
        return result.Snapshot ?? throw new InvalidOperationException(string.Join('\n', result.Mistakes));
    }
}
