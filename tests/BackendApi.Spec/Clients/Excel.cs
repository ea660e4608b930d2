using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BackendApi.Spec.Shop;

namespace BackendApi.Spec.Clients;

/// <summary>Asks as Excel and Power BI do: with the headers that they send, byte for byte, and with gzip.</summary>
public sealed class Excel(ShopService shop, (string Name, string Value)[] headers)
{
    public const string UserAgent = "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)";

    /// <summary>As observed of <c>OData.Feed</c> without options.</summary>
    public static readonly (string Name, string Value)[] Headers =
    [
        ("Accept-Encoding", "gzip, deflate"),
        ("User-Agent", UserAgent),
        ("MaxDataServiceVersion", "3.0"),
        ("OData-MaxVersion", "4.0"),
        ("Accept", "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7"),
    ];

    /// <summary>As observed with the option <c>ODataVersion=4</c>.</summary>
    public static readonly (string Name, string Value)[] HeadersOfVersion4 =
    [
        ("Accept-Encoding", "gzip, deflate"),
        ("User-Agent", UserAgent),
        ("OData-MaxVersion", "4.0"),
        ("Accept", "application/json;odata.metadata=minimal"),
    ];

    /// <summary>The request is answered with 200 and with what every reader inside Excel insists on.</summary>
    public async Task<string> Asks(string request, params (string Name, string Value)[] more)
    {
        using var response = await shop.Send(HttpMethod.Get, request, [.. headers, .. more]);
        var body = await Text(response);
        response.StatusCode.Should().Be(HttpStatusCode.OK, "GET {0} answered {1}", request, body);
        response.Headers.NonValidated["OData-Version"].Should().Equal(["4.0"], "two headers, or another version, are refused");
        response.Content.Headers.ContentType!.CharSet.Should().BeNull("nobody asked for the parameter");
        if (response.Content.Headers.ContentType.MediaType == "application/json")
            ((string?)JsonNode.Parse(body)!["@odata.context"]).Should().StartWith(shop.Root + "$metadata", "a context URL is absolute");
        return body;
    }

    public async Task<JsonNode> AsksForJson(string request) => JsonNode.Parse(await Asks(request))!;

    /// <summary>All rows of a request, as the next links lead to them.</summary>
    public async Task<IReadOnlyList<JsonNode>> Loads(string request)
    {
        var rows = new List<JsonNode>();
        string? next = shop.Root + request;
        while (next is not null)
        {
            next.Should().StartWith(shop.Root, "a next link is absolute, and leads back here");
            var page = await AsksForJson(next[shop.Root.Length..]);
            rows.AddRange(page["value"]!.AsArray()!);
            next = (string?)page["@odata.nextLink"];
        }
        return rows;
    }

    public static async Task<string> Text(HttpResponseMessage response)
    {
        await using var content = await response.Content.ReadAsStreamAsync();
        await using var plain = response.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(content, CompressionMode.Decompress) : content;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
