using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BackendApi.Spec.Shop;

namespace BackendApi.Spec.Clients;

/// <summary>How Excel and Power BI find out what to send, and how they send it. The service tests a credential without any query options.</summary>
public abstract class CredentialCases(ShopService shop)
{
    public static readonly TheoryData<string> Probes = ["", "$metadata", "Customers"];

    [DatabaseTheory, MemberData(nameof(Probes))]
    public async Task Without_credentials_the_challenge_names_both_schemes(string request)
    {
        using var response = await Probe(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).Should().Equal("Bearer", "Basic");
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
    }

    [DatabaseTheory, MemberData(nameof(Probes))]
    public async Task The_word_Bearer_without_a_token_asks_for_the_challenge(string request)
    {
        using var response = await Probe(request, ("Authorization", "Bearer"));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.First().ToString().Should().StartWith("Bearer realm=");
    }

    [DatabaseTheory, MemberData(nameof(Probes))]
    public async Task A_user_and_password(string request)
    {
        using var response = await Probe(request, ("Authorization", Basic(BackendApiHost.AdminUserName, BackendApiHost.AdminPassword)));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory, MemberData(nameof(Probes))]
    public async Task A_key_as_the_password_of_nobody(string request)
    {
        using var response = await Probe(request, ("Authorization", Basic("", shop.ApiKey)));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory, MemberData(nameof(Probes))]
    public async Task A_key_as_query_parameter(string request)
    {
        using var response = await Probe($"{request}?api_key={shop.ReadingKey}");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task A_key_that_can_write_as_query_parameter_is_told_which_setting_forbids_it()
    {
        using var response = await Probe($"Customers?api_key={shop.ApiKey}");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Access:KeysInUrl").And.NotContain(shop.ApiKey);
    }

    [DatabaseFact]
    public async Task A_wrong_key_is_told_from_none_by_nothing()
    {
        using var none = await Probe("Customers");
        using var wrong = await Probe("Customers?api_key=bapi_0000000000000000000000000000000000000000000");

        wrong.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await wrong.Content.ReadAsStringAsync()).Should().Be(await none.Content.ReadAsStringAsync());
    }

    /// <summary>Power Query adds the parameter to each link by itself; the service must not write a secret into its answers.</summary>
    [DatabaseFact]
    public async Task The_key_is_added_to_next_links_by_the_client()
    {
        var keys = new List<int>();
        string? next = shop.Root + "Customers?$select=Id";
        while (next is not null)
        {
            using var response = await Probe($"{next[shop.Root.Length..]}&api_key={shop.ReadingKey}", ("Prefer", "odata.maxpagesize=2"));
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            var text = await Excel.Text(response);
            text.Should().NotContain(shop.ReadingKey);
            var page = JsonNode.Parse(text)!;
            keys.AddRange(page["value"]!.AsArray().Select(row => (int)row!["Id"]!));
            next = (string?)page["@odata.nextLink"];
        }
        keys.Should().Equal(1, 2, 3, 4, 5);
    }

    private Task<HttpResponseMessage> Probe(string request, params (string Name, string Value)[] headers) =>
        shop.SendAnonymously(HttpMethod.Get, request, [.. Excel.Headers, .. headers]);

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
