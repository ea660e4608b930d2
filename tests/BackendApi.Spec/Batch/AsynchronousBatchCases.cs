using System.Net;

namespace BackendApi.Spec.Batch;

/// <summary>Batches that go on without their connection (Protocol 11.7.7.7), and what clients ask at the root before they send one.</summary>
public abstract class AsynchronousBatchCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    [DatabaseTheory]
    [InlineData("application/json", """{ "requests": [ { "id": "1", "method": "get", "url": "Books(1)/Title/$value" }, { "id": "2", "method": "get", "url": "Books(9)" } ] }""")]
    [InlineData("multipart/mixed;boundary=b", "--b\nContent-Type: application/http\n\nGET Books(1)/Title/$value HTTP/1.1\n\n--b\nContent-Type: application/http\n\nGET Books(9) HTTP/1.1\n\n--b--\n")]
    public async Task The_answer_to_a_batch_is_fetched_from_its_monitor(string type, string batch)
    {
        using var accepted = await library.Send(batch, type, ("Prefer", "respond-async"));
        accepted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        accepted.Headers.GetValues("Preference-Applied").Should().Equal("respond-async");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, accepted.Headers.Location) { Headers = { { "Accept", "*/*" } } };
            using var response = await library.Host.Client.SendAsync(message, patience.Token);
            if (response.StatusCode == HttpStatusCode.Accepted)
                continue;
            response.Headers.GetValues("AsyncResult").Should().Equal("200");
            response.Content.Headers.ContentType!.MediaType.Should().Be(type.Split(';')[0]);
            var answer = await library.Text(response);
            BatchText.Statuses(answer).Should().Be("200 404");
            answer.Should().Contain("Notes");
            return;
        }
    }

    [DatabaseFact]
    public async Task Clients_that_want_a_token_before_they_write_get_one()
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get])
        {
            using var message = new HttpRequestMessage(method, library.Root) { Headers = { { "X-CSRF-Token", "Fetch" } } };
            using var response = await library.Host.Client.SendAsync(message);
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Headers.GetValues("X-CSRF-Token").Should().ContainSingle();
        }
    }
}
