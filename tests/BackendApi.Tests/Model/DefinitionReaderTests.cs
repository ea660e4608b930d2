using BackendApi.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

public class DefinitionReaderTests
{
    /// <summary>Every member that there is.</summary>
    public const string Full = """
        {
          "alias": "product-abstracts", "entitySet": "ProductAbstracts", "table": "product_abstract", "isActive": true,
          "key": ["id_product_abstract"],
          "allow": { "create": true, "update": true, "delete": false },
          "description": "What is sold.",
          "fields": [
            { "column": "sku", "name": "Sku", "alias": "s-k-u", "type": "string", "isCreatable": true, "isEditable": false,
              "description": "The number.", "example": "001",
              "validation": { "isRequired": true, "min": 0.5, "max": 7, "minLength": 1, "maxLength": 64, "pattern": "^[A-Z0-9-]+$", "enum": ["A", "B"],
                              "format": "email", "precision": 10, "scale": 2, "references": "products" },
              "transform": ["trim", "upper"] },
            { "column": "color", "type": "enum", "members": [{ "name": "Red" }, { "name": "DarkBlue", "value": "dark blue" }], "isFlags": true },
            { "column": "price", "type": "decimal", "precision": 12, "scale": 4 }
          ],
          "alternateKeys": [["sku"], ["color", "price"]],
          "concurrency": "updated_at",
          "requireETag": true,
          "search": ["name", "description"],
          "filter": "IsDeleted eq false",
          "rules": [{ "expression": "Price gt 0", "message": "A price is positive." }],
          "relations": [
            { "name": "Prices", "target": "Prices", "multiplicity": "many", "isEditable": true,
              "on": [{ "column": "id_product_abstract", "targetColumn": "fk_product_abstract" }] },
            { "name": "Categories", "alias": "product-categories", "target": "Categories", "isEditable": false,
              "through": { "table": "product_category",
                           "on": [{ "column": "id_product_abstract", "targetColumn": "fk_product_abstract" }],
                           "to": [{ "column": "fk_category", "targetColumn": "id_category" }] } }
          ]
        }
        """;

    [Fact]
    public void A_document_with_every_member_comes_back_from_the_writer_as_it_was()
    {
        var written = DefinitionWriter.ToJson(Json(Full).Definitions.Should().ContainSingle().Subject);

        using var expected = System.Text.Json.JsonDocument.Parse(Full);
        using var actual = System.Text.Json.JsonDocument.Parse(written);
        System.Text.Json.JsonElement.DeepEquals(actual.RootElement, expected.RootElement).Should().BeTrue(written);
    }

    [Fact]
    public void What_a_document_leaves_out_stays_out()
    {
        var definition = Json("""{ "alias": "orders", "table": "sales.order" }""").Definitions.Single();

        definition.IsActive.Should().BeTrue();
        definition.Allow.Should().Be(new AllowDefinition(false, false, false));
        DefinitionWriter.ToJson(definition).Should().Be(
            """{"alias":"orders","table":"sales.order","isActive":true,"allow":{"create":false,"update":false,"delete":false}}""");
    }

    [Fact]
    public void Comments_and_trailing_commas_are_read_over()
    {
        var read = Json("""
            // the shop's orders
            [ { "alias": "orders", "table": "order", /* not yet */ "isActive": false, }, ]
            """);

        read.Mistakes.Should().BeEmpty();
        read.Definitions.Should().ContainSingle().Which.IsActive.Should().BeFalse();
    }

