namespace BackendApi.Spec.Batch;

/// <summary>Batches that write the admin resource: each configuration is published by itself.</summary>
public abstract class ConfigurationCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    [DatabaseFact]
    public async Task A_request_sees_what_the_ones_before_it_did()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "method": "post", "url": "DataExchangeConfigurations", "headers": { "content-type": "application/json" }, "body": { "alias": "writers", "entitySet": "Writers", "table": "author" } },
              { "id": "2", "dependsOn": ["1"], "method": "get", "url": "$1?$select=table" },
              { "id": "3", "dependsOn": ["1"], "method": "get", "url": "Writers(1)/Name/$value" },
              { "id": "4", "dependsOn": ["1"], "method": "delete", "url": "$1" },
              { "id": "5", "method": "get", "url": "Writers" } ] }
            """);
        BatchText.Statuses(answer).Should().Be("201 200 200 204 404", answer);
        answer.Should().Contain("""/$entity","table":"author"}}""").And.Contain("\"body\":\"Ada\"");
    }

    [DatabaseFact]
    public async Task They_are_written_in_multipart_too()
    {
        var answer = await library.Multipart("""
            --b
            Content-Type: application/http
            Content-ID: 1

            POST DataExchangeConfigurations HTTP/1.1
            Content-Type: application/json
            Prefer: return=minimal

            { "alias": "poets", "entitySet": "Poets", "table": "author" }
            --b
            Content-Type: application/http

            PATCH $1 HTTP/1.1
            Content-Type: application/json

            { "description": "People who write." }
            --b
            Content-Type: application/http

            DELETE $1 HTTP/1.1

            --b--
            """);
        BatchText.Statuses(answer).Should().Be("204 204 204", answer);
    }

    [DatabaseFact]
    public async Task A_change_set_cannot_hold_them() =>
        (await library.Json("""
            { "requests": [ { "id": "1", "atomicityGroup": "g", "method": "delete", "url": "DataExchangeConfigurations('books')" } ] }
            """)).Should().Contain("\"status\":501").And.Contain("DataExchangeConfigurations takes each write by itself");
}
