using System.Text.Json;
using BackendApi.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

public class YamlWriterTests
{
    [Theory]
    [InlineData("""{"a":"plain text","b":1.50,"c":true,"d":null,"e":[],"f":{"g":["x","y"]}}""")]
    [InlineData("""["true","null","~","","no","1","1e3","0x1f","- x","a: b","# c","'q'","\"q\"","{x}","[x]","&a","*a","!t","%d","@e","`f`","a,b","a: ","x ","  x"]""")]
    [InlineData("""["line\nline","tab\there","\r\n","\u0085\u2028\u0007","😀é","^[A-Z0-9-]+$","\\d","2024-01-01","=","<<",".5","-"]""")]
    [InlineData("""{"true":1,"":2,"a b":3,"1":4,"x: y":5}""")]
    [InlineData("""[[1,[2]],{},[{"a":[]}],-12345678901234567890.5]""")]
    public void What_is_written_is_read_as_the_same_JSON(string json)
    {
        using var document = JsonDocument.Parse(json);

        using var read = YamlDocument.ToJson(YamlWriter.Write(document.RootElement));

        JsonElement.DeepEquals(read.RootElement, document.RootElement).Should().BeTrue(YamlWriter.Write(document.RootElement));
    }

    [Fact]
    public void It_is_what_people_would_write()
    {
        using var document = JsonDocument.Parse("""[{"alias":"product-abstracts","isActive":true,"key":["id"],"fields":[{"column":"sku","validation":{"maxLength":64,"pattern":"^x$"}}]}]""");

        YamlWriter.Write(document.RootElement).ReplaceLineEndings("\n").Should().Be("""
            - alias: product-abstracts
              isActive: true
              key:
              - id
              fields:
              - column: sku
                validation:
                  maxLength: 64
                  pattern: "^x$"

            """.ReplaceLineEndings("\n"));
    }
}
