using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using Xunit;

namespace BackendApi.Tests.Model;

public class MetadataDocumentsTests
{
    private static readonly JsonSerializerOptions IndentedJson = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Definitions = """
        [{ "alias": "customers", "table": "customer", "allow": { "create": true },
           "fields": [{ "column": "id_customer", "name": "Id" }, { "column": "customer_number", "isEditable": false }, { "column": "name" },
                      { "column": "status", "type": "enum" }, { "column": "balance", "isCreatable": false }, { "column": "created_at", "isCreatable": false, "isEditable": false }, { "column": "attributes" }] },
         { "alias": "orders", "table": "order", "description": "What was sold & \"when\"." },
         { "alias": "order-items", "table": "order_item" },
         { "alias": "products", "table": "product",
           "relations": [{ "name": "Categories", "target": "categories",
             "through": { "table": "product_category", "on": [{ "column": "sku", "targetColumn": "sku" }], "to": [{ "column": "fk_category", "targetColumn": "id_category" }] } }] },
         { "alias": "categories", "table": "category" },
         { "alias": "revenue", "table": "revenue per day", "key": ["day"] }]
        """;

    private static readonly ModelSnapshot Snapshot = Build(Definitions);

    [Fact]
    public void Xml_is_what_it_was() => Golden.Matches(Indented(Snapshot.Metadata.Xml40), "metadata/shop.xml");

    [Fact]
    public void Json_is_what_it_was()
    {
        using var document = JsonDocument.Parse(Snapshot.Metadata.Json.Content);
        Golden.Matches(JsonSerializer.Serialize(document, IndentedJson), "metadata/shop.json");
    }

    [Fact]
    public void The_versions_of_the_xml_differ_in_the_version_only() =>
        Text(Snapshot.Metadata.Xml401).Should().Be(Text(Snapshot.Metadata.Xml40).Replace("Version=\"4.0\"", "Version=\"4.01\"", StringComparison.Ordinal));

    [Fact]
    public void The_reader_of_excel_reads_it_without_complaint()
    {
        var read = Read(Snapshot.Metadata.Xml40);

        read.Validate(out var errors);
        errors.Should().BeEmpty();
        read.VocabularyAnnotations.Where(annotation => annotation.IsBad()).Should().BeEmpty();
    }

    [Fact]
    public void The_reader_of_excel_sees_the_model_that_requests_are_bound_to()
    {
        var read = Read(Snapshot.Metadata.Xml40);

        Snapshot.Edm.Validate(out var errors);
        errors.Should().BeEmpty();
        Describe(read).Should().Equal(Describe(Snapshot.Edm));
    }

    [Fact]
    public void Both_formats_say_the_same()
    {
        using var json = JsonDocument.Parse(Snapshot.Metadata.Json.Content);
        var schema = json.RootElement.GetProperty("BackendApi");
        var read = Read(Snapshot.Metadata.Xml401);

        foreach (var type in read.SchemaElements.OfType<IEdmEntityType>())
        {
            var members = schema.GetProperty(type.Name).EnumerateObject().Where(member => member.Name[0] is not ('$' or '@')).Select(member => member.Name);
            members.Should().Equal(type.DeclaredProperties.Select(property => property.Name));
        }
        schema.GetProperty("Container").EnumerateObject().Where(member => member.Name[0] is not ('$' or '@')).Select(member => member.Name)
            .Should().Equal(read.EntityContainer.EntitySets().Select(set => set.Name));
    }

    [Fact]
    public void Names_and_comments_that_xml_cannot_hold_do_no_harm()
    {
        var table = new TableSchema(new(null, "odd"), [ShopSchema.Int("größe <id>") with { Comment = "a\u0001b < & \" \ud800 € 😀" }], ["größe <id>"], [], []);
        var snapshot = Build("""{ "alias": "odd", "table": "odd" }""", table);

        XDocument.Parse(Text(snapshot.Metadata.Xml40)).Descendants().Single(element => element.Name.LocalName == "Property" && (string?)element.Attribute("Name") == "GrößeId")
            .Elements().First().Attribute("String")!.Value.Should().Be("a b < & \" \ufffd € 😀");
    }

