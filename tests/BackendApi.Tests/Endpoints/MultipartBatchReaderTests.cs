using System.Text;
using BackendApi.Endpoints.Batch;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.Net.Http.Headers;
using Xunit;

namespace BackendApi.Tests.Endpoints;

public sealed class MultipartBatchReaderTests
{
    private const string Batch = """
        --b
        Content-Type: multipart/mixed;boundary=c

        --c
        Content-Type: application/http
        Content-ID: 1

        POST Books HTTP/1.1
        Content-Type: application/json
        Prefer: return=minimal

        {"Id":1}
        --c
        Content-Type: application/http
        Content-ID: 2

        POST Books HTTP/1.1
        Content-Type: application/json
        Prefer: return=minimal
        Content-Length: 8

        {"Id":2}

        --c
        Content-ID: 3
        Content-Type: application/http

        POST Books HTTP/1.1
        Content-Type: application/json

        {"Id":
        --3
        --c3
        }
        --c
        Content-Type: application/http

        POST Books HTTP/1.1
        Content-Type: application/json
        Prefer: return=representation
        Content-ID: 4

        {"Id":4}
        --c
        Content-Type: application/http
        Content-ID: 5

        DELETE Books(5) HTTP/1.1
        --c
        Content-Type: application/http
        Content-Transfer-Encoding: binary
        Content-ID: 6

        DELETE Books(5) HTTP/1.1
        Content-Type: application/json
        Content-Length: 0

        --c--
        --b
        Content-Type: application/http
        content-id: 7

        GET Books?$filter=Title eq 'a b' HTTP/1.1


        --b--
        behind the end
        """;

    private static readonly string[] Requests =
    [
        """part 1.1 1 POST Books [Content-Type: application/json, Prefer: return=minimal] {"Id":1}""",
        """part 1.2 2 POST Books [Content-Type: application/json, Prefer: return=minimal] {"Id":2}""",
        """part 1.3 3 POST Books [Content-Type: application/json] {"Id":|--3|--c3|}""",
        """part 1.4 4 POST Books [Content-Type: application/json, Prefer: return=representation] {"Id":4}""",
        """part 1.5 5 DELETE Books(5) [] """,
        """part 1.6 6 DELETE Books(5) [Content-Type: application/json] """,
        """part 2 7 GET Books?$filter=Title%20eq%20'a%20b' [] """,
    ];

    /// <summary>Heads that are the same as the one before are not read again, and lines may end anywhere in what arrives.</summary>
    [Theory]
    [InlineData(1, "\r\n")]
    [InlineData(2, "\n")]
    [InlineData(3, "\r\n")]
    [InlineData(7, "\n")]
    [InlineData(61, "\r\n")]
    [InlineData(100_000, "\r\n")]
    [InlineData(100_000, "\n")]
    public async Task Requests_are_read_however_they_arrive(int bytesAtOnce, string lineEnd)
    {
        await using var bodies = new Spool();
        using var arriving = new ArrivingStream(Encoding.UTF8.GetBytes(Batch.ReplaceLineEndings(lineEnd)), bytesAtOnce);

        var batch = await MultipartBatchReader.ReadAsync(MediaTypeHeaderValue.Parse("multipart/mixed;boundary=b"), arriving, bodies, new ODataSettings(), CancellationToken.None);

        var read = new List<string>();
        foreach (var operation in batch.Items.SelectMany(item => item is BatchItem.Group group ? group.Operations : [((BatchItem.Single)item).Operation]))
        {
            var body = Encoding.UTF8.GetString((await operation.Body.BytesAsync(CancellationToken.None)).Span).ReplaceLineEndings("|");
            var headers = string.Join(", ", operation.Headers.Select(header => $"{header.Key}: {header.Value}"));
            read.Add($"{operation.Place} {operation.Id} {operation.Method} {operation.Url} [{headers}] {body}");
        }
        read.Should().Equal(Requests);
    }

    private sealed class ArrivingStream(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
    }
}
