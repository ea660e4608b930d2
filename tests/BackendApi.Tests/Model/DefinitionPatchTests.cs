using System.Text.Json;
using BackendApi.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

public class DefinitionPatchTests
{
    private static readonly EndpointDefinition Stored = DefinitionReader.Read(
        """{ "alias": "orders", "table": "order", "description": "Sold.", "allow": { "create": true }, "key": ["id"], "filter": "Total gt 0" }""", DefinitionFormat.Json).Definitions[0];

    [Theory]
    [InlineData("""{ "isActive": false }""", """{"alias":"orders","table":"order","isActive":false,"key":["id"],"allow":{"create":true,"update":false,"delete":false},"description":"Sold.","filter":"Total gt 0"}""")]
    [InlineData("""{ "allow": { "delete": true } }""", """{"alias":"orders","table":"order","isActive":true,"key":["id"],"allow":{"create":true,"update":false,"delete":true},"description":"Sold.","filter":"Total gt 0"}""")]
    [InlineData("""{ "description": null, "filter": null }""", """{"alias":"orders","table":"order","isActive":true,"key":["id"],"allow":{"create":true,"update":false,"delete":false}}""")]
    [InlineData("""{ "key": ["a", "b"], "filter": null }""", """{"alias":"orders","table":"order","isActive":true,"key":["a","b"],"allow":{"create":true,"update":false,"delete":false},"description":"Sold."}""")]
    public void Objects_are_merged_null_takes_away_and_the_rest_is_replaced(string patch, string expected) =>
        DefinitionWriter.ToJson(Apply(patch).Definitions.Single()).Should().Be(expected);

    [Theory]
    [InlineData("""{ "table": null }""", "table")]
    [InlineData("""{ "allow": { "creates": true } }""", "allow.creates")]
    [InlineData("""[]""", "")]
    public void A_change_that_makes_no_document_is_a_mistake(string patch, string path) =>
        Apply(patch).Mistakes.Should().ContainSingle().Which.Should().Match<DefinitionMistake>(mistake => mistake.Document == "orders" && mistake.Path == path);

    private static ReadDefinitions Apply(string patch)
    {
        using var document = JsonDocument.Parse(patch);
        return DefinitionPatch.Apply(Stored, document.RootElement);
    }
}
