using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using BackendApi.Model;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Xunit;

namespace BackendApi.Tests.Model;

/// <summary>What <c>$metadata</c> says of the values of a property: the example and the rules of its definition.</summary>
public class ToldValuesTests
{
    private const string Xml = "xmlns=\"http://docs.oasis-open.org/odata/ns/edm\"";

    private static readonly ModelSnapshot Kinds = Build(ToldKinds.Definitions);

    [Theory]
    [InlineData("Text", """String="a &lt;b&gt; &amp; &quot;c&quot;" """, """ "a <b> & \"c\"" """)]
    [InlineData("Flag", """Bool="true" """, "true")]
    [InlineData("Tiny", """Int="255" """, "255")]
    [InlineData("Small", """Int="-7" """, "-7")]
    [InlineData("Number", """Int="42" """, "42")]
    [InlineData("Big", """Int="9223372036854775807" """, "9223372036854775807")]
    [InlineData("Price", """Decimal="1234567890.123" """, "1234567890.123")]
    [InlineData("Real", """Float="1E+300" """, "1E+300")]
    [InlineData("Short", """Float="0.1" """, "0.1")]
    [InlineData("Day", """Date="2024-02-29" """, "\"2024-02-29\"")]
    [InlineData("Time", """TimeOfDay="08:30:00.5" """, "\"08:30:00.5\"")]
    [InlineData("Instant", """DateTimeOffset="2024-02-29T11:34:56Z" """, "\"2024-02-29T11:34:56Z\"")]
    [InlineData("Wait", """Duration="-P1DT12H" """, "\"-P1DT12H\"")]
    [InlineData("Code", """Guid="0a000000-0000-0000-0000-00000000000b" """, "\"0a000000-0000-0000-0000-00000000000b\"")]
    [InlineData("State", """EnumMember="BackendApi.ValuesState/Open" """, "\"Open\"")]
    [InlineData("Marks", """EnumMember="BackendApi.ValuesMarks/Red BackendApi.ValuesMarks/Blue" """, "\"Red,Blue\"")]
    public void An_example_is_a_constant_of_the_type(string property, string xml, string json)
    {
        Element(Kinds, property, "Org.OData.Core.V1.Example").Should().Be(
            $"""<Annotation Term="Org.OData.Core.V1.Example" {Xml}><Record Type="Org.OData.Core.V1.PrimitiveExampleValue"><PropertyValue Property="Value" {xml}/></Record></Annotation>""");
        Member(Kinds, property, "Org.OData.Core.V1.Example").Should().Be(
            $$"""{"@type":"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.json#Org.OData.Core.V1.PrimitiveExampleValue","Value":{{json.Trim()}}}""");
    }

    [Theory]
    [InlineData("Tiny", "Minimum", "1")]
    [InlineData("Number", "Minimum", "-0.5")]
    [InlineData("Number", "Maximum", "2147483647")]
    [InlineData("Big", "Minimum", "-9223372036854775807")]
    [InlineData("Big", "Maximum", "9007199254740993")]
    [InlineData("Price", "Minimum", "0.01")]
    [InlineData("Price", "Maximum", "9999999999.9999")]
    [InlineData("Real", "Maximum", "0.5")]
    public void Bounds_are_decimals_that_lose_no_digit(string property, string term, string number)
    {
        Element(Kinds, property, $"Org.OData.Validation.V1.{term}").Should().Be($"""<Annotation Term="Org.OData.Validation.V1.{term}" Decimal="{number}" {Xml} />""");
        Member(Kinds, property, $"Org.OData.Validation.V1.{term}").Should().Be(number);
    }

    [Fact]
    public void A_pattern_is_told_as_it_was_written()
    {
        Element(Kinds, "Text", "Org.OData.Validation.V1.Pattern").Should().Be(
            $$"""<Annotation Term="Org.OData.Validation.V1.Pattern" String="^[^&lt;&amp;&quot;']{0,9}\.$" {{Xml}} />""");
        Member(Kinds, "Text", "Org.OData.Validation.V1.Pattern").Should().Be("""
            "^[^<&\"']{0,9}\\.$"
            """);
    }

    [Fact]
    public void Allowed_values_are_a_record_each()
    {
        Element(Kinds, "Text", "Org.OData.Validation.V1.AllowedValues").Should().Be(
            $"""<Annotation Term="Org.OData.Validation.V1.AllowedValues" {Xml}><Collection><Record><PropertyValue Property="Value" String="a" /></Record>"""
            + """<Record><PropertyValue Property="Value" String="&lt;&amp;&quot;&gt;" /></Record><Record><PropertyValue Property="Value" String="" /></Record></Collection></Annotation>""");
        Member(Kinds, "Text", "Org.OData.Validation.V1.AllowedValues").Should().Be("""[{"Value":"a"},{"Value":"<&\">"},{"Value":""}]""");
    }

