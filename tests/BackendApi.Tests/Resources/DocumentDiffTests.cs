using System.Text.Json;
using BackendApi.Resources.Configurations;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Resources;

public class DocumentDiffTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "Changed a : 1 -> 2|")]
    [InlineData("""{"a":{"b":"x"}}""", """{"a":{"c":"x"}}""", """Removed a.b : "x" -> -|Added a.c : - -> "x"|""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":1}""", """Changed a : {"b":1} -> 1|""")]
    [InlineData("""{"key":["a","b"]}""", """{"key":["b","a"]}""", """Changed key : ["a","b"] -> ["b","a"]|""")]
    [InlineData("""{"key":[]}""", """{"key":[]}""", "")]
    [InlineData("""{"fields":[{"column":"a"},{"column":"b"}]}""", """{"fields":[{"column":"b"},{"column":"a","name":"A"}]}""",
        """Added fields[1].name a: - -> "A"|Moved fields : ["a","b"] -> ["b","a"]|""")]
    [InlineData("""{"fields":[{"column":"a"},{"column":"b"}]}""", """{"fields":[{"column":"b"}]}""", """Removed fields[0] a: {"column":"a"} -> -|""")]
    [InlineData("""{"derived":[{"name":"A","column":"t"},{"name":"B","column":"t"}]}""", """{"derived":[{"name":"A","column":"t","value":"1"},{"name":"B","column":"t"}]}""", """Added derived[0].value A: - -> "1"|""")]
    [InlineData("""{"rules":[{"expression":"x","message":"m"}]}""", """{"rules":[{"expression":"x","message":"n"}]}""", """Changed rules[0].message x: "m" -> "n"|""")]
    [InlineData("""{"fields":[{"column":"a"},{"column":"a"}]}""", """{"fields":[{"column":"a"}]}""", """Changed fields : [{"column":"a"},{"column":"a"}] -> [{"column":"a"}]|""")]
    [InlineData("""{"a":"é<"}""", """{"a":null}""", """Changed a : "é<" -> null|""")]
    public void Every_place_that_differs_is_named(string before, string after, string changes) =>
        string.Concat(DocumentDiff.Of(Json(before), Json(after)).Select(change => $"{change.Kind} {change.Path} {change.Item}: {change.Before ?? "-"} -> {change.After ?? "-"}|")).Should().Be(changes);

    [Fact]
    public void A_document_that_was_not_there_is_one_addition()
    {
        DocumentDiff.Of(null, Json("""{"a":1}""")).Should().Equal(new DocumentChange("", DocumentChangeKind.Added, null, null, """{"a":1}"""));
        DocumentDiff.Of(Json("""{"a":1}"""), null).Should().Equal(new DocumentChange("", DocumentChangeKind.Removed, null, """{"a":1}""", null));
        DocumentDiff.Of(null, null).Should().BeEmpty();
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
