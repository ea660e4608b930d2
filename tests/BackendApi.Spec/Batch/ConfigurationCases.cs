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
        answer.Should().Contain(""","table":"author"}}""").And.Contain("\"body\":\"Ada\"");
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
    public async Task What_a_change_set_publishes_is_one_version_whatever_the_order()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "post", "url": "DataExchangeConfigurations", "headers": { "content-type": "application/json" },
                "body": { "alias": "works", "entitySet": "Works", "table": "book", "fields": [ { "column": "id" }, { "column": "title" }, { "column": "author_id" } ],
                  "relations": [ { "name": "Maker", "target": "makers", "multiplicity": "one", "on": [ { "column": "author_id", "targetColumn": "id" } ] } ] } },
              { "id": "2", "atomicityGroup": "g", "method": "post", "url": "DataExchangeConfigurations", "headers": { "content-type": "application/json" }, "body": { "alias": "makers", "entitySet": "Makers", "table": "author", "fields": [ { "column": "id" }, { "column": "name" } ], "relations": [] } },
              { "id": "3", "atomicityGroup": "g", "method": "patch", "url": "DataExchangeConfigurations('works')", "headers": { "content-type": "application/json", "prefer": "return=representation" }, "body": { "description": "Made." } },
              { "id": "4", "method": "get", "url": "DataExchangeConfigurations?$apply=filter(alias in ('works','makers'))/groupby((version))" },
              { "id": "5", "method": "get", "url": "Works?$top=1&$expand=Maker" } ] }
            """);
        BatchText.Statuses(answer).Should().Be("201 201 200 200 200", answer);
        answer.Should().Contain("\"description\":\"Made.\"").And.MatchRegex("\"value\":\\[\\{\"version\":[0-9]+\\}\\]").And.Contain("\"Maker\":{");
        (await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "delete", "url": "DataExchangeConfigurations('makers')" },
              { "id": "2", "atomicityGroup": "g", "method": "delete", "url": "DataExchangeConfigurations('works')" },
              { "id": "3", "method": "get", "url": "Works" } ] }
            """)).Should().Match(text => BatchText.Statuses(text) == "204 204 404");
    }

    [DatabaseFact]
    public async Task Actions_are_part_of_it_and_of_its_trial()
    {
        const string Group = """
              { "id": "2", "atomicityGroup": "g", "method": "post", "url": "DataExchangeConfigurations('novels')/Deactivate", "body": {} },
              { "id": "3", "atomicityGroup": "g", "method": "post", "url": "DataExchangeConfigurations/ImportDefinitions", "body": { "document": "{ alias: verses, entitySet: Verses, table: book }" } },
            """;
        (await library.Json("""
            { "requests": [ { "id": "1", "method": "post", "url": "DataExchangeConfigurations", "headers": { "content-type": "application/json" }, "body": { "alias": "novels", "entitySet": "Novels", "table": "book" } } ] }
            """)).Should().Contain("\"status\":201");

        BatchText.Statuses(await library.Json("{ \"requests\": [" + Group.Replace("\"body\": {}", "\"headers\": { \"prefer\": \"validate-only\" }, \"body\": {}") + """{ "id": "4", "method": "get", "url": "Novels" }, { "id": "5", "method": "get", "url": "Verses" } ] }""")).Should().Be("200 200 200 404");
        BatchText.Statuses(await library.Json("{ \"requests\": [" + Group + """{ "id": "4", "atomicityGroup": "g", "method": "delete", "url": "Books(99)" }, { "id": "5", "method": "get", "url": "Novels" } ] }""")).Should().Be("424 424 404 200");
        BatchText.Statuses(await library.Json("{ \"requests\": [" + Group + """{ "id": "4", "method": "get", "url": "Novels" }, { "id": "5", "method": "get", "url": "Verses" } ] }""")).Should().Be("200 200 404 200");

        (await library.Json("""
            { "requests": [ { "id": "1", "method": "delete", "url": "DataExchangeConfigurations('novels')" }, { "id": "2", "method": "delete", "url": "DataExchangeConfigurations('verses')" } ] }
            """)).Should().Match(text => BatchText.Statuses(text) == "204 204");
    }

    [DatabaseFact]
    public async Task A_change_set_that_does_not_fit_together_publishes_nothing()
    {
        var answer = await library.Json("""
            { "requests": [
              { "id": "1", "atomicityGroup": "g", "method": "post", "url": "DataExchangeConfigurations", "headers": { "content-type": "application/json" }, "body": { "alias": "tales", "entitySet": "Tales", "table": "book" } },
              { "id": "2", "atomicityGroup": "g", "method": "patch", "url": "Authors(1)", "headers": { "content-type": "application/json" }, "body": { "Name": "Nobody" } },
              { "id": "3", "atomicityGroup": "g", "method": "post", "url": "DataExchangeConfigurations", "headers": { "content-type": "application/json" }, "body": { "alias": "sagas", "entitySet": "Sagas", "table": "book", "relations": [ { "name": "By", "target": "nobodies" } ] } },
              { "id": "4", "method": "get", "url": "Tales" },
              { "id": "5", "method": "get", "url": "DataExchangeConfigurations('tales')" },
              { "id": "6", "method": "get", "url": "Authors(1)/Name/$value" } ] }
            """);
        BatchText.Statuses(answer).Should().Be("424 424 400 404 404 200", answer);
        answer.Should().Contain("\"target\":\"sagas: relations[0].target\"").And.Contain("\"body\":\"Ada\"");
    }
}
