using System.Collections.Concurrent;
using BackendApi.Support;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>The statements and the response of the POST in docs/walkthrough.md.</summary>
public sealed class WriteWalkthroughTests(SqliteWritableShop shop) : IClassFixture<SqliteWritableShop>
{
    private static readonly string Page = Document.Read("docs/walkthrough.md");

    [Fact]
    public async Task The_statements_and_the_response_are_what_the_page_shows()
    {
        await shop.ResetAsync();
        var statements = new ConcurrentQueue<string>();
        using var listener = shop.Observations.Listen(observation =>
        {
            if (observation is StatementExecuted { Text: var text } && text.Contains("customer", StringComparison.Ordinal) | text.Contains("item", StringComparison.Ordinal))
                statements.Enqueue(text);
        });

        var answer = await shop.Write("POST", Document.Block(Page, "write-request"), Document.Block(Page, "write-body"), ("Accept", "application/json;odata.metadata=none"));

        string.Join('\n', statements).Should().Be(Document.Block(Page, "write-statements"));
        answer.Body.Should().Be(Document.Block(Page, "write-response").ReplaceLineEndings(""));
    }
}
