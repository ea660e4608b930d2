using Microsoft.OData;
using Microsoft.OData.Edm;

namespace BackendApi.Spec.Clients;

/// <summary>Lets Microsoft.OData.Core's message reader read what a service answers.</summary>
public abstract class ODataLibJudge(PublishedTables service)
{
    private IEdmModel? _model;

    protected async Task Reads(string request, Payload kind, string found, string level, ODataVersion version, bool takesUndeclared = false, params (string Name, string Value)[] more)
    {
        var (accept, max) = ($"application/json;odata.metadata={level}", version == ODataVersion.V401 ? "4.01" : "4.0");
        (string, string)[] headers = kind == Payload.Value
            ? [("User-Agent", Excel.UserAgent), ("OData-MaxVersion", max), .. more]
            : [("Accept", accept), ("User-Agent", Excel.UserAgent), ("OData-MaxVersion", max), .. more];
        using var response = await service.Send(HttpMethod.Get, request, headers);
        var body = await response.Content.ReadAsByteArrayAsync();
        try
        {
            new ODataLibReader(await Model(), version, takesUndeclared).Read(kind, response, body).Should().Match(found);
        }
        catch (ODataException complaint)
        {
            complaint.Message.Should().BeNull("GET {0} answered {1}", request, System.Text.Encoding.UTF8.GetString(body));
        }
    }

    /// <summary>Once for each test: it is read in a millisecond.</summary>
    private async Task<IEdmModel> Model() => _model ??= ODataLibReader.Model((await service.Get("$metadata")).Body);
}
