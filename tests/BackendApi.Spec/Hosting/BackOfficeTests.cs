using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using BackendApi.BackOffice;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Hosting;

/// <summary>How the Back Office reaches a browser.</summary>
public sealed partial class BackOfficeTests(HostFixture<SqliteTestDatabase> fixture) : IClassFixture<HostFixture<SqliteTestDatabase>>
{
    [BuiltFact]
    public async Task Its_page_is_at_every_address_of_its_own_and_says_where_it_stands()
    {
        foreach (var address in new[] { "backoffice/", "backoffice/data", "backoffice/data/Orders?filter=Id%20eq%201", "backoffice/endpoints/a.b" })
        {
            using var response = await GetAsync(address);

            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
            response.Headers.CacheControl!.ToString().Should().Be("no-store");
            (await response.Content.ReadAsStringAsync()).Should().Contain("<base href=\"/backoffice/\">");
        }
    }

    [BuiltFact]
    public async Task Nothing_runs_and_nothing_is_loaded_but_what_the_service_sends()
    {
        using var response = await GetAsync("backoffice/");
        var page = await response.Content.ReadAsStringAsync();
        var nonce = Nonce().Match(page).Groups[1].Value;

        response.Headers.GetValues("Content-Security-Policy").Single().Should().Be(
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
        page.Should().NotContain("://").And.NotContain("\"//").And.NotMatchRegex("<script(?![^>]*src=)").And.NotContain(" style=").And.NotContain("%NONCE%");
        using var another = await GetAsync("backoffice/");
        (await another.Content.ReadAsStringAsync()).Should().NotContain(nonce, "a nonce is good for one page");
    }

    [BuiltFact]
    public async Task Its_files_come_compressed_and_are_never_asked_for_again()
    {
        var script = await ScriptAsync();
        using var plain = await GetAsync(script);
        using var brotli = await GetAsync(script, "gzip, deflate, br");

        brotli.Headers.CacheControl!.ToString().Should().Be("public, max-age=31536000, immutable");
        brotli.Content.Headers.ContentEncoding.Should().Equal("br");
        brotli.Headers.Vary.Should().Equal("Accept-Encoding");
        plain.Content.Headers.ContentEncoding.Should().BeEmpty();
        using var unpacked = new MemoryStream();
        await using (var unpacking = new BrotliStream(await brotli.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
            await unpacking.CopyToAsync(unpacked);
        unpacked.ToArray().Should().Equal(await plain.Content.ReadAsByteArrayAsync());
    }

    [BuiltFact]
    public async Task The_first_page_is_less_than_500_KB()
    {
        using var response = await GetAsync("backoffice/");
        var page = await response.Content.ReadAsStringAsync();
        var size = page.Length;
        foreach (Match file in Files().Matches(page))
        {
            using var part = await GetAsync("backoffice/" + file.Groups[1].Value, "br");
            size += (int)part.Content.Headers.ContentLength!;
        }
        size.Should().BeInRange(50_000, 500_000);
    }

    [BuiltFact]
    public async Task What_is_not_there_is_not_the_page()
    {
        using var response = await GetAsync("backoffice/assets/nothing.js");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_its_slash_it_leads_to_itself_and_nowhere_else()
    {
        using var response = await GetAsync("backoffice?x=1");

        response.StatusCode.Should().Be(HttpStatusCode.TemporaryRedirect);
        response.Headers.Location!.OriginalString.Should().Be("/backoffice/?x=1");
    }

    [BuiltFact]
    public async Task The_documentation_of_the_service_is_a_page_of_its_own_under_the_same_policy()
    {
        using var response = await GetAsync("docs/");
        var page = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
        response.Headers.GetValues("Content-Security-Policy").Single().Should().Be(
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{Nonce().Match(page).Groups[1].Value}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
        page.Should().Contain("<base href=\"/docs/\">").And.NotMatchRegex("<script(?![^>]*src=)");
        using var script = await GetAsync("docs/" + Files().Match(page).Groups[1].Value);
        script.StatusCode.Should().Be(HttpStatusCode.OK);
        using var elsewhere = await GetAsync("docs/nothing");
        elsewhere.StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var plain = await GetAsync("docs");
        plain.Headers.Location!.OriginalString.Should().Be("/docs/");
    }

    [BuiltFact]
    public void Nothing_of_what_counts_installations_is_in_it()
    {
        var assembly = typeof(BackOfficeApplication).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".js", StringComparison.Ordinal)))
        {
            using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
            script.ReadToEnd().Should().NotContainEquivalentOf("scarf", name);
        }
    }

    [Fact]
    public async Task The_address_of_the_service_leads_to_the_Back_Office()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, "");
            using var response = await fixture.Host.Anonymous.SendAsync(request);

            response.StatusCode.Should().Be(HttpStatusCode.Redirect);
            response.Headers.Location!.OriginalString.Should().Be("/backoffice/");
        }
    }

    private async Task<string> ScriptAsync()
    {
        using var response = await GetAsync("backoffice/");
        return "backoffice/" + Files().Match(await response.Content.ReadAsStringAsync()).Groups[1].Value;
    }

    private async Task<HttpResponseMessage> GetAsync(string address, string? accepted = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accepted is not null)
            request.Headers.Add("Accept-Encoding", accepted);
        return await fixture.Host.Anonymous.SendAsync(request);
    }

    [GeneratedRegex("name=\"csp-nonce\" content=\"([^\"]+)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("(?:src|href)=\"\\./(assets/[^\"]+\\.(?:js|css))\"")]
    private static partial Regex Files();

    /// <summary>A test that needs the application, which is built where Node is.</summary>
    private sealed class BuiltFactAttribute : FactAttribute
    {
        public BuiltFactAttribute() => Skip = NodeClient.HasNode ? null : "Node is not installed: the Back Office was not built.";
    }
}
