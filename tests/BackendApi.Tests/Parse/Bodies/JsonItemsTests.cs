using System.IO.Pipelines;
using System.Text;
using BackendApi.Parse.Bodies;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>Items of a list in a body, whatever pieces it arrives in.</summary>
public class JsonItemsTests
{
    [Theory]
    [InlineData("""{"data":[{"a":1},{"b":[2]}]}""", """{"a":1} {"b":[2]}""")]
    [InlineData("""[{"a":1},2,"x",null,[3]]""", """{"a":1} 2 "x" null [3]""")]
    [InlineData("""{"data":[]}""", "")]
    [InlineData("[]", "")]
    [InlineData(""" { "data" : { "a" : {} } } """, """{ "a" : {} }""")]
    [InlineData("""{"@context":"#$delta","more":{"x":[]},"data":[1],"after":true}""", """@context="#$delta" more={"x":[]} 1 after=true""")]
    [InlineData("\uFEFF{\"data\":[1]}", "1")]
    [InlineData("""{"d\u0061ta":[{"n":"\u00fc\ud83d\ude00"}]}""", """{"n":"\u00fc\ud83d\ude00"}""")]
    public async Task A_body(string body, string expected)
    {
        foreach (var size in Sizes(body))
            (await Read(body, size)).Should().Be(expected, "it comes in pieces of {0} bytes", size);
    }

    [Theory]
    [InlineData("", "InvalidBody: The body is empty.")]
    [InlineData("  ", "InvalidBody: The body is empty.")]
    [InlineData("\uFEFF", "InvalidBody: The body is empty.")]
    [InlineData("5", "InvalidBody: An object with a list named data is expected: {\"data\":[…]}.")]
    [InlineData("{}", "InvalidBody: An object with a list named data is expected: {\"data\":[…]}.")]
    [InlineData("""{"data":5}""", "InvalidBody: An object with a list named data is expected: {\"data\":[…]}.")]
    [InlineData("""{"data":[1],"data":[2]}""", "1 data InvalidBody: The body names the member 'data' twice.")]
    [InlineData("""{"data":[{"a":1,"a":2}]}""", "data[0] InvalidBody: The object names a member twice, or a name in it is not Unicode.")]
    [InlineData("""{"data":[1,{"\ud83d":1}]}""", "1 data[1] InvalidBody: The object names a member twice, or a name in it is not Unicode.")]
    [InlineData("""{"\ud83d":1}""", "InvalidBody: The name of a member is not Unicode.")]
    [InlineData("{\"data\":[\n{\"a\":1},\n{\"b\":x}]}", """{"a":1} InvalidBody: The body is not valid JSON at line 3, byte 6.""")]
    [InlineData("{\"data\":[\n{\"a\":1},\n{\"b\":", """{"a":1} InvalidBody: The body is not valid JSON: it ends too early, at line 3, byte 6.""")]
    [InlineData("""{"data":[1,]}""", "1 InvalidBody: The body is not valid JSON at line 1, byte 12.")]
    [InlineData("""{"data":[1]}}""", "1 InvalidBody: The body is not valid JSON at line 1, byte 13.")]
    [InlineData("""{"data":[{"a":"0123456789012345678901234567890123456789"}]}""", "data[0] LimitExceeded: This is longer than the 40 bytes that one may have.")]
    [InlineData("""{"data":["0123456789012345678901234567890123456789"]}""", "data[0] LimitExceeded: This is longer than the 40 bytes that one may have.")]
    [InlineData("""{"more":["0123456789012345678901234567890123456789"]}""", "more LimitExceeded: This is longer than the 40 bytes that one may have.")]
    [InlineData("""{"data":[[[[[[1]]]]]]}""", "data[0] LimitExceeded: Objects and lists nest deeper than the 4 levels that are allowed.")]
    public async Task A_body_is_refused(string body, string expected)
    {
        foreach (var size in Sizes(body))
            (await Read(body, size)).Should().Be(expected, "it comes in pieces of {0} bytes", size);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_once_that_is_known()
    {
        var body = $$"""{"data":[1{{new string(' ', 80)}}]}""";
        (await Read(body, size: 100)).Should().Be("LimitExceeded: The body is longer than the 80 bytes that are read here.");
        (await Read(body, size: 20)).Should().Be("1 LimitExceeded: The body is longer than the 80 bytes that are read here.");
    }

    [Fact]
    public async Task A_hundred_thousand_items_are_never_held_together()
    {
        var pipe = new Pipe(new(pauseWriterThreshold: 16_384, resumeWriterThreshold: 8_192));
        var writing = Task.Run(async () =>
        {
            await pipe.Writer.WriteAsync("{\"data\":["u8.ToArray());
            for (var i = 0; i < 100_000; i++)
                await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}{{\"number\":{i}}}"));
            await pipe.Writer.WriteAsync("]}"u8.ToArray());
            await pipe.Writer.CompleteAsync();
        });
        long sum = 0;
        await foreach (var item in new JsonItems(pipe.Reader, "data", new(10_000_000, 100)).ReadAsync())
            sum += item.GetProperty("number").GetInt32();
        await writing;
        sum.Should().Be(4_999_950_000);
    }

    private static IEnumerable<int> Sizes(string body) => [1, 2, 7, Math.Max(1, Encoding.UTF8.GetByteCount(body))];

    private static async Task<string> Read(string body, int size)
    {
        var reader = PipeReader.Create(new Pieces(Encoding.UTF8.GetBytes(body), size));
        var said = new List<string>();
        try
        {
            await foreach (var item in new JsonItems(reader, "data", new(80, 40, 4), (name, value) => said.Add($"{name}={value.GetRawText()}")).ReadAsync())
                said.Add(item.GetRawText());
        }
        catch (ServiceException refused)
        {
            said.Add($"{(refused.Error.Target is { } target ? target + " " : "")}{refused.Error.Row.Code}: {refused.Error.Message}");
        }
        return string.Join(' ', said);
    }

    /// <summary>Yields so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
