using System.Text.Json;
using BackendApi.Model;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Docs;

public class DefinitionReferenceTests
{
    private static readonly string Page = Document.Read("docs/reference/definition.md");

    [Theory]
    [InlineData(typeof(EndpointDefinition))]
    [InlineData(typeof(AllowDefinition))]
    [InlineData(typeof(FieldDefinition))]
    [InlineData(typeof(EnumMember))]
    [InlineData(typeof(ValidationDefinition))]
    [InlineData(typeof(TransformDefinition))]
    [InlineData(typeof(LookupDefinition))]
    [InlineData(typeof(RuleDefinition))]
    [InlineData(typeof(RelationDefinition))]
    [InlineData(typeof(ColumnPair))]
    [InlineData(typeof(ThroughDefinition))]
    [InlineData(typeof(DerivedDefinition))]
    [InlineData(typeof(MediaDefinition))]
    [InlineData(typeof(StreamDefinition))]
    public void Every_member_of_a_document_is_described(Type type)
    {
        foreach (var member in type.GetProperties())
            Page.Should().Contain($"`{JsonNamingPolicy.CamelCase.ConvertName(member.Name)}`");
    }

    [Fact]
    public void Every_type_is_named()
    {
        foreach (var type in FieldTypes.All)
            Page.Should().Contain($"`{type}`");
    }
}
