using System.Net;

namespace BackendApi.Spec.Batch;

/// <summary>Multipart batches of requests that read (Protocol 11.7.7).</summary>
public abstract class MultipartCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    [DatabaseFact]
    public async Task Each_part_is_answered_as_it_would_be_alone() =>
        (await library.Multipart("""
            --b
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            GET Books(1)?$select=Title HTTP/1.1
            Accept: application/json


            --b
            Content-Type: application/http
            Content-ID: second

            GET Books/$count HTTP/1.1


            --b--
            """)).Should().Be("""
            --{batch}
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 200 OK
            OData-Version: 4.0
            ETag: W/"{tag}"
            Content-Type: application/json;odata.metadata=minimal

            {"@odata.context":"{root}$metadata#Books(Title)/$entity","@odata.etag":"W/\"{tag}\"","Title":"Notes"}
            --{batch}
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: second

            HTTP/1.1 200 OK
            OData-Version: 4.0
            Content-Type: text/plain

            2
            --{batch}--

            """);

    [DatabaseTheory]
    [InlineData("{root}Books(2)/Title/$value")]
    [InlineData("/odata/Books(2)/Title/$value")]
    [InlineData("Books(2)/Title/$value")]
    [InlineData("./Books(2)/Title/$value")]
    [InlineData("Books?$filter=Title eq 'Poems'&$select=Title")]
    public async Task A_URL_has_one_of_three_forms(string url)
    {
        var answer = await library.Multipart($"""
            --b
            Content-Type: application/http

            GET {url.Replace("{root}", library.Root, StringComparison.Ordinal)} HTTP/1.1
            Host: {library.Host.Root.Authority}

            --b--
            """);
        BatchText.Statuses(answer).Should().Be("200");
        answer.Should().Contain("Poems");
    }

    [DatabaseTheory]
    [InlineData("http://elsewhere.example/odata/Books")]
    [InlineData("/other/Books")]
    [InlineData("/odatalogue/Books")]
    public async Task A_URL_of_another_service_is_not_found(string url) =>
        (await library.Multipart($"""
            --b
            Content-Type: application/http

            GET {url} HTTP/1.1

            --b--
            """)).Should().Contain("HTTP/1.1 404 Not Found").And.Contain($"'{url}' is no address of this service");

    [DatabaseFact]
    public async Task Processing_stops_at_the_first_error()
    {
        var answer = await library.Multipart(BatchText.Parts(3, index => $"Books({index * 9 + 1})"));
        BatchText.Statuses(answer).Should().Be("200 404");
        answer.Should().Contain("""{"error":{"code":"EntityNotFound","message":"No entity has this key."}}""");
    }

    [DatabaseTheory]
    [InlineData("continue-on-error", "200 404 404")]
    [InlineData("odata.continue-on-error", "200 404 404")]
    [InlineData("odata.continue-on-error=true", "200 404 404")]
    [InlineData("continue-on-error=false", "200 404")]
    public async Task Unless_the_client_wants_it_to_go_on(string prefer, string statuses)
    {
        using var response = await library.Send(BatchText.Parts(3, index => $"Books({index * 9 + 1})"), "multipart/mixed;boundary=b", ("Prefer", prefer));
        BatchText.Statuses(await library.Text(response)).Should().Be(statuses);
        response.Headers.GetValues("Preference-Applied").Should().Equal(prefer);
    }

    [DatabaseFact]
    public async Task What_real_clients_send_is_read()
    {
        // Lines that end with LF, a preamble, an epilogue, no blank line behind a request, a request line without version, a boundary with white space behind it.
        using var response = await library.Send(
            "This is a batch.\n--a b:c/1 \nContent-Type: application/http; msgtype=request\n\nGET Books(1)/Title/$value\n--a b:c/1\nContent-type:application/http\n\n\nget Books(2)/Title/$value HTTP/1.1\nIf-None-Match: null\nAccept: */*; q=0.5\n--a b:c/1--\nEpilogue\n--a b:c/1\n",
            "multipart/mixed; charset=utf-8; boundary=\"a b:c/1\"");
        var answer = await library.Text(response);
        response.StatusCode.Should().Be(HttpStatusCode.OK, answer);
        BatchText.Statuses(answer).Should().Be("200 200");
        answer.Should().Contain("\nNotes\n").And.Contain("\nPoems\n");
    }

    [DatabaseFact]
    public async Task A_batch_of_nothing_is_answered_by_nothing() => (await library.Multipart("--b--")).Should().Be("--{batch}--\n");

    [DatabaseFact]
    public async Task A_change_set_is_answered_by_a_multipart_of_its_own() =>
        (await library.Multipart("""
            --b
            Content-Type: multipart/mixed;boundary=c

            --c
            Content-Type: application/http
            Content-ID: 1

            GET Books(1)?$select=Title HTTP/1.1

            --c
            Content-Type: application/http
            Content-ID: 2

            GET /$1/Title/$value HTTP/1.1

            --c--
            --b--
            """)).Should().Match("""
            --{batch}
            Content-Type: multipart/mixed;boundary={changeset}

            --{changeset}
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1

            HTTP/1.1 200 OK
            *

            {*"Title":"Notes"}
            --{changeset}
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 2

            HTTP/1.1 200 OK
            *

            Notes
            --{changeset}--
            --{batch}--

            """);

    [DatabaseFact]
    public async Task When_one_of_a_change_set_fails_a_single_response_stands_for_it() =>
        (await library.Multipart("""
            --b
            Content-Type: multipart/mixed;boundary=c

            --c
            Content-Type: application/http
            Content-ID: 1

            GET Books(1) HTTP/1.1

            --c
            Content-Type: application/http
            Content-ID: 2

            GET Books(9) HTTP/1.1

            --c--
            --b--
            """)).Should().Be("""
            --{batch}
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 2

            HTTP/1.1 404 Not Found
            OData-Version: 4.0
            Content-Type: application/json

            {"error":{"code":"EntityNotFound","message":"No entity has this key."}}
            --{batch}--

            """);

    [DatabaseFact]
    public async Task Headers_of_the_batch_count_for_its_parts_unless_they_have_their_own()
    {
        const string Batch = """
            --b
            Content-Type: application/http

            GET Books(1)?$select=Title HTTP/1.1

            --b
            Content-Type: application/http

            GET Books(2)?$select=Title HTTP/1.1
            OData-MaxVersion: 4.0
            Accept: application/json;odata.metadata=none

            --b--
            """;
        var answer = await library.Multipart(Batch, ("OData-MaxVersion", "4.01"), ("Accept", "multipart/mixed, application/json;odata.metadata=full"));
        answer.Should().Contain("OData-Version: 4.01").And.Contain("OData-Version: 4.0\n").And.Contain("\"@type\":\"#BackendApi.Books\"").And.Contain("\n{\"Title\":\"Poems\"}\n");
    }

    [DatabaseFact]
    public async Task Preferences_that_are_about_single_requests_are_not_taken_from_the_batch()
    {
        var answer = await library.Multipart(BatchText.Parts(1, _ => "Books"), ("Prefer", "maxpagesize=1, omit-values=nulls, return=minimal, respond-async=no"));
        answer.Should().Contain("Preference-Applied: omit-values=nulls").And.Contain("Notes").And.Contain("Poems");
    }

    [DatabaseTheory]
    [InlineData("Authorization: Bearer x")]
    [InlineData("X-Api-Key: x")]
    [InlineData("Expect: 100-continue")]
    [InlineData("From: me@example.org")]
    [InlineData("Max-Forwards: 1")]
    [InlineData("Range: bytes=0-1")]
    [InlineData("TE: gzip")]
    public async Task A_part_cannot_have_some_headers(string header) =>
        (await library.Multipart($"""
            --b
            Content-Type: application/http

            GET Books HTTP/1.1
            {header}

            --b--
            """)).Should().Contain("HTTP/1.1 400 Bad Request").And.Contain("A request of a batch cannot have the header " + header.Split(':')[0]);

    [DatabaseFact]
    public async Task A_part_asks_for_its_answer_at_once_whatever_it_prefers() =>
        BatchText.Statuses(await library.Multipart("""
            --b
            Content-Type: application/http

            GET Books HTTP/1.1
            Prefer: respond-async

            --b--
            """)).Should().Be("200");

    [DatabaseFact]
    public async Task A_head_has_no_body() =>
        (await library.Multipart("""
            --b
            Content-Type: application/http

            HEAD Books(1)/Title/$value HTTP/1.1

            --b--
            """)).Should().EndWith("""
            HTTP/1.1 200 OK
            OData-Version: 4.0
            ETag: W/"{tag}"
            Content-Type: text/plain;charset=utf-8


            --{batch}--

            """);

    [DatabaseFact]
    public async Task A_query_may_stand_in_a_body() =>
        (await library.Multipart("""
            --b
            Content-Type: application/http

            POST Books/$query HTTP/1.1
            Content-Type: text/plain
            Content-Length: 36

            $filter=Id eq 2&$select=Title&$top=1

            --b--
            """)).Should().Contain("""{"@odata.context":"{root}$metadata#Books(Title)","value":[{"@odata.etag":"W/\"{tag}\"","Title":"Poems"}]}""");

    [DatabaseTheory]
    [InlineData("GET", "$batch", "400")]
    [InlineData("POST", "$batch", "400")]
    [InlineData("MERGE", "Books(1)", "405")]
    [InlineData("OPTIONS", "Books(1)", "405")]
    public async Task A_batch_holds_requests_and_no_batch(string method, string url, string status) =>
        BatchText.Statuses(await library.Multipart($"""
            --b
            Content-Type: application/http

            {method} {url} HTTP/1.1

            --b--
            """)).Should().Be(status);

    [DatabaseFact]
    public async Task A_long_answer_streams_through()
    {
        await library.Database.RunAsync([.. Enumerable.Range(0, 500).Select(id => $"INSERT INTO line VALUES ({id}, '{new string((char)('a' + id % 26), 1000)}')")]);
        using var alone = await library.Host.Client.GetAsync("odata/Lines");
        var whole = (await alone.Content.ReadAsStringAsync()).Replace(library.Root, "{root}", StringComparison.Ordinal);

        var answer = await library.Multipart(BatchText.Parts(5, _ => "Lines"));

        answer.Split(whole).Should().HaveCount(6);
        await library.Database.RunAsync("DELETE FROM line WHERE id < 1000");
    }
}