    [Fact]
    public void Etags_follow_the_content_and_the_coding()
    {
        var same = Build(Definitions).Metadata;
        var other = Build("""{ "alias": "customers", "table": "customer" }""").Metadata;

        same.Xml40.ETag.Should().Be(Snapshot.Metadata.Xml40.ETag).And.MatchRegex("^\"[A-Za-z0-9_-]{22}\"$");
        new[] { same.Xml40.ETag, same.Xml40.GzipETag, same.Xml401.ETag, same.Json.ETag, other.Xml40.ETag }.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Gzip_holds_the_same_content()
    {
        using var stream = new GZipStream(new MemoryStream(Snapshot.Metadata.Json.Gzip.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        reader.ReadToEnd().Should().Be(Text(Snapshot.Metadata.Json));
    }

    [Fact]
    public void Compiled_sets_announce_the_verbs_that_they_take_and_complex_types()
    {
        var place = new StructuredType("Place", [new("Street", ValueKind.String), new("Numbers", ValueKind.Int32, IsCollection: true), new("Price", ValueKind.Decimal, IsNullable: false)]);
        var table = new TableSchema(new(null, "backend_thing"), [ShopSchema.Text("name", 9), ShopSchema.Text("place", null) with { IsNullable = true }, ShopSchema.Text("places", null)], ["name"], [], []);
        var module = new ModuleBuilder();
        module.Table(table);
        module.DocumentSet<Things>(
            new() { Alias = "things", Table = "backend_thing", Allow = new(Delete: true), Fields = [new() { Column = "name" }, new() { Column = "place", Type = "json" }, new() { Column = "places", Type = "json" }] },
            new Dictionary<string, StructuredColumn> { ["place"] = new(place), ["places"] = new(place, IsCollection: true) });

        var metadata = ModelBuilder.Build(1, [], ShopSchema.Tables, new(), null, new([module.Build()])).Snapshot!.Metadata;

        var xml = XDocument.Parse(Text(metadata.Xml40));
        string? Restriction(string name) => (string?)xml.Descendants().Single(element => (string?)element.Attribute("Property") == name).Attribute("Bool");
        (Restriction("Insertable"), Restriction("Updatable"), Restriction("Deletable")).Should().Be(("false", "false", "true"));
        xml.Descendants().Where(element => element.Name.LocalName == "Property").Select(property => string.Join(' ', property.Attributes().Select(attribute => attribute.Value)))
            .Should().Equal("Street Edm.String", "Numbers Collection(Edm.Int32) false", "Price Edm.Decimal false 28 variable",
                "Name Edm.String false 9", "Place BackendApi.Place", "Places Collection(BackendApi.Place) false");
        Read(metadata.Xml40).Validate(out var errors);
        errors.Should().BeEmpty();
    }

    [Fact]
    public void Operations_are_what_they_were_and_both_readers_understand_them()
    {
        var module = new ModuleBuilder();
        new ReferenceModule().Declare(module);
        var snapshot = ModelBuilder.Build(
            1, DefinitionReader.Read(ReferenceModel.Definitions, DefinitionFormat.Json).Definitions, ReferenceModel.Tables.ToDictionary(table => table.Table.Name, table => table.Table), new(),
            null, new([module.Build()])).Snapshot!;

        Golden.Matches(Indented(snapshot.Metadata.Xml40), "metadata/operations.xml");
        using var json = JsonDocument.Parse(snapshot.Metadata.Json.Content);
        Golden.Matches(JsonSerializer.Serialize(json, IndentedJson), "metadata/operations.json");
        var read = Read(snapshot.Metadata.Xml40);
        read.Validate(out var errors);
        errors.Should().BeEmpty();
        snapshot.Edm.Validate(out errors);
        errors.Should().BeEmpty();
        Signatures(read).Should().Equal(Signatures(snapshot.Edm));

        static IEnumerable<string> Signatures(IEdmModel model) => model.SchemaElements.OfType<IEdmOperation>().OrderBy(operation => operation.Name, StringComparer.Ordinal)
            .Select(operation => $"{operation.Name}({string.Join(',', operation.Parameters.Select(parameter => $"{parameter.Name} {parameter.Type.FullName()} {!parameter.Type.IsCollection() && parameter.Type.IsNullable}"))}) {operation.ReturnType?.FullName()} {operation.IsBound} {operation is IEdmFunction { IsComposable: true }}");
    }

    private abstract class Things : DocumentFacade;

    private static IEdmModel Read(MetadataDocument document)
    {
        using var xml = XmlReader.Create(new StringReader(Text(document)));
        CsdlReader.TryParse(xml, out var model, out var errors).Should().BeTrue(string.Join('\n', errors.Select(error => error.ErrorMessage)));
        errors.Should().BeEmpty();
        return model;
    }

    private static IEnumerable<string> Describe(IEdmModel model)
    {
        foreach (var type in model.SchemaElements.OfType<IEdmStructuredType>().OrderBy(type => type.FullTypeName(), StringComparer.Ordinal))
            foreach (var property in type.DeclaredProperties)
                yield return $"{type.FullTypeName()} {property.Name} "
                    + (property is IEdmNavigationProperty navigation
                        ? $"{navigation.ToEntityType().Name} {navigation.TargetMultiplicity()} {navigation.Partner?.Name} {string.Join(',', navigation.DependentProperties()?.Select(dependent => dependent.Name) ?? [])}"
                        : $"{property.Type} {property.IsKey()}");
        foreach (var set in model.EntityContainer.EntitySets().OrderBy(set => set.Name, StringComparer.Ordinal))
            yield return $"{set.Name} {set.EntityType().FullName()} {string.Join(',', set.NavigationPropertyBindings.Select(binding => $"{binding.NavigationProperty.Name}={binding.Target.Name}").Order())}";
    }

    private static string Text(MetadataDocument document) => Encoding.UTF8.GetString(document.Content.Span);

    private static string Indented(MetadataDocument document)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
            XDocument.Parse(Text(document)).Save(xml);
        return text.ToString();
    }

    private static ModelSnapshot Build(string json, params TableSchema[] more)
    {
        var result = ModelBuilder.Build(
            1, DefinitionReader.Read(json, DefinitionFormat.Json).Definitions, ShopSchema.Tables.Values.Concat(more).ToDictionary(table => table.Name), new());
        result.Mistakes.Should().BeEmpty();
        return result.Snapshot!;
    }
}
