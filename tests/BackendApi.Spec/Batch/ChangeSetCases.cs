namespace BackendApi.Spec.Batch;

/// <summary>Change sets and atomicity groups: all of it or nothing (Protocol 11.7.2), and references to what came of requests before.</summary>
public abstract class ChangeSetCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    [DatabaseFact]
    public async Task Requests_of_a_change_set_refer_to_each_other_in_URL_and_body()
    {
        var answer = await library.Multipart("""
            --b
            Content-Type: multipart/mixed;boundary=c

            --c
            Content-Type: application/http
            Content-ID: 1

            POST Authors HTTP/1.1
            Content-Type: application/json; type=entry
            Prefer: return=minimal

            {"Id":100,"Name":"Clara"}
            --c
            Content-Type: application/http
            Content-ID: 2

            POST Books HTTP/1.1
            Content-Type: application/json

            {"Id":100,"Title":"Letters","Version":1,"Author@odata.bind":"$1"}
            --c
            Content-Type: application/http
            Content-ID: 3

            POST $1/Books HTTP/1.1
            Content-Type: application/json

            {"Id":101,"Title":"More letters","Version":1}
            --c
            Content-Type: application/http
            Content-ID: 4

            PUT $2/Title HTTP/1.1
            Content-Type: application/json

            {"value":"First letters"}
            --c--
            --b
            Content-Type: application/http

            GET $1?$select=Name&$expand=Books($select=Title;$orderby=Id) HTTP/1.1

            --b--
            """);
        BatchText.Statuses(answer).Should().Be("204 201 201 204 200", answer);
        answer.Should().Contain("Content-ID: 1\n\nHTTP/1.1 204 No Content\n").And.Contain("Location: {root}Authors(100)\n")
            .And.Contain("\"Name\":\"Clara\",\"Books\":[{\"@odata.etag\":\"W/\\\"{tag}\\\"\",\"Title\":\"First letters\"},{\"@odata.etag\":\"W/\\\"{tag}\\\"\",\"Title\":\"More letters\"}]}");
    }

    [DatabaseFact]
    public async Task Requests_of_an_atomicity_group_do_so_too()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "post", "url": "Books", "body": { "Id": 110, "Title": "Letters", "Version": 1 } },
              { "id": "2", "atomicityGroup": "g", "dependsOn": ["1"], "method": "put", "url": "$1/Author/$ref", "body": { "@odata.id": "Authors(1)" } },
              { "id": "3", "atomicityGroup": "g", "dependsOn": ["1"], "method": "post", "url": "Authors", "body": { "Id": 110, "Name": "Dora", "Books@odata.bind": ["$1"] } },
              { "id": "4", "dependsOn": ["g"], "method": "get", "url": "$1/Author/Name/$value" } ] }
            """);
        BatchText.Statuses(answer).Should().Be("201 204 201 200", answer);
        answer.Should().Contain("\"location\":\"{root}Books(110)\"").And.EndWith("\"body\":\"Dora\"}]}");
    }

    /// <summary>All of its requests carry the same pair of headers (Repeatable Requests 1.0, 4).</summary>
    [DatabaseFact]
    public async Task A_change_set_that_comes_again_is_answered_as_the_first_time()
    {
        var headers = $$"""{ "repeatability-request-id": "{{Guid.NewGuid()}}", "repeatability-first-sent": "{{DateTimeOffset.UtcNow:R}}" }""";
        var batch = $$"""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "post", "url": "Authors", "headers": {{headers}}, "body": { "Id": 130, "Name": "Ella" } },
              { "id": "2", "atomicityGroup": "g", "method": "post", "url": "$1/Books", "headers": {{headers}}, "body": { "Id": 130, "Title": "Once", "Version": 1 } },
              { "id": "3", "method": "get", "url": "Authors(130)/Books/$count" } ] }
            """;

        var first = await library.Json(batch);
        var second = await library.Json(batch);

        BatchText.Statuses(first).Should().Be("201 201 200", first);
        first.Should().Contain("\"repeatability-result\":\"accepted\"").And.EndWith("\"body\":\"1\"}]}");
        second.Should().Be(first);
    }

    [DatabaseFact]
    public async Task A_reference_in_a_condition_stands_for_the_tag_of_a_response()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "method": "post", "url": "Books", "body": { "Id": 120, "Title": "Letters", "Version": 1 } },
              { "id": "2", "dependsOn": ["1"], "method": "patch", "url": "$1", "headers": { "if-match": "$1" }, "body": { "Version": 2 } },
              { "id": "3", "dependsOn": ["1"], "method": "patch", "url": "$1", "headers": { "if-match": "$1" }, "body": { "Version": 3 } },
              { "id": "4", "dependsOn": ["2"], "method": "patch", "url": "Books(120)", "headers": { "if-match": "$2" }, "body": { "Version": 3 } } ] }
            """);
        BatchText.Statuses(answer).Should().Be("201 204 412 204", answer);
    }

    [DatabaseFact]
    public async Task A_change_set_that_fails_leaves_nothing_behind()
    {
        const string Batch = """
            --b
            Content-Type: multipart/mixed;boundary=c

            --c
            Content-Type: application/http
            Content-ID: 1

            POST Authors HTTP/1.1
            Content-Type: application/json

            {"Id":130,"Name":"Eva"}
            --c
            Content-Type: application/http
            Content-ID: 2

            POST Authors HTTP/1.1
            Content-Type: application/json

            {"Id":1,"Name":"Ada again"}
            --c
            Content-Type: application/http
            Content-ID: 3

            DELETE Books(2) HTTP/1.1

            --c--
            --b
            Content-Type: application/http

            POST Authors HTTP/1.1
            Content-Type: application/json

            {"Id":131,"Name":"Flora"}
            --b--
            """;
        var stopped = await library.Multipart(Batch);
        BatchText.Statuses(stopped).Should().Be("409", stopped);
        stopped.Should().StartWith("--{batch}\nContent-Type: application/http\nContent-Transfer-Encoding: binary\nContent-ID: 2\n\nHTTP/1.1 409 Conflict\n");
        BatchText.Statuses(await library.Multipart(Batch, ("Prefer", "continue-on-error"))).Should().Be("409 201");
        (await Ids("Authors?$filter=Id ge 130 and Id lt 140")).Should().Be("131");
        (await Ids("Books?$filter=Id eq 2")).Should().Be("2");
    }

    [DatabaseFact]
    public async Task What_refers_to_a_change_set_that_failed_fails_too()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "post", "url": "Authors", "body": { "Id": 140, "Name": "Gerda" } },
              { "id": "2", "atomicityGroup": "g", "method": "post", "url": "Authors", "body": { "Id": 140, "Name": "Gerda again" } },
              { "id": "3", "method": "get", "url": "$1" },
              { "id": "4", "method": "post", "url": "Books", "body": { "Id": 140, "Title": "Lost", "Version": 1, "Author@odata.bind": "$1" } },
              { "id": "5", "dependsOn": ["g"], "method": "get", "url": "Authors(1)" } ] }
            """);
        BatchText.Statuses(answer).Should().Be("424 409 424 424 424", answer);
        (await Ids("Authors?$filter=Id eq 140")).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task A_reference_in_a_body_has_a_request_before_it() =>
        (await library.Json("""{ "requests": [ { "id": "1", "method": "post", "url": "Books", "body": { "Id": 150, "Title": "Lost", "Version": 1, "Author@odata.bind": "$2" } }, { "id": "2", "method": "get", "url": "Authors(1)" } ] }"""))
        .Should().Contain("\"id\":\"1\",\"status\":400").And.Contain("'$2' refers to a request of this batch, but none before this one has the id '2'.");

    [DatabaseFact]
    public async Task A_batch_on_trial_is_answered_as_if_it_counted_and_leaves_nothing_behind()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "post", "url": "Authors", "body": { "Id": 160, "Name": "Hanna" } },
              { "id": "2", "atomicityGroup": "g", "method": "post", "url": "$1/Books", "body": { "Id": 160, "Title": "Tried", "Version": 1 } },
              { "id": "3", "method": "delete", "url": "Books(1)" } ] }
            """, ("Prefer", "validate-only"));
        BatchText.Statuses(answer).Should().Be("201 201 204", answer);
        (await Ids("Authors?$filter=Id eq 160")).Should().BeEmpty();
        (await Ids("Books?$filter=Id eq 160 or Id eq 1")).Should().Be("1");
    }

    [DatabaseFact]
    public async Task A_request_on_trial_takes_its_change_set_along()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "post", "url": "Authors", "body": { "Id": 170, "Name": "Ida" } },
              { "id": "2", "atomicityGroup": "g", "method": "post", "url": "Authors", "headers": { "prefer": "validate-only" }, "body": { "Id": 171, "Name": "Jana" } } ] }
            """);
        BatchText.Statuses(answer).Should().Be("201 201", answer);
        (await Ids("Authors?$filter=Id ge 170 and Id lt 180")).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task A_change_set_holds_other_writers_off_no_longer_than_it_runs()
    {
        // The body of the second request comes late: no transaction waits for it.
        using var late = new LateBody("""
            { "requests": [ { "id": "1", "atomicityGroup": "g", "method": "post", "url": "Authors", "body": { "Id": 180, "Name": "Klara" } },
            """, """
            { "id": "2", "atomicityGroup": "g", "method": "post", "url": "Authors", "body": { "Id": 181, "Name": "Lena" } } ] }
            """);
        using var message = new HttpRequestMessage(HttpMethod.Post, library.Root + "$batch") { Content = late };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var answering = library.Host.Client.SendAsync(message);
        await late.HalfSent;

        BatchText.Statuses(await library.Json("""{ "requests": [ { "id": "1", "method": "post", "url": "Authors", "body": { "Id": 182, "Name": "Mia" } } ] }""")).Should().Be("201");

        late.SendRest();
        using var response = await answering;
        BatchText.Statuses(await library.Text(response)).Should().Be("201 201");
    }

    private async Task<string> Ids(string request)
    {
        using var response = await library.Host.Client.GetAsync("odata/" + request);
        var json = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return string.Join(' ', json["value"]!.AsArray().Select(row => row!["Id"]!.ToJsonString()));
    }

    /// <summary>A body whose second half waits for the test.</summary>
    private sealed class LateBody(string first, string rest) : HttpContent
    {
        private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HalfSent => _half.Task;
        public void SendRest() => _release.TrySetResult();

        protected override async Task SerializeToStreamAsync(System.IO.Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(first));
            await stream.FlushAsync();
            _half.TrySetResult();
            await _release.Task;
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(rest));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
