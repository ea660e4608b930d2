using System.Xml;
using System.Xml.Schema;
using BackendApi.Spec.Conformance;
using BackendApi.Spec.Shop;
using BackendApi.Testing;

namespace BackendApi.Spec.Clients;

/// <summary>
/// <c>$metadata</c> before judges of others: the schemas that OASIS publishes for its two forms, and the npm package odata-csdl, which reads the XML and
/// must make of it what the service says in JSON.
/// </summary>
public sealed class MetadataTests(SqliteShop shop, SqliteReference reference, SqliteToldKinds told) : IClassFixture<SqliteShop>, IClassFixture<SqliteReference>, IClassFixture<SqliteToldKinds>
{
    private const string Judge = "metadata";

    [NodeFact(Judge)]
    public Task Of_the_shop() => Passes(shop);

    [NodeFact(Judge)]
    public Task Of_a_model_that_has_everything() => Passes(reference);

    [NodeFact(Judge)]
    public async Task Of_examples_and_rules_for_values_of_every_type()
    {
        (await Metadata(told, "4.01", "json")).Should().ContainAll("@Org.OData.Core.V1.Example", "@Org.OData.Validation.V1.Minimum", "@Org.OData.Validation.V1.Pattern", "@Org.OData.Validation.V1.AllowedValues");
        await Passes(told);
    }

    [NodeFact(Judge)]
    public async Task The_schemas_find_faults_in_values()
    {
        var xml = await Metadata(told, "4.0", "xml");

        foreach (var (right, wrong) in ((string, string)[])
                 [
                     ("Int=\"42\"", "Int=\"many\""), ("Decimal=\"0.01\"", "Decimal=\"0,01\""), ("Date=\"2024-02-29\"", "Date=\"29.2.2024\""), ("Guid=\"0a", "Guid=\"a"), ("Duration=\"-P1DT12H\"", "Duration=\"36:00\""),
                     ("TimeOfDay=\"08:30:00.5\"", "TimeOfDay=\"8.30\""), ("DateTimeOffset=\"2024-02-29T11:34:56Z\"", "DateTimeOffset=\"2024-02-29T11:34:56\""), ("Type=\"Org.OData.Core.V1.PrimitiveExampleValue\"", "Kind=\"Org.OData.Core.V1.PrimitiveExampleValue\""),
                 ])
        {
            xml.Should().Contain(right);
            Faults(xml.Replace(right, wrong, StringComparison.Ordinal)).Should().NotBeEmpty(wrong);
        }
    }

    [NodeFact(Judge)]
    public async Task The_schemas_do_find_faults() =>
        Faults((await Metadata(shop, "4.0", "xml")).Replace(" Scale=", " Digits=", StringComparison.Ordinal)).Should().NotBeEmpty();

    private static async Task Passes(PublishedTables service)
    {
        var xml40 = await Metadata(service, "4.0", "xml");
        var xml401 = await Metadata(service, "4.01", "xml");
        Faults(xml40).Should().BeEmpty();
        Faults(xml401).Should().BeEmpty();

        var folder = Directory.CreateTempSubdirectory("backend-api-metadata-");
        try
        {
            var (xml, json) = (Path.Combine(folder.FullName, "metadata.xml"), Path.Combine(folder.FullName, "metadata.json"));
            await File.WriteAllTextAsync(xml, xml401);
            await File.WriteAllTextAsync(json, await Metadata(service, "4.01", "json"));
            (await NodeClient.RunAsync(NodeClient.Folder(Judge), "judge.js", xml, json)).Should().BeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Metadata(PublishedTables service, string version, string format)
    {
        var (status, _, body) = await service.Get($"$metadata?$format={format}", ("OData-MaxVersion", version));
        status.Should().Be(System.Net.HttpStatusCode.OK);
        return body;
    }

    private static List<string> Faults(string xml)
    {
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, Path.Combine(NodeClient.Folder(Judge), "node_modules/odata-csdl/schemas/edmx.xsd"));
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas, ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings };
        settings.ValidationEventHandler += (_, fault) => faults.Add($"{fault.Exception.LineNumber}:{fault.Exception.LinePosition} {fault.Message}");
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
        }
        return faults;
    }
}

/// <summary>A set whose definition says everything of its values.</summary>
public sealed class SqliteToldKinds() : PublishedTables(new SqliteTestDatabase(), KindsTable.All, ToldKinds.Definitions);