    [Fact]
    public void Every_mistake_is_reported_with_its_path()
    {
        var read = Json("""
            {
              "alias": "orders", "tabel": "order", "isActive": "yes", "key": "id",
              "fields": [
                { "name": 7 },
                "sku",
                { "column": "total", "validation": { "min": "0", "maxLength": 1.5, "minimum": 3 } }
              ],
              "alternateKeys": [["a", 1], "b"],
              "relations": [{ "name": "Items", "on": [{ "column": "id" }] }]
            }
            """);

        read.Mistakes.Should().OnlyContain(mistake => mistake.Document == "orders");
        read.Mistakes.Select(mistake => $"{mistake.Path}: {mistake.Message}").Should().BeEquivalentTo(
            "table: 'table' is missing.",
            "tabel: There is no member 'tabel' here. Did you mean 'table'?",
            "isActive: 'isActive' is true or false, not a text.",
            "key: A list is expected here, not a text.",
            "fields[0].column: 'column' is missing.",
            "fields[0].name: A text is expected here, not the number 7. Put it in quotes.",
            "fields[1]: An object is expected here, not a text.",
            "fields[2].validation.min: 'min' is a number of at most 28 digits, not a text.",
            "fields[2].validation.maxLength: 'maxLength' is a whole number of at most 2147483647, not the number 1.5.",
            "fields[2].validation.minimum: There is no member 'minimum' here.",
            "alternateKeys[0][1]: A text is expected here, not the number 1. Put it in quotes.",
            "alternateKeys[1]: A list is expected here, not a text.",
            "relations[0].target: 'target' is missing.",
            "relations[0].on[0].targetColumn: 'targetColumn' is missing.");
    }

    [Fact]
    public void Every_mistake_of_types_that_are_not_flat_is_reported_with_its_path()
    {
        var read = Json("""
            { "alias": "a", "table": "a", "isSingleton": 1, "media": { "contentType": 7, "stream": "x" },
              "derived": [{ "name": "Vip", "fields": [{ "name": "Level" }], "relation": [] }, "Staff"] }
            """);

        read.Mistakes.Select(mistake => $"{mistake.Path}: {mistake.Message}").Should().BeEquivalentTo(
            "isSingleton: 'isSingleton' is true or false, not the number 1.",
            "derived[0].column: 'column' is missing.",
            "derived[0].value: 'value' is missing.",
            "derived[0].fields[0].column: 'column' is missing.",
            "derived[0].relation: There is no member 'relation' here. Did you mean 'relations'?",
            "derived[1]: An object is expected here, not a text.",
            "media.column: 'column' is missing.",
            "media.contentType: A text is expected here, not the number 7. Put it in quotes.",
            "media.stream: There is no member 'stream' here.");
    }

    [Fact]
    public void Documents_without_an_alias_are_told_apart_by_their_place()
    {
        var read = Json("""[{ "alias": "a", "table": "a" }, { "table": "b" }, 3]""");

        read.Mistakes.Select(mistake => $"{mistake.Document} {mistake.Path}").Should().Equal("[1] alias", "[2] ");
    }

    [Theory]
    [InlineData("{ \"alias\": \"a\",\n  \"table\" \"b\" }", "This is not JSON: line 2, position 11.")]
    [InlineData("", "This is not JSON: line 1, position 1.")]
    public void Text_that_is_not_json_is_answered_with_the_place(string text, string message) =>
        Json(text).Mistakes.Should().ContainSingle().Which.Message.Should().Be(message);

    [Fact]
    public void A_member_given_twice_is_refused() =>
        Json("""{ "alias": "a", "table": "b", "table": "c" }""").Mistakes.Should().ContainSingle();

    [Fact]
    public void Yaml_says_the_same_as_json()
    {
        var read = Yaml("""
            # one endpoint
            alias: products
            table: product
            allow: { create: true }
            fields:
              - column: sku
                example: '001'
                validation: { min: -1.5, max: 1e3, enum: [no, "1"] }
              - column: name
                description: >
                  What the customer
                  reads.
            filter: IsActive eq true
            """);

        read.Mistakes.Should().BeEmpty();
        DefinitionWriter.ToJson(read.Definitions.Single()).Should().Be(
            """{"alias":"products","table":"product","isActive":true,"allow":{"create":true,"update":false,"delete":false}"""
            + ""","fields":[{"column":"sku","example":"001","validation":{"min":-1.5,"max":1000,"enum":["no","1"]}},"""
            + """{"column":"name","description":"What the customer reads.\n"}],"filter":"IsActive eq true"}""");
    }

    [Fact]
    public void A_yaml_stream_holds_several_documents() =>
        Yaml("alias: a\ntable: a\n---\nalias: b\ntable: b\n").Definitions.Select(definition => definition.Alias).Should().Equal("a", "b");

