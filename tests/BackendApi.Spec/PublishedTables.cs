using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Support;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec;

/// <summary>The service over a few tables with literal rows, asked over HTTP. One for each test class; nothing in it changes.</summary>
/// <param name="tables">In an order in which every foreign key finds its target.</param>
/// <param name="configuration">What is published of them: configuration documents as JSON.</param>
/// <param name="settings">As on the command line.</param>
public abstract class PublishedTables(TestDatabase database, IReadOnlyList<(TableSchema Table, object?[][] Rows)> tables, string configuration, params string[] settings) : IAsyncLifetime
{
    private BackendApiHost? _host;

    /// <summary>The OData service root with a trailing slash.</summary>
    public string Root => _host!.Root + "odata/";

    public string ApiKey => _host!.ApiKey;

    /// <inheritdoc cref="BackendApiHost.ReadingKey"/>
    public string ReadingKey => _host!.ReadingKey;

    /// <summary>What stands below the service, for cases that change it behind its back.</summary>
    public TestDatabase Database => database;

    public IServiceProvider Services => _host!.Services;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        if (database.ConnectionString.Length == 0)
            return;
        foreach (var (table, rows) in tables)
            await CreateAsync(table, rows);

        var definitions = Path.GetTempFileName() + ".json";
        await File.WriteAllTextAsync(definitions, configuration);
        _host = await BackendApiHost.StartAsync(database, Add, [.. settings, $"--DataExchange:ConfigurationFiles={definitions}"]);
        File.Delete(definitions);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>The request is answered with this JSON; <c>{root}</c> stands for the service root, line breaks for nothing.</summary>
    public async Task Answers(string request, string json, params (string Name, string Value)[] headers)
    {
        var (status, _, body) = await Get(request, headers);
        body.Should().Be(json.ReplaceLineEndings("").Replace("{root}", Root, StringComparison.Ordinal), "GET {0}", request);
        status.Should().Be(HttpStatusCode.OK);
    }

    public async Task AnswersText(string request, string text)
    {
        var (status, headers, body) = await Get(request);
        body.Should().Be(text);
        headers.ContentType!.MediaType.Should().Be("text/plain");
        status.Should().Be(HttpStatusCode.OK);
    }

    public async Task AnswersNothing(string request)
    {
        var (status, _, body) = await Get(request);
        body.Should().BeEmpty();
        status.Should().Be(HttpStatusCode.NoContent);
    }

    /// <summary>The rows that a request yields, by their keys.</summary>
    public async Task Keys(string set, string options, string keys, string because)
    {
        var (status, _, body) = await Get($"{set}?$select=Id&{options}");
        status.Should().Be(HttpStatusCode.OK, "{0}: {1}", because, body);
        KeysOf(JsonNode.Parse(body)!).Should().Be(keys, because.Length > 0 ? because : options.Length > 100 ? options[..100] : options);
    }

    /// <summary>The same over a set whose key has another name.</summary>
    public async Task KeysAre(string set, string key, string options, string keys)
    {
        var (status, _, body) = await Get($"{set}?$select={key}&{options}");
        status.Should().Be(HttpStatusCode.OK, "{0}: {1}", options, body);
        string.Join(' ', JsonNode.Parse(body)!["value"]!.AsArray().Select(row => row![key]!.ToJsonString())).Should().Be(keys, options);
    }

    /// <summary>The keys of all pages, following next links.</summary>
    public async Task<string> Pages(string request, int pageSize)
    {
        var keys = new List<string>();
        string? next = Root + request;
        while (next is not null)
        {
            var (status, _, body) = await Get(next[Root.Length..], ("Prefer", $"maxpagesize={pageSize}"));
            status.Should().Be(HttpStatusCode.OK, body);
            var page = JsonNode.Parse(body)!;
            page["value"]!.AsArray().Count.Should().BeLessThanOrEqualTo(pageSize);
            keys.Add(KeysOf(page));
            next = (string?)page["@odata.nextLink"];
        }
        return string.Join(' ', keys);
    }