    [Theory]
    [InlineData("""{ "column": "number", "example": "many" }""", "An example that is no value of the type.")]
    [InlineData("""{ "column": "tiny", "example": "256" }""", "One that is none any more.")]
    [InlineData("""{ "column": "price", "example": "0.12345678901234567890123456789" }""", "One that would be rounded.")]
    [InlineData("""{ "column": "day", "example": "29.2.2024" }""", "One of another format.")]
    [InlineData("""{ "column": "bytes", "example": "AAAA" }""", "Bytes, which the standard and the reader of Excel write differently.")]
    [InlineData("""{ "column": "state", "type": "enum", "members": [{ "name": "Open" }], "example": "Shut" }""", "A member that is none.")]
    [InlineData("""{ "column": "text", "example": "a\u0001b" }""", "A text that no XML can hold.")]
    [InlineData("""{ "column": "text", "validation": { "enum": ["a", "\ud800"] } }""", "Allowed values, one of which cannot be told.")]
    [InlineData("""{ "column": "text", "validation": { "pattern": "(?i)^a$" } }""", "A pattern that other readers take for another.")]
    [InlineData("""{ "column": "text", "validation": { "minLength": 1, "format": "url" } }""", "Rules for which there is no term.")]
    [InlineData("""{ "column": "number", "isCreatable": false, "isEditable": false, "validation": { "min": 1 } }""", "What no client writes, so that nothing is checked.")]
    [InlineData("""{ "column": "number", "validation": { "min": 1 }, "transform": [{ "constant": "5" }] }""", "What the service writes, whatever the client says.")]
    public void Nothing_is_said_of(string field, string why)
    {
        var snapshot = Build($$"""[{ "alias": "values", "table": "value", "fields": [{ "column": "id" }, {{field}}], "relations": [] }]""");

        Text(snapshot.Metadata.Xml40).Should().NotContainAny(["Term=\"Org.OData.Core.V1.Example\"", "Term=\"Org.OData.Validation.V1."], why);
        Text(snapshot.Metadata.Json).Should().NotContainAny(["\"@Org.OData.Core.V1.Example\"", "\"@Org.OData.Validation.V1."], why);
    }

    /// <summary>Its own validator knows neither Edm.PrimitiveType nor members that can be left out: it is asked for the terms, and the rest is compared here.</summary>
    [Fact]
    public void The_reader_of_excel_finds_every_term_and_every_value_in_the_published_vocabularies() => Faults(Text(Kinds.Metadata.Xml40)).Should().BeEmpty();

    [Theory]
    [InlineData("V1.Minimum", "V1.Least", "Tiny Org.OData.Validation.V1.Least: no such term.")]
    [InlineData("V1.Pattern", "V1.ItemsOf", "Text Org.OData.Validation.V1.ItemsOf: for EntityType ComplexType.")]
    [InlineData("PrimitiveExampleValue", "ComplexExampleValue", "Text Org.OData.Core.V1.Example: no record.")]
    [InlineData("Property=\"Value\" Date", "Property=\"Day\" Date", "Day Org.OData.Core.V1.Example: Org.OData.Core.V1.PrimitiveExampleValue has no Day.", "Day Org.OData.Core.V1.Example: Value is missing.")]
    [InlineData("Int=\"42\"", "String=\"42\"", "Number Org.OData.Core.V1.Example: a StringConstant for Edm.PrimitiveType of Edm.Int32.")]
    [InlineData("Decimal=\"0.5\"", "Float=\"0.5\"", "Real Org.OData.Validation.V1.Maximum: a FloatingConstant for Edm.Decimal of Edm.Double.")]
    public void The_judge_does_find_faults(string right, string wrong, params string[] faults) =>
        Faults(Text(Kinds.Metadata.Xml40).Replace(right, wrong, StringComparison.Ordinal)).Should().Contain(faults);

    private static List<string> Faults(string metadata)
    {
        using var xml = XmlReader.Create(new StringReader(metadata));
        CsdlReader.TryParse(xml, out var model, out var errors).Should().BeTrue();
        errors.Should().BeEmpty();
        return [.. VocabularyJudge.Faults(model, model.VocabularyAnnotations.Where(annotation => annotation.Target is IEdmProperty))];
    }

    private static string Text(MetadataDocument document) => Encoding.UTF8.GetString(document.Content.Span);

    private static string Element(ModelSnapshot snapshot, string property, string term) =>
        XDocument.Parse(Text(snapshot.Metadata.Xml40)).Descendants()
            .Single(element => element.Name.LocalName == "Property" && (string?)element.Attribute("Name") == property)
            .Elements().Single(element => (string?)element.Attribute("Term") == term).ToString(SaveOptions.DisableFormatting);

    private static string Member(ModelSnapshot snapshot, string property, string term)
    {
        using var json = JsonDocument.Parse(snapshot.Metadata.Json.Content);
        return json.RootElement.GetProperty("BackendApi").GetProperty("Values").GetProperty(property).GetProperty("@" + term).GetRawText();
    }

    internal static ModelSnapshot Build(string definitions)
    {
        var result = ModelBuilder.Build(1, DefinitionReader.Read(definitions, DefinitionFormat.Json).Definitions, KindsTable.All.ToDictionary(table => table.Table.Name, table => table.Table), new());
        result.Mistakes.Should().BeEmpty();
        return result.Snapshot!;
    }
}