    [Theory]
    [InlineData("alias: [a", "This is not YAML: line *")]
    [InlineData("alias: a\nalias: b\ntable: c", "This is not YAML: line *")]
    [InlineData("? [a]\n: b", "A name is expected in line 1.")]
    public void Text_that_is_not_yaml_is_answered_with_the_place(string text, string message) =>
        Yaml(text).Mistakes.Should().ContainSingle().Which.Message.Should().Match(message);

    [Fact]
    public void Yaml_aliases_that_multiply_do_not_fill_the_memory()
    {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        Yaml(text).Mistakes.Should().ContainSingle().Which.Message.Should().Contain("1000000 values");
    }

    [Fact]
    public void Spryker_s_installer_document_is_read_as_it_is()
    {
        var read = Json("""
            [
              {
                "tableName": "spy_country", "tableAlias": "countries", "isActive": true,
                "definition": {
                  "identifier": "id_country", "isDeletable": false,
                  "fields": [
                    { "fieldName": "id_country", "fieldVisibleName": "id_country", "isCreatable": false, "isEditable": false, "type": "integer", "validation": { "isRequired": false } },
                    { "fieldName": "iso2_code", "fieldVisibleName": "iso2-code", "isCreatable": true, "isEditable": true, "type": "string", "validation": { "required": true, "maxLength": 2, "minLength": 2 } },
                    { "fieldName": "rate", "fieldVisibleName": "rate", "isCreatable": true, "isEditable": false, "type": "float", "validation": { "min": 0, "max": 100 } },
                    { "fieldName": "hidden", "fieldVisibleName": "hidden", "isEnabled": false, "isCreatable": false, "isEditable": false, "type": "boolean" },
                    { "fieldName": "url", "fieldVisibleName": "url", "isCreatable": false, "isEditable": false, "type": "string", "validation": { "constraints": [{ "name": "url" }] }, "description": "Where.", "enumValues": [] }
                  ]
                },
                "childRelations": [
                  { "name": "tax-rates", "isEditable": true, "childDynamicEntityConfiguration": { "tableAlias": "tax-rates" },
                    "relationFieldMappings": [{ "childFieldName": "fk_country", "parentFieldName": "id_country" }] }
                ]
              }
            ]
            """);

        read.Mistakes.Should().BeEmpty();
        DefinitionWriter.ToJson(read.Definitions.Single()).Should().Be(
            """{"alias":"countries","table":"spy_country","isActive":true,"key":["id_country"],"allow":{"create":true,"update":true,"delete":false},"fields":["""
            + """{"column":"id_country","name":"id_country","isCreatable":false,"isEditable":false,"validation":{"isRequired":false}},"""
            + """{"column":"iso2_code","name":"iso2_code","alias":"iso2-code","isCreatable":true,"isEditable":true,"validation":{"isRequired":true,"minLength":2,"maxLength":2}},"""
            + """{"column":"rate","name":"rate","isCreatable":true,"isEditable":false,"validation":{"min":0,"max":100}},"""
            + """{"column":"url","name":"url","isCreatable":false,"isEditable":false,"description":"Where.","validation":{"format":"url"}}]"""
            + ""","relations":[{"name":"tax_rates","alias":"tax-rates","target":"tax-rates","isEditable":true,"on":[{"column":"id_country","targetColumn":"fk_country"}]}]}""");
    }

    [Fact]
    public void Mistakes_of_spryker_s_document_have_its_own_paths()
    {
        var read = Json("""
            { "tableName": "t", "tableAlias": "a", "definition": { "fields": [{ "fieldName": "x", "type": "datetime" }] }, "childRelations": [{ "name": "r" }] }
            """);

        read.Mistakes.Select(mistake => mistake.Path).Should().BeEquivalentTo(
            "definition.identifier", "definition.fields[0].type", "childRelations[0].childDynamicEntityConfiguration");
    }

    private static ReadDefinitions Json(string text) => DefinitionReader.Read(text, DefinitionFormat.Json);

    private static ReadDefinitions Yaml(string text) => DefinitionReader.Read(text, DefinitionFormat.Yaml);
}
