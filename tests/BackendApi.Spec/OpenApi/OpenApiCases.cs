using System.Text.Json.Nodes;
using BackendApi.Spec.Writing;
using Microsoft.OpenApi;

namespace BackendApi.Spec.OpenApi;

/// <summary><c>/openapi.json</c>: a reader of others finds no fault with it, and every operation in it is there.</summary>
public abstract class OpenApiCases(WritableRows service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_reader_of_others_understands_it()
    {
        var (_, _, text) = await service.Get("/openapi.json");

        var read = OpenApiDocument.Parse(text, "json");

        read.Diagnostic!.Errors.Select(error => error.ToString()).Should().BeEmpty();
        read.Diagnostic.Warnings.Select(warning => warning.ToString()).Should().BeEmpty();
        read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(fault => fault.ToString()).Should().BeEmpty();
        read.Document!.Paths.Should().NotBeEmpty();
    }

    [DatabaseFact]
    public async Task Operations_have_names_of_their_own()
    {
        var described = await Described.OfAsync(service);

        described.Operations.Select(operation => (string)operation.Operation["operationId"]!).Should().OnlyHaveUniqueItems();
    }

    /// <summary>Sent as it is described, with the first entity that there is; nothing is kept of it. Reads come first, because rows that a facade keeps itself know no trial.</summary>
    [DatabaseFact]
    public async Task Every_operation_is_there()
    {
        var described = await Described.OfAsync(service);
        var requests = new DescribedRequests(service, described);
        var missing = new List<string>();

        foreach (var (template, method, operation) in described.Operations.OrderBy(operation => operation.Method != "GET"))
            if (await requests.SendAsync(template, method, operation) is { } answer
                && (answer.Status is 404 or 405 or >= 500 || (method == "GET" && answer.Status >= 400 && !template.Contains('@', StringComparison.Ordinal)))
                && !answer.Body.Contains("on trial", StringComparison.Ordinal)
                // The operation is there and was understood; it is about tables, and this names none.
                && !answer.Body.Contains("The database has no table or view 'Monday'.", StringComparison.Ordinal))
                missing.Add($"{method} {template}: {answer.Status} {answer.Body}");

        missing.Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task Answers_are_as_described()
    {
        var described = await Described.OfAsync(service);
        var (requests, answers) = (new DescribedRequests(service, described, ("Accept", "application/json")), new DescribedAnswer(described));
        var (surprises, seen) = (new List<string>(), 0);

        foreach (var (template, method, operation) in described.Operations.Where(operation => operation.Method == "GET"))
            if (operation["responses"]!["200"]?["content"]?["application/json"]?["schema"] is JsonObject schema && await requests.SendAsync(template, method, operation) is { Status: 200 } answer)
            {
                surprises.AddRange(answers.Surprises(JsonNode.Parse(answer.Body), schema).Select(surprise => $"{template}: {surprise}"));
                seen++;
            }

        surprises.Should().BeEmpty();
        seen.Should().BeGreaterThan(5);
    }

    [DatabaseFact]
    public async Task What_is_not_changed_is_not_sent_again()
    {
        using var first = await service.Send(HttpMethod.Get, "/openapi.json");
        using var compressed = await service.Send(HttpMethod.Get, "/openapi.json", ("Accept-Encoding", "gzip"));
        var (tag, other) = (first.Headers.ETag!.ToString(), compressed.Headers.ETag!.ToString());

        using var again = await service.Send(HttpMethod.Get, "/openapi.json", ("If-None-Match", tag));
        using var wrong = await service.Send(HttpMethod.Get, "/openapi.json", ("If-None-Match", other));
        using var head = await service.Send(HttpMethod.Head, "/openapi.json");

        ((int)again.StatusCode).Should().Be(304);
        ((int)wrong.StatusCode).Should().Be(200);
        head.Content.Headers.ContentLength.Should().Be((await first.Content.ReadAsByteArrayAsync()).Length);
        await using var gzip = new System.IO.Compression.GZipStream(await compressed.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(gzip);
        (await text.ReadToEndAsync()).Should().Be(await first.Content.ReadAsStringAsync());
    }

    [DatabaseFact]
    public async Task Nobody_is_told_anything()
    {
        using var response = await service.SendAnonymously(HttpMethod.Get, "/openapi.json");

        ((int)response.StatusCode).Should().Be(401);
    }

    [DatabaseFact]
    public async Task It_says_where_it_is_and_how_to_sign_in()
    {
        var document = (await Described.OfAsync(service)).Document;

        ((string)document["servers"]![0]!["url"]!).Should().Be(service.Root[..^"/odata/".Length]);
        ((string)document["components"]!["securitySchemes"]!["oauth2"]!["flows"]!["password"]!["tokenUrl"]!).Should().Be(service.Root[..^"odata/".Length] + "token");
        document["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).Should().Equal("bearer", "apiKey", "oauth2", "session", "antiForgery", "basic");
        document["security"]!.AsArray().Select(requirement => string.Join('+', requirement!.AsObject().Select(scheme => scheme.Key))).Should().Equal("bearer", "apiKey", "oauth2", "session+antiForgery", "basic");
        var schemes = document["components"]!["securitySchemes"]!;
        ((string)schemes["session"]!["in"]!, (string)schemes["session"]!["name"]!, (string)schemes["antiForgery"]!["name"]!).Should().Be(("cookie", "BackendApi.Session", "X-CSRF-Token"));
    }
}
