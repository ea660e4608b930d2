using BackendApi.Spec.Clients;
using Microsoft.OData;

namespace BackendApi.Spec.Batch;

/// <summary>Microsoft.OData.Core's batch reader reads our answers in both formats.</summary>
public abstract class BatchJudgeCases<TDatabase>(Library<TDatabase> library)
    where TDatabase : TestDatabase, new()
{
    [DatabaseFact]
    public async Task It_reads_multipart() =>
        (await ReadAsync("multipart/mixed;boundary=b", """
            --b
            Content-Type: application/http

            GET Books(1) HTTP/1.1

            --b
            Content-Type: multipart/mixed;boundary=c

            --c
            Content-Type: application/http
            Content-ID: 1

            PATCH Books(1) HTTP/1.1
            Content-Type: application/json

            {"Title":"Notes"}
            --c
            Content-Type: application/http
            Content-ID: 2

            PATCH Books(2) HTTP/1.1
            Content-Type: application/json
            Prefer: return=representation

            {"Title":"Poems"}
            --c--
            --b
            Content-Type: application/http

            GET Books(9) HTTP/1.1

            --b--
            """, ODataVersion.V4)).Should().Be("200:json [ 204:empty 200:json ] 404:json");

    /// <summary>Without a response that is an error: this reader takes the first member 'error' anywhere in a JSON batch for an error of the batch.</summary>
    [DatabaseFact]
    public async Task It_reads_JSON() =>
        (await ReadAsync("application/json", """
            { "requests": [
              { "id": "0", "method": "get", "url": "Books(1)" },
              { "id": "1", "atomicityGroup": "g", "method": "patch", "url": "Books(1)", "body": { "Title": "Notes" } },
              { "id": "2", "atomicityGroup": "g", "method": "patch", "url": "Books(2)", "headers": { "prefer": "return=representation" }, "body": { "Title": "Poems" } },
              { "id": "3", "method": "get", "url": "Books(2)" } ] }
            """, ODataVersion.V401)).Should().Be("200:json [ 204:empty 200:json ] 200:json");

    private async Task<string> ReadAsync(string type, string batch, ODataVersion version)
    {
        var model = ODataLibReader.Model(await library.Host.Client.GetStringAsync("odata/$metadata"));
        using var response = await library.Send(batch.ReplaceLineEndings("\r\n"), type, ("OData-MaxVersion", version == ODataVersion.V4 ? "4.0" : "4.01"));
        var message = new Message(response, await response.Content.ReadAsByteArrayAsync());
        using var reader = new ODataMessageReader((IODataResponseMessage)message, new ODataMessageReaderSettings { MaxProtocolVersion = version, Version = version }, model);
        var found = new List<string>();
        var parts = reader.CreateODataBatchReader();
        while (parts.Read())
            switch (parts.State)
            {
                case ODataBatchReaderState.ChangesetStart: found.Add("["); break;
                case ODataBatchReaderState.ChangesetEnd: found.Add("]"); break;
                case ODataBatchReaderState.Operation:
                    var part = parts.CreateOperationResponseMessage();
                    using (var body = new StreamReader(part.GetStream()))
                    {
                        var text = await body.ReadToEndAsync();
                        found.Add($"{part.StatusCode}:{(text.Length == 0 ? "empty" : System.Text.Json.Nodes.JsonNode.Parse(text) is not null ? "json" : "null")}");
                    }
                    break;
            }
        return string.Join(' ', found);
    }

    private sealed class Message(HttpResponseMessage response, byte[] body) : IODataResponseMessage
    {
        public IEnumerable<KeyValuePair<string, string>> Headers =>
            response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)));
        public int StatusCode { get => (int)response.StatusCode; set => throw new NotSupportedException(); }
        public string GetHeader(string headerName) =>
            Headers.FirstOrDefault(header => header.Key.Equals(headerName, StringComparison.OrdinalIgnoreCase)).Value;
        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();
        public System.IO.Stream GetStream() => new MemoryStream(body);
    }
}