    public async Task<string?> NextLink(string request, int pageSize)
    {
        var (status, _, body) = await Get(request, ("Prefer", $"maxpagesize={pageSize}"));
        status.Should().Be(HttpStatusCode.OK, body);
        return (string?)JsonNode.Parse(body)!["@odata.nextLink"];
    }

    public async Task Heads(string request, string header, string value, params (string Name, string Value)[] headers)
    {
        using var response = await Send(HttpMethod.Get, request, headers);
        var values = response.Headers.TryGetValues(header, out var found) ? found : response.Content.Headers.GetValues(header);
        values.Should().Equal(value);
    }

    public async Task Refuses(string request, int status, string? code, params (string Name, string Value)[] headers)
    {
        var (answered, _, body) = await Get(request, headers);
        ((int)answered).Should().Be(status, "{0} answered {1}", request, body);
        if (code is not null)
            ((string?)JsonNode.Parse(body)!["error"]!["code"]).Should().Be(code, body);
    }

    public async Task RefusesWith(string request, int status, string? json = null, string? message = null)
    {
        var (answered, _, body) = await Get(request);
        ((int)answered).Should().Be(status, body);
        if (json is not null)
            JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(json)).Should().BeTrue("it is {0}", body);
        if (message is not null)
            ((string)JsonNode.Parse(body)!["error"]!["message"]!).Should().Match(message);
    }

    public async Task<(HttpStatusCode Status, HttpContentHeaders Headers, string Body)> Get(string request, params (string Name, string Value)[] headers)
    {
        using var response = await Send(HttpMethod.Get, request, headers);
        return (response.StatusCode, response.Content.Headers, await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> Send(HttpMethod method, string request, params (string Name, string Value)[] headers) =>
        Send(_host!.Client, method, request, headers);

    public Task<HttpResponseMessage> Send(HttpMethod method, string request, HttpContent content, params (string Name, string Value)[] headers) =>
        Send(_host!.Client, method, request, headers, content);

    /// <summary>Without the key that the other requests carry.</summary>
    public Task<HttpResponseMessage> SendAnonymously(HttpMethod method, string request, params (string Name, string Value)[] headers) =>
        Send(_host!.Anonymous, method, request, headers);

    /// <summary>What the service tells of itself while it works.</summary>
    public Observations Observations => _host!.Observations;

    /// <summary>An answer that was read to its end.</summary>
    public async Task<(int Status, string Body)> Ask(string request, int pageSize, CancellationToken cancellation)
    {
        var url = new Uri(Root + Encoded(request), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.Add("Prefer", $"maxpagesize={pageSize}");
        using var response = await _host!.Client.SendAsync(message, cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
    }

    private async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string request, (string Name, string Value)[] headers, HttpContent? content = null)
    {
        // As it stands: Uri would decode and encode what the cases mean to send.
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        // Beside the OData service when it begins with a slash.
        var address = request.StartsWith('/') ? Root[..^"odata/".Length] + request[1..] : Root + request;
        Uri.TryCreate(Encoded(address), options, out var url).Should().BeTrue(request);
        using var message = new HttpRequestMessage(method, url) { Content = content };
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(message);
    }

    private static string Encoded(string request)
    {
        var text = new StringBuilder(request.Length);
        foreach (var character in request)
            text.Append(character switch
            {
                ' ' => "%20",
                '"' => "%22",
                > '\x7f' => Uri.EscapeDataString(character.ToString()),
                _ => character.ToString(),
            });
        return text.ToString();
    }

    private static string KeysOf(JsonNode page) =>
        string.Join(' ', page["value"]!.AsArray().Select(row => row!["Id"]!.ToJsonString()));

    /// <summary>What the host adds of its own.</summary>
    protected virtual void Add(IServiceCollection services) { }

    protected virtual string CreateTable(Dialect dialect, TableSchema table) => dialect.Ddl.CreateTable(table);

    private async Task CreateAsync(TableSchema table, object?[][] rows)
    {
        var dialect = database.Database.Dialect;
        await database.RunAsync(CreateTable(dialect, table));
        await using var session = await database.Database.OpenAsync(default);
        foreach (var statement in dialect.Insert(table, [.. table.Columns.Select(column => column.Name)], rows))
            await session.ExecuteAsync(statement, default);
    }
}
