using System.Text;
using System.Text.RegularExpressions;

namespace BackendApi.Spec.Batch;

/// <summary>A service over authors and their books, which batches are sent to.</summary>
public partial class Library<TDatabase> : HostFixture<TDatabase>
    where TDatabase : TestDatabase, new()
{
    protected override string? Definitions => """
        [
          { "alias": "authors", "table": "author", "allow": { "create": true, "update": true, "delete": true },
            "relations": [
              { "name": "Books", "target": "books", "multiplicity": "many", "isEditable": true, "on": [ { "column": "id", "targetColumn": "author_id" } ] } ] },
          { "alias": "books", "table": "book", "concurrency": "version", "allow": { "create": true, "update": true, "delete": true },
            "relations": [
              { "name": "Author", "target": "authors", "multiplicity": "one", "isEditable": true, "on": [ { "column": "author_id", "targetColumn": "id" } ] } ] },
          { "alias": "lines", "table": "line" }
        ]
        """;

    protected override string[] Settings => ["--OData:MaxBatchOperations=20", "--OData:MaxChangeSetOperations=10"];

    protected override Task PrepareAsync() => Database.RunAsync(
        "CREATE TABLE author (id INT NOT NULL PRIMARY KEY, name VARCHAR(40) NOT NULL)",
        "CREATE TABLE book (id INT NOT NULL PRIMARY KEY, title VARCHAR(40) NOT NULL, author_id INT REFERENCES author(id), version INT NOT NULL)",
        "CREATE TABLE line (id INT NOT NULL PRIMARY KEY, text VARCHAR(1000) NOT NULL)",
        "INSERT INTO line VALUES (1000, 'alone')",
        "INSERT INTO author VALUES (1, 'Ada'), (2, 'Björn')",
        "INSERT INTO book VALUES (1, 'Notes', 1, 7), (2, 'Poems', 2, 1)");

    public string Root => Host.Root + "odata/";

    /// <summary>
    /// Sends a batch whose boundary is <c>b</c>, and gives the body of the answer: line ends are CRLF on the way and LF here, the boundaries of the answer are
    /// {batch} and {changeset}, an ETag is {tag}, and the service root is {root}.
    /// </summary>
    public async Task<string> Multipart(string body, params (string Name, string Value)[] headers)
    {
        using var response = await Send(body.ReplaceLineEndings("\r\n"), "multipart/mixed;boundary=b", headers);
        ((int)response.StatusCode).Should().Be(200, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.Should().Be("multipart/mixed");
        return await Text(response);
    }

    public async Task<string> Json(string body, params (string Name, string Value)[] headers)
    {
        using var response = await Send(body, "application/json", headers);
        ((int)response.StatusCode).Should().Be(200, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.ToString().Should().Be("application/json");
        return await Text(response);
    }

    /// <summary>The batch as a whole is refused.</summary>
    public async Task Refuses(string body, string type, int status, string message)
    {
        using var response = await Send(body, type);
        var text = await Text(response);
        ((int)response.StatusCode).Should().Be(status, text);
        text.Should().Match("{\"error\":{\"code\":\"*\",\"message\":\"" + message + "\"*}}");
    }

    public Task<HttpResponseMessage> Send(string body, string? type, params (string Name, string Value)[] headers) => Send(Encoding.UTF8.GetBytes(body), type, headers);

    public async Task<HttpResponseMessage> Send(byte[] body, string? type, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Root + "$batch") { Content = new ByteArrayContent(body) };
        if (type is not null)
            message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return await Host.Client.SendAsync(message);
    }

    public async Task<string> Text(HttpResponseMessage response) =>
        Tags().Replace(Boundaries().Replace(await response.Content.ReadAsStringAsync(), "{$1}"), "W/$1{tag}$1").ReplaceLineEndings("\n").Replace(Root, "{root}", StringComparison.Ordinal);

    [GeneratedRegex("(batch|changeset)response_[0-9a-f]{32}")]
    private static partial Regex Boundaries();

    [GeneratedRegex("W/(\\\\?\")[A-Za-z0-9_-]+\\\\?\"")]
    private static partial Regex Tags();
}
