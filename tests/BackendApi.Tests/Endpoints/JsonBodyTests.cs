using System.Text;
using BackendApi.Endpoints;
using BackendApi.Support;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace BackendApi.Tests.Endpoints;

/// <summary>Bodies that are one JSON object.</summary>
public class JsonBodyTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    [InlineData("application/json; type=entry")]
    [InlineData("application/json;odata.metadata=minimal;IEEE754Compatible=true;odata.streaming=true;charset=utf-8")]
    [InlineData("application/json;x=y")]
    public async Task A_media_type_is_known_by_its_name_whatever_its_parameters(string contentType) => (await Read("{}", contentType)).Should().Be("{}");

    [Theory]
    [InlineData(null, "415 The body is read as application/json only.")]
    [InlineData("text/json", "415 The body is read as application/json only.")]
    [InlineData("application/json;charset=utf-16", "415 JSON is read in the encoding utf-8 only.")]
    public async Task Other_media_types_are_refused(string? contentType, string expected) => (await Read("{}", contentType)).Should().Be(expected);

    [Theory]
    [InlineData("\uFEFF{\"a\":1}", "{\"a\":1}")]
    [InlineData("", "400 The body is not valid JSON at line 1, byte 1.")]
    [InlineData("[]", "400 The body must be a JSON object.")]
    [InlineData("{\"a\":1,\n\"b\":}", "400 The body is not valid JSON at line 2, byte 5.")]
    [InlineData("""{"a":1,"a":2}""", "400 The body is not valid JSON, or names a member twice.")]
    [InlineData("""{"\ud83d":2}""", "400 The body is not valid JSON, or names a member twice.")]
    public async Task A_body(string body, string expected) => (await Read(body, "application/json")).Should().Be(expected);

    [Fact]
    public async Task A_body_that_nests_too_deep_is_told_so()
    {
        var body = $$"""{"a":{{new string('[', 80)}}{{new string(']', 80)}}}""";
        (await Read(body, "application/json")).Should().Be("400 Objects and lists nest deeper than the 64 levels that are allowed, at line 1, byte 69.");
    }

    private static async Task<string> Read(string body, string? contentType)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        try
        {
            using var document = await JsonBody.ReadObjectAsync(context.Request, 1_000, CancellationToken.None);
            return document.RootElement.GetRawText();
        }
        catch (ServiceException refused)
        {
            return $"{refused.Error.Row.Status} {refused.Error.Message}";
        }
    }
}
