using System.IO.Compression;
using System.Text;
using BackendApi.Endpoints;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace BackendApi.Tests.Endpoints;

public sealed class CompressionTests : IDisposable
{
    private static readonly string Page = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{\"Id\":{i}}},"));
    private readonly MemoryStream sent = new();

    public void Dispose() => sent.Dispose();

    [Fact]
    public async Task A_page_is_compressed_for_those_who_ask()
    {
        var response = await AnswerAsync("gzip, deflate, br", context => WriteAsync(context, Page));

        response.Headers.ContentEncoding.ToString().Should().Be("gzip");
        response.Headers.Vary.ToString().Should().Be("Accept-Encoding");
        sent.Length.Should().BeLessThan(Page.Length / 3);
        Decompressed().Should().Be(Page);
    }

    [Theory]
    [InlineData("")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("gzip;q=0")]
    [InlineData("*;q=0")]
    [InlineData("gzip;q=0, *")]
    public async Task Others_get_it_as_it_is(string accepted) => await ShouldBePlainAsync(accepted, "application/json", Page);

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("*")]
    [InlineData("gzip;q=0.5, br;q=1")]
    public void These_ask_for_it(string accepted) => Compression.AcceptsGzip(accepted).Should().BeTrue();

    [Fact]
    public async Task A_small_answer_is_not_worth_it() => await ShouldBePlainAsync("gzip", "application/json", """{"Id":1}""");

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/octet-stream")]
    public async Task What_is_no_text_is_left_alone(string mediaType) => await ShouldBePlainAsync("gzip", mediaType, Page);

    [Theory]
    [InlineData("application/json;odata.metadata=minimal;odata.streaming=true")]
    [InlineData("application/xml")]
    [InlineData("text/csv; charset=utf-8")]
    public async Task Text_of_every_kind_is_compressed(string mediaType)
    {
        await AnswerAsync("gzip", context => WriteAsync(context, Page, mediaType));
        Decompressed().Should().Be(Page);
    }

    [Fact]
    public async Task A_strong_tag_is_not_that_of_the_bytes_that_are_sent()
    {
        var response = await AnswerAsync("gzip", context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            return WriteAsync(context, Page);
        });

        response.Headers.ETag.ToString().Should().Be("W/\"1\"");
    }

    [Fact]
    public async Task What_is_compressed_already_is_left_alone()
    {
        var response = await AnswerAsync("gzip", context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentLength = Page.Length;
            return WriteAsync(context, Page);
        });

        response.ContentLength.Should().Be(Page.Length);
        Encoding.UTF8.GetString(sent.ToArray()).Should().Be(Page);
    }

    [Fact]
    public async Task Every_flush_reaches_the_client()
    {
        var after = new List<string>();
        await AnswerAsync("gzip", async context =>
        {
            context.Response.ContentType = "application/json";
            for (var i = 0; i < 3; i++)
            {
                await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(Page));
                await context.Response.BodyWriter.FlushAsync();
                after.Add(Decompressed());
            }
        });

        after.Should().Equal(Page, Page + Page, Page + Page + Page);
    }

    [Fact]
    public async Task A_response_that_breaks_off_does_not_look_whole()
    {
        var answer = () => AnswerAsync("gzip", async context =>
        {
            await WriteAsync(context, Page);
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("the database went away");
        });

        await answer.Should().ThrowAsync<InvalidOperationException>();
        var broken = sent.ToArray();
        var trailer = broken.AsSpan(broken.Length - 4).ToArray();
        BitConverter.ToInt32(trailer).Should().NotBe(Page.Length, "a gzip stream ends with the length of its content");
    }

    private async Task ShouldBePlainAsync(string accepted, string mediaType, string text)
    {
        var response = await AnswerAsync(accepted, context => WriteAsync(context, text, mediaType));

        response.Headers.ContentEncoding.Should().BeEmpty();
        Encoding.UTF8.GetString(sent.ToArray()).Should().Be(text);
    }

    private static async Task WriteAsync(HttpContext context, string text, string mediaType = "application/json")
    {
        context.Response.ContentType = mediaType;
        await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private async Task<HttpResponse> AnswerAsync(string accepted, RequestDelegate endpoint)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(sent));
        if (accepted.Length > 0)
            context.Request.Headers.AcceptEncoding = accepted;
        await Compression.InvokeAsync(context, endpoint);
        await context.Response.CompleteAsync();
        return context.Response;
    }

    private string Decompressed()
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(sent.ToArray()), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
