using System.Net;

namespace BackendApi.Spec.Batch;

/// <summary>JSON batches of requests that read (JSON Format 19).</summary>
public abstract class JsonCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    [DatabaseFact]
    public async Task Each_request_is_answered_as_it_would_be_alone() =>
        (await library.Json("""
            { "requests": [
              { "id": "a", "method": "get", "url": "Books(1)?$select=Title" },
              { "url": "/odata/Books(2)/Title/$value", "headers": { "Accept": "*/*" }, "method": "GET", "id": "b" },
              { "id": "c", "method": "get", "url": "Books(9)" } ] }
            """)).Should().Be("""
            {"responses":[
            {"id":"a","status":200,"headers":{"odata-version":"4.0","etag":"W/\"{tag}\"","content-type":"application/json;odata.metadata=minimal"},
            "body":{"@odata.context":"{root}$metadata#Books(Title)/$entity","@odata.etag":"W/\"{tag}\"","Title":"Notes"}},
            {"id":"b","status":200,"headers":{"odata-version":"4.0","etag":"W/\"{tag}\"","content-type":"text/plain;charset=utf-8"},"body":"Poems"},
            {"id":"c","status":404,"headers":{"odata-version":"4.0","content-type":"application/json"},"body":{"error":{"code":"EntityNotFound","message":"No entity has this key."}}}
            ]}
            """.ReplaceLineEndings(""));

    [DatabaseTheory]
    [InlineData("""{ "requests": [] }""", """{"responses":[]}""")]
    [InlineData("""{ "@context": { "a": [1, { }] }, "requests": [], "x@y.z": null }""", """{"responses":[]}""")]
    public async Task A_batch_of_nothing_is_answered_by_nothing(string batch, string answer) => (await library.Json(batch)).Should().Be(answer);

    [DatabaseFact]
    public async Task An_id_may_be_missing_or_a_number()
    {
        var answer = await library.Json("""{ "requests": [ { "method": "get", "url": "Books/$count" }, { "id": 7, "method": "get", "url": "Books/$count" } ] }""");
        answer.Should().Contain("""{"id":null,"status":200""").And.Contain("""{"id":"7","status":200""");
    }

    [DatabaseTheory]
    [InlineData(null, "404 200")]
    [InlineData("continue-on-error", "404 200")]
    [InlineData("odata.continue-on-error=false", "404")]
    public async Task Processing_goes_on_unless_the_client_wants_it_to_stop(string? prefer, string statuses)
    {
        (string, string)[] headers = prefer is null ? [] : [("Prefer", prefer)];
        BatchText.Statuses(await library.Json("""
            { "requests": [ { "id": "1", "method": "get", "url": "Books(9)" }, { "id": "2", "method": "get", "url": "Books(1)" } ] }
            """, headers)).Should().Be(statuses);
    }

    [DatabaseFact]
    public async Task A_request_whose_premise_failed_fails_too()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "method": "get", "url": "Books(9)" },
              { "id": "2", "method": "get", "url": "Books(1)", "dependsOn": ["1"] },
              { "id": "3", "method": "get", "url": "Books(1)", "dependsOn": "2" },
              { "id": "4", "method": "get", "url": "Books(1)", "dependsOn": [] },
              { "id": "5", "method": "get", "url": "Books(1)", "dependsOn": ["4"] } ] }
            """);
        BatchText.Statuses(answer).Should().Be("404 424 424 200 200");
        answer.Should().Contain("""{"error":{"code":"FailedDependency","message":"'1', which this request depends on, failed.","target":"dependsOn"}}""");
    }

    [DatabaseFact]
    public async Task When_one_of_an_atomicity_group_fails_all_of_them_do()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "get", "url": "Books(1)" },
              { "id": "2", "atomicityGroup": "g", "method": "get", "url": "Books(9)" },
              { "id": "3", "atomicityGroup": "g", "method": "get", "url": "Books(1)" },
              { "id": "4", "dependsOn": ["g"], "method": "get", "url": "Books(1)" },
              { "id": "5", "atomicityGroup": "h", "method": "get", "url": "Books(1)" },
              { "id": "6", "atomicityGroup": "h", "method": "get", "url": "Books(2)" },
              { "id": "7", "dependsOn": ["h"], "method": "get", "url": "Books(1)" } ] }
            """);
        BatchText.Statuses(answer).Should().Be("424 404 424 424 200 200 200");
        answer.Should().Contain("""{"id":"1","atomicityGroup":"g","status":424""").And.Contain("""{"id":"6","atomicityGroup":"h","status":200""").And.Contain("""{"id":"7","status":200""");
    }

    [DatabaseFact]
    public async Task A_condition_is_not_looked_at_and_so_not_met() =>
        (await library.Json("""{ "requests": [ { "id": "1", "method": "get", "url": "Books(1)" }, { "id": "2", "if": "$1/$succeeded", "dependsOn": ["1"], "method": "get", "url": "Books(1)" } ] }"""))
        .Should().Contain("""{"id":"2","status":424,""").And.Contain("Conditions ('if') on the responses to other requests are not supported.");

    [DatabaseFact]
    public async Task A_reference_stands_for_the_URL_before_it() =>
        (await library.Json("""{ "requests": [ { "id": "x.1", "method": "get", "url": "Books(2)" }, { "id": "2", "dependsOn": ["x.1"], "method": "get", "url": "$x.1/Author?$select=Name" } ] }"""))
        .Should().Contain("""{"@odata.context":"{root}$metadata#Authors(Name)/$entity","@odata.etag":"W/\"{tag}\"","Name":"Björn"}""");

    [DatabaseFact]
    public async Task A_reference_stands_for_the_tag_of_a_response() =>
        BatchText.Statuses(await library.Json("""
            { "requests": [
              { "id": "1", "method": "get", "url": "Books(1)" },
              { "id": "2", "dependsOn": ["1"], "method": "get", "url": "Books(1)", "headers": { "if-none-match": "$1" } },
              { "id": "3", "dependsOn": ["1"], "method": "get", "url": "Books(2)", "headers": { "if-none-match": "$1" } },
              { "id": "4", "method": "get", "url": "Lines(1000)" },
              { "id": "5", "dependsOn": ["4"], "method": "get", "url": "Lines(1000)", "headers": { "if-none-match": "$4" } } ] }
            """)).Should().Be("200 304 200 200 412");

    [DatabaseFact]
    public async Task Text_is_a_string_and_other_bytes_are_base64url()
    {
        const string Name = "\"quoted\" \\ back \u0001 ü 💡 ende";
        await library.Database.RunAsync($"INSERT INTO author VALUES (3, '{Name}')");

        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "method": "get", "url": "Authors(3)/Name/$value" },
              { "id": "2", "method": "get", "url": "$metadata" },
              { "id": "3", "method": "post", "url": "Authors/$query", "headers": { "content-type": "text/plain" }, "body": "$filter=Id eq 3&$select=Id" },
              { "id": "4", "method": "post", "url": "Authors/$query", "headers": { "content-type": "application/x-www-form-urlencoded" }, "body": "JGZpbHRlcj1JZCBlcSAzJiRzZWxlY3Q9SWQ" } ] }
            """);
        await library.Database.RunAsync("DELETE FROM author WHERE id = 3");

        using var json = System.Text.Json.JsonDocument.Parse(answer);
        var bodies = json.RootElement.GetProperty("responses").EnumerateArray().Select(response => response.GetProperty("body")).ToList();
        bodies[0].GetString().Should().Be(Name);
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(bodies[1].GetString())).Should().StartWith("<?xml").And.EndWith("</edmx:Edmx>");
        bodies[2].GetRawText().Should().Be("""{"@odata.context":"{root}$metadata#Authors(Id)","value":[{"@odata.etag":"W/\"{tag}\"","Id":3}]}""");
        bodies[3].GetRawText().Should().Be(bodies[2].GetRawText());
    }

    [DatabaseFact]
    public async Task A_client_may_prefer_multipart()
    {
        using var response = await library.Send(
            """{ "requests": [ { "id": "1", "method": "get", "url": "Books(1)/Title/$value" } ] }""", "application/json", ("Accept", "multipart/mixed"));
        (await library.Text(response)).Should().Match("""
            --{batch}
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1

            HTTP/1.1 200 OK*

            Notes
            --{batch}--

            """);
    }

    [DatabaseFact]
    public async Task A_batch_of_4_01_is_of_4_01()
    {
        using var response = await library.Send("""{ "requests": [ { "id": "1", "method": "get", "url": "Books(1)?$select=Id" } ] }""", "application/json", ("OData-MaxVersion", "4.01"));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("OData-Version").Should().Equal("4.01");
        (await library.Text(response)).Should().Contain("\"odata-version\":\"4.01\"").And.Contain("{\"@context\":");
    }
}
