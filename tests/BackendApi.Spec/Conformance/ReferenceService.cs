using System.Net;
using System.Text.Json.Nodes;
using BackendApi.Resources;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Conformance;

/// <summary>The service over the reference model.</summary>
public abstract class ReferenceService(TestDatabase database, string definitions = ReferenceModel.Definitions) : PublishedTables(database, ReferenceModel.Tables, definitions)
{
    /// <summary>The payloads that a client can ask for, with their spelling of control information.</summary>
    public static readonly IReadOnlyList<PayloadVersion> Versions = [new("4.0", "@odata."), new("4.01", "@")];

    protected override void Add(IServiceCollection services) => services.AddModule<ReferenceModule>();

    /// <summary>
    /// The same request in both payloads. What 4.01 answers differs by the spelling of control information and of primitive types, unless the case
    /// says more.
    /// </summary>
    public async Task Both(string request, string json40, string? json401 = null)
    {
        request = request.Replace("{root}", Root, StringComparison.Ordinal);
        await Answers(request, json40, ("OData-MaxVersion", "4.0"));
        await Answers(request, json401 ?? json40.Replace("@odata.", "@", StringComparison.Ordinal).Replace("\"#Int32\"", "\"Int32\"", StringComparison.Ordinal), ("OData-MaxVersion", "4.01"));
    }

    public async Task<JsonNode> Json(string request, PayloadVersion version, params (string Name, string Value)[] headers)
    {
        var (status, _, body) = await Get(request, [("OData-MaxVersion", version.Number), .. headers]);
        status.Should().Be(HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }
}

/// <param name="Prefix">Of the names of control information.</param>
public sealed record PayloadVersion(string Number, string Prefix)
{
    public string Context => Prefix + "context";
    public string NextLink => Prefix + "nextLink";
    public string DeltaLink => Prefix + "deltaLink";
}

public sealed class SqliteReference() : ReferenceService(new SqliteTestDatabase());

public sealed class PostgreSqlReference() : ReferenceService(new PostgreSqlTestDatabase());

public sealed class SqlServerReference() : ReferenceService(new SqlServerTestDatabase());
