using System.Text.Json;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Resources.Configurations;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Resources;

public class ConfigurationDocumentTests
{
    private static readonly EndpointDefinition Full = new()
    {
        Alias = "shoes", EntitySet = "Shoes", Table = "shoe", Description = "On feet.", Key = ["id"], Allow = new(Create: true),
        Fields =
        [
            new()
            {
                Column = "kind", Name = "Kind", Alias = "kind", Type = "enum", IsCreatable = true, IsEditable = false, Description = "…", Example = "boot",
                Members = [new("Boot", "b"), new("Shoe")], IsFlags = true, Precision = 3, Scale = 2, Transform = [new() { Step = "trim" }, new() { Default = "5" }, new() { Constant = "x" }, new() { Lookup = new("kinds", "Code") }, new() { Compute = "A mul 2" }],
                Validation = new()
                {
                    IsRequired = true, Min = 1, Max = 2.5m, MinLength = 3, MaxLength = 4, Pattern = "^x$", Enum = ["x"], Format = "email", Precision = 5, Scale = 1, References = "kinds",
                },
            },
        ],
        AlternateKeys = [["sku"], ["a", "b"]], Concurrency = "updated_at", Search = ["name"], Filter = "Id gt 1",
        Rules = [new("A lt B", "A is less.")],
        Relations =
        [
            new() { Name = "Feet", Alias = "feet", Target = "feet", Multiplicity = "many", IsEditable = true, On = [new("id", "fk_shoe")] },
            new() { Name = "Tags", Target = "tags", Multiplicity = "many", Through = new("shoe_tag", [new("id", "fk_shoe")], [new("fk_tag", "id")]) },
        ],
        Media = new("sole", "image/png", "sole_type"),
        Streams = [new() { Column = "picture", Name = "Picture", ContentType = "image/png", ContentTypeColumn = "picture_type", IsEditable = false, Description = "From above." }],
    };

    public static TheoryData<string> Samples => ["full", "bare"];

    [Theory, MemberData(nameof(Samples))]
    public void A_definition_survives_the_way_through_the_entity_s_shape_and_back(string sample)
    {
        var definition = sample == "full" ? Full : new() { Alias = "bare", Table = "bare" };
        using var entity = JsonDocument.Parse(Entity(definition));

        var (read, mistakes) = DefinitionReader.Read(ConfigurationDocument.FromBody(entity.RootElement, keepNulls: false));

        mistakes.Should().BeEmpty();
        StoredDocument.Write(read.Single()).Should().Be(StoredDocument.Write(definition));
    }

    [Fact]
    public void The_shape_knows_every_member_of_the_document()
    {
        using var document = JsonDocument.Parse(StoredDocument.Write(Full));
        using var entity = JsonDocument.Parse(Entity(Full));

        Names(entity.RootElement).Should().Contain(Names(document.RootElement));
    }

    [Fact]
    public void What_was_left_out_is_null_or_an_empty_collection()
    {
        var field = JsonDocument.Parse(Entity(new() { Alias = "a", Table = "t", Fields = [new() { Column = "c" }] })).RootElement.GetProperty("fields")[0];

        field.GetProperty("type").ValueKind.Should().Be(JsonValueKind.Null);
        field.GetProperty("validation").ValueKind.Should().Be(JsonValueKind.Null);
        field.GetProperty("isFlags").ValueKind.Should().Be(JsonValueKind.False);
        field.GetProperty("members").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("""{ "alias": "a", "version": 3, "modifiedAt": "2024-01-01T00:00:00Z", "modifiedBy": "x" }""", """{"alias":"a"}""")]
    [InlineData("""{ "@odata.context": "c", "alias@odata.type": "#String", "alias": "a" }""", """{"alias":"a"}""")]
    [InlineData("""{ "fields": [ { "column": "c", "@odata.type": "#x", "example": null, "transform": [] } ] }""", """{"fields":[{"column":"c"}]}""")]
    [InlineData("""{ "alternateKeys": [ { "columns": ["a", "b"] }, ["c"] ] }""", """{"alternateKeys":[["a","b"],["c"]]}""")]
    [InlineData("""{ "description": null, "search": [] }""", """{"search":[]}""")]
    public void A_body_is_brought_into_the_shape_of_the_document(string body, string document) =>
        Body(body, keepNulls: false).Should().Be(document);

    [Theory]
    [InlineData("""{ "description": null, "search": [] }""", """{"description":null,"search":[]}""")]
    [InlineData("""{ "allow": { "create": null } }""", """{"allow":{"create":null}}""")]
    [InlineData("""{ "fields": [ { "column": "c", "type": null } ] }""", """{"fields":[{"column":"c"}]}""")]
    public void In_a_change_a_null_says_what_is_to_go(string body, string document) =>
        Body(body, keepNulls: true).Should().Be(document);

    private static string Body(string body, bool keepNulls)
    {
        using var parsed = JsonDocument.Parse(body);
        return ConfigurationDocument.FromBody(parsed.RootElement, keepNulls).GetRawText();
    }

    /// <summary>As a GET shows it: the row's columns under the names of their properties.</summary>
    private static string Entity(EndpointDefinition definition)
    {
        var row = ConfigurationRow.Of(definition, 7, DateTimeOffset.UnixEpoch, "somebody");
        var members = ConfigurationMember.All.Select((property, index) =>
            $"\"{property.Name}\":{(property.IsJson ? (string)row[index]! : JsonSerializer.Serialize(row[index]))}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static HashSet<string> Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [.. value.EnumerateObject().SelectMany(member => Names(member.Value).Append(member.Name))],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Names)],
        _ => [],
    };
}
