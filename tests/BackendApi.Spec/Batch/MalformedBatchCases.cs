namespace BackendApi.Spec.Batch;

/// <summary>A batch that cannot be read to its end is refused as a whole, with the place; nothing of it runs.</summary>
public abstract class MalformedBatchCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    private const string Part = "--b\nContent-Type: application/http\n\nGET Books HTTP/1.1\n\n";

    [DatabaseTheory]
    [InlineData(null, 415, "A batch is multipart/mixed with a boundary, or application/json in utf-8.")]
    [InlineData("text/plain", 415, "A batch is*")]
    [InlineData("application/json;charset=utf-16", 415, "A batch is*")]
    [InlineData("multipart/mixed", 400, "A multipart batch needs a boundary*")]
    [InlineData("multipart/mixed;boundary=\"\"", 400, "A multipart batch needs a boundary*")]
    [InlineData("multipart/mixed;boundary=c", 400, "The body is truncated, or another boundary separates its parts: no line is '--c'.")]
    public Task The_header_says_what_it_is(string? type, int status, string message) => library.Refuses(Part + "--b--\n", type!, status, message);

    [DatabaseTheory]
    [InlineData("", "The body is truncated, or*")]
    [InlineData("--b", "The batch is truncated: it ends in part 1, at line 2*")]
    [InlineData(Part, "The batch is truncated: it ends in part 1, at line 6, without its closing delimiter.")]
    [InlineData(Part + "--b-", "The batch is truncated: it ends in part 1*")]
    [InlineData(Part + "--b\n", "The batch is truncated: it ends in part 2*")]
    [InlineData("--b\n--b--", "The batch is malformed in part 1, before line 3: the part is empty.")]
    [InlineData("--b\nContent-Type: application/http\n\n--b--", "*part 1*: the part holds no request.")]
    [InlineData("--b\nContent-Type: application/http\n\nBooks\n--b--", "*part 1, before line 5: a request begins with a line such as*")]
    [InlineData("--b\nContent-Type: application/http\n\nGET HTTP/1.1\n--b--", "*part 1, before line 5: the request line has no URL.")]
    [InlineData("--b\nContent-Type: application/http\n\nGET Books HTTP/1.1\nno header\n\n--b--", "*part 1, before line 6: a header is expected*")]
    [InlineData("--b\nContent-Type: application/json\n\n{}\n--b--", "*'application/json' is not read in a batch*")]
    [InlineData("--b\nContent-Type: application/http\nContent-Transfer-Encoding: base64\n\nR0VU\n--b--", "*the Content-Transfer-Encoding 'base64' is not read*")]
    [InlineData("--b\nContent-Type: multipart/mixed;boundary=b\n\n--b--", "*the boundary of a change set must differ*")]
    [InlineData("--b\nContent-Type: multipart/mixed\n\n--b--", "*a change set needs a boundary*")]
    [InlineData("--b\nContent-Type: multipart/mixed;boundary=c\n\n--c\nContent-Type: application/http\n\nGET Books HTTP/1.1\n\n--b--", "*the change set is not closed: '--c--' is missing.")]
    [InlineData("--b\nContent-Type: multipart/mixed;boundary=c\n\n--c\nContent-Type: multipart/mixed;boundary=d\n\n--d--\n--c--\n--b--", "*part 1.1*a change set holds requests, and no other change set.")]
    public Task A_multipart_batch_is_whole(string body, string message) => library.Refuses(body, "multipart/mixed;boundary=b", 400, message);

    [DatabaseTheory]
    [InlineData("", "The batch is not valid JSON, is truncated or nests too deep, at line 1, byte 1.")]
    [InlineData("[]", "A JSON batch is an object with the member 'requests'*")]
    [InlineData("{}", "A JSON batch is an object with the member 'requests'*")]
    [InlineData("{\"requests\":{}}", "A JSON batch is an object with the member 'requests'*")]
    [InlineData("{\"requests\":[]} x", "The batch is not valid JSON*at line 1, byte 17.")]
    [InlineData("{\"requests\":[", "The batch is not valid JSON, is truncated or nests too deep, at line 1, byte 14.")]
    [InlineData("{\"requests\":[\n{\"id\":\"1\",}]}", "*at line 2, byte 11.")]
    [InlineData("{\"requests\":[1]}", "The batch is malformed at requests[[]0]: a request is an object.")]
    [InlineData("{\"requests\":[{\"id\":\"1\",\"url\":\"Books\"}]}", "*requests[[]0]: the request has no method.")]
    [InlineData("{\"requests\":[{\"id\":\"1\",\"method\":\"get\"}]}", "*requests[[]0]: the request has no url.")]
    [InlineData("{\"requests\":[{\"id\":{},\"method\":\"get\",\"url\":\"Books\"}]}", "*requests[[]0].id: a text is expected.")]
    [InlineData("{\"requests\":[{\"id\":\"1\",\"id\":\"2\",\"method\":\"get\",\"url\":\"Books\"}]}", "*requests[[]0].id: the member stands there twice.")]
    [InlineData("{\"requests\":[{\"id\":\"1\",\"method\":\"get\",\"url\":\"Books\",\"atomicitygroup\":\"g\"}]}", "*requests[[]0].atomicitygroup: a request has the members*")]
    [InlineData("{\"requests\":[{\"id\":\"1\",\"method\":\"get\",\"url\":\"Books\",\"headers\":{\"a b\":\"\"}}]}", "*requests[[]0].headers.a b: this is no header.")]
    [InlineData("{\"requests\":[{\"id\":\"1\",\"method\":\"put\",\"url\":\"Books(1)\",\"headers\":{\"content-type\":\"image/png\"},\"body\":{}}]}", "*requests[[]0].body: a body of the type 'image/png' is a string*")]
    [InlineData("{\"requests\":[{\"id\":\"1\",\"method\":\"put\",\"url\":\"Books(1)\",\"headers\":{\"content-type\":\"image/png\"},\"body\":\"?\"}]}", "*requests[[]0].body: the string is not base64url.")]
    public Task A_JSON_batch_is_whole(string body, string message) => library.Refuses(body, "application/json", 400, message.Replace("[[]", "[", StringComparison.Ordinal));

    [DatabaseTheory]
    [InlineData("application/json", """{"requests":[{"id":"1","method":"post","url":"Authors","body":{"Id":900,"Name":"Nora"}},{"id":"2","method":"get","url":"Books" """)]
    [InlineData("application/json", """{"requests":[{"id":"1","method":"post","url":"Authors","body":{"Id":900,"Name":"Nora"}},{"id":"1","method":"get","url":"Books"}]}""")]
    [InlineData("multipart/mixed;boundary=b", "--b\nContent-Type: application/http\n\nPOST Authors HTTP/1.1\nContent-Type: application/json\n\n{\"Id\":900,\"Name\":\"Nora\"}\n--b\n")]
    public async Task Nothing_of_a_batch_that_is_refused_has_run(string type, string body)
    {
        await library.Refuses(body, type, 400, "*");
        (await library.Host.Client.GetStringAsync("odata/Authors/$count?$filter=Id eq 900")).Should().Be("0");
    }

    [DatabaseFact]
    public Task JSON_does_not_nest_without_end() =>
        library.Refuses($$"""{"requests":[{"id":"1","method":"post","url":"Books","body":{{new string('[', 1000)}}""", "application/json", 400, "The batch is not valid JSON, is truncated or nests too deep*");

    [DatabaseTheory]
    [InlineData("""[{"id":"1"},{"id":"1"}]""", "The id '1' stands in the batch twice.")]
    [InlineData("""[{"id":"1"},{"id":"2","dependsOn":["3"]},{"id":"3"}]""", "dependsOn names '3', which is no request and no atomicity group before this one.")]
    [InlineData("""[{"id":"1","dependsOn":["1"]}]""", "dependsOn names '1'*")]
    [InlineData("""[{"id":"1","atomicityGroup":"g","dependsOn":["g"]}]""", "dependsOn names 'g'*")]
    [InlineData("""[{"id":"1","url":"$2/Books"},{"id":"2"}]""", "'$2' refers to a request, but none before this one has the id '2'.")]
    [InlineData("""[{"id":"1","atomicityGroup":"g"},{"id":"2"},{"id":"3","atomicityGroup":"g"}]""", "The requests of the atomicity group 'g' must stand next to each other.")]
    [InlineData("""[{"id":"1"},{"id":"2","atomicityGroup":"1"}]""", "'1' is the id of a request and cannot name an atomicity group.")]
    [InlineData("""[{"id":"1","atomicityGroup":"2"},{"id":"2"}]""", "'2' names an atomicity group and cannot be the id of a request.")]
    public Task Identifiers_and_references_fit_together(string requests, string message)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(requests)!.AsArray();
        foreach (var request in json)
        {
            request!["method"] = "get";
            request["url"] ??= "Books";
        }
        return library.Refuses($$"""{"requests":{{json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}}}""", "application/json", 400, message);
    }

    [DatabaseFact]
    public Task A_content_id_stands_once_in_its_change_set() => library.Refuses("""
        --b
        Content-Type: multipart/mixed;boundary=c

        --c
        Content-Type: application/http
        Content-ID: 1

        GET Books HTTP/1.1

        --c
        Content-Type: application/http
        Content-ID: 1

        GET Books HTTP/1.1

        --c--
        --b--
        """, "multipart/mixed;boundary=b", 400, "The id '1' stands in the batch twice.");

    [DatabaseFact]
    public Task A_content_id_stands_before_its_references() => library.Refuses("""
        --b
        Content-Type: application/http

        GET $1/Author HTTP/1.1

        --b
        Content-Type: application/http
        Content-ID: 1

        GET Books(1) HTTP/1.1

        --b--
        """, "multipart/mixed;boundary=b", 400, "'$1' refers to a request, but none before this one has the id '1'.");

    [DatabaseFact]
    public async Task There_is_an_end_to_the_number_of_requests()
    {
        BatchText.Statuses(await library.Multipart(BatchText.Parts(20, _ => "Books(1)"))).Split(' ').Should().HaveCount(20);
        await library.Refuses(BatchText.Parts(21, _ => "Books(1)"), "multipart/mixed;boundary=b", 400, "The batch holds more than 20 requests. Send them in several batches.");
        await library.Refuses(
            $"--b\nContent-Type: multipart/mixed;boundary=c\n\n{BatchText.Parts(11, _ => "Books(1)").Replace("--b", "--c", StringComparison.Ordinal)}--b--",
            "multipart/mixed;boundary=b", 400, "A change set holds more than 10 requests. Make several change sets of them.");
    }

    [DatabaseFact]
    public async Task There_is_an_end_to_the_length_of_a_URL()
    {
        BatchText.Statuses(await library.Multipart(BatchText.Parts(1, _ => $"Books?x={new string('x', 60_000)}"))).Should().Be("200");
        await library.Refuses(BatchText.Parts(1, _ => $"Books?x={new string('x', 70_000)}"), "multipart/mixed;boundary=b", 400, "The URL is longer than 65536 characters.*");
        await library.Refuses(BatchText.Parts(1, _ => $"Books?x={new string('x', 300_000)}"), "multipart/mixed;boundary=b", 400, "Line 4, in part 1, is longer than what is read in a head.");
    }

    [DatabaseTheory]
    [InlineData("If-Match", "*", 400, "InvalidHeader")]
    [InlineData("If-None-Match", "*", 400, "InvalidHeader")]
    [InlineData("Isolation", "snapshot", 412, "PreconditionFailed")]
    [InlineData("OData-Isolation", "snapshot", 412, "PreconditionFailed")]
    [InlineData("OData-Version", "3.0", 400, "InvalidHeader")]
    public async Task Some_headers_of_the_batch_are_refused(string name, string value, int status, string code)
    {
        using var response = await library.Send(Part + "--b--\n", "multipart/mixed;boundary=b", (name, value));
        ((int)response.StatusCode).Should().Be(status);
        (await response.Content.ReadAsStringAsync()).Should().Contain($"\"code\":\"{code}\"");
    }

    [DatabaseFact]
    public async Task A_batch_has_a_caller()
    {
        using var content = new ByteArrayContent([]);
        using var response = await library.Host.Anonymous.PostAsync("odata/$batch", content);
        ((int)response.StatusCode).Should().Be(401);
    }

    [DatabaseFact]
    public async Task A_batch_is_sent_by_POST()
    {
        using var response = await library.Host.Client.GetAsync("odata/$batch");
        ((int)response.StatusCode).Should().Be(405);
        response.Content.Headers.Allow.Should().Equal("POST");
    }
}
