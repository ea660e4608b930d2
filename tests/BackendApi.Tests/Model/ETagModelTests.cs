using BackendApi.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

/// <summary>What the ETags of a set are made of, as the model decides when it is built.</summary>
public sealed class ETagModelTests
{
    private static readonly ColumnSchema RowVersion = new("xmin", new(ValueKind.String, "xid"), false, IsGenerated: true);

    [Theory]
    [InlineData("nothing is written", "{}", null)]
    [InlineData("rows are only added", """{ "allow": { "create": true } }""", null)]
    [InlineData("nothing is written, but a column is named", """{ "concurrency": "name" }""", "Version name Name")]
    [InlineData("a column is named", """{ "allow": { "update": true }, "concurrency": "name" }""", "Version name Name")]
    [InlineData("the column named is not shown", """{ "allow": { "update": true }, "concurrency": "name", "fields": [{ "column": "sku" }] }""", "Version name")]
    [InlineData("nothing is named", """{ "allow": { "update": true } }""", "Content is_active, name, sku")]
    [InlineData("rows are deleted", """{ "allow": { "delete": true } }""", "Content is_active, name, sku")]
    [InlineData("not everything is shown, and in another order", """{ "allow": { "update": true }, "fields": [{ "column": "sku" }, { "column": "name", "name": "Says/What" }] }""", "Content name, sku")]
    [InlineData("a column tells derived types", """{ "allow": { "update": true }, "fields": [{ "column": "sku" }], "derived": [{ "name": "Lamp", "column": "name", "value": "lamp", "fields": [{ "column": "is_active" }] }] }""", "Content is_active, name, sku")]
    public void Without_a_row_version(string where, string definition, string? made) =>
        Describe(Build(definition, ShopSchema.Product)).Should().Be(made, where);

    [Theory]
    [InlineData("nothing is written", "{}", null)]
    [InlineData("nothing is named", """{ "allow": { "update": true } }""", "Version xmin")]
    [InlineData("it is named", """{ "concurrency": "xmin" }""", "Version xmin")]
    [InlineData("another is named", """{ "allow": { "update": true }, "concurrency": "name" }""", "Version name Name")]
    public void With_one_beside_the_columns(string where, string definition, string? made) =>
        Describe(Build(definition, ShopSchema.Product with { RowVersion = RowVersion })).Should().Be(made, where);

    [Fact]
    public void With_one_among_the_columns()
    {
        var version = new ColumnSchema("rv", new(ValueKind.Binary, "rowversion", 8), false, IsGenerated: true);
        var table = ShopSchema.Product with { Columns = [.. ShopSchema.Product.Columns, version], RowVersion = version };

        Describe(Build("""{ "allow": { "update": true } }""", table)).Should().Be("Version rv Rv");
    }

    [Theory]
    [InlineData("""{ "requireETag": true, "allow": { "update": true }, "concurrency": "name" }""", true, "<Collection><PropertyPath>Name</PropertyPath></Collection>")]
    [InlineData("""{ "requireETag": true, "allow": { "update": true } }""", true, "<Collection />")]
    [InlineData("""{ "requireETag": true }""", false, null)]
    [InlineData("""{ "allow": { "update": true }, "concurrency": "name" }""", false, null)]
    public void The_metadata_says_where_changes_need_it(string definition, bool isRequired, string? collection)
    {
        var snapshot = Build(definition, ShopSchema.Product);

        snapshot.EntitySets["P"].RequiresETag.Should().Be(isRequired);
        var xml = System.Xml.Linq.XDocument.Parse(System.Text.Encoding.UTF8.GetString(snapshot.Metadata.Xml401.Content.Span));
        var annotation = xml.Descendants().SingleOrDefault(element => (string?)element.Attribute("Term") == "Org.OData.Core.V1.OptimisticConcurrency");
        annotation?.Elements().Single().ToString(System.Xml.Linq.SaveOptions.DisableFormatting).Replace(" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\"", "", StringComparison.Ordinal)
            .Should().Be(collection);
        (annotation is null).Should().Be(collection is null);
    }

    private static string? Describe(ModelSnapshot snapshot) => snapshot.EntitySets["P"].ETag switch
    {
        null => null,
        ETagModel.Version version => $"Version {version.Column.Name} {version.Property?.Name}".TrimEnd(),
        var content => $"Content {string.Join(", ", content.Columns.Select(column => column.Name))}",
    };

    private static ModelSnapshot Build(string definition, TableSchema table)
    {
        var read = DefinitionReader.Read($$"""{ "alias": "p", "table": "product", {{definition.TrimStart('{', ' ')}}""".Replace(", }", " }", StringComparison.Ordinal), DefinitionFormat.Json);
        read.Mistakes.Should().BeEmpty();
        var built = ModelBuilder.Build(1, read.Definitions, new Dictionary<TableName, TableSchema> { [table.Name] = table }, new());
        built.Mistakes.Should().BeEmpty();
        return built.Snapshot!;
    }
}
