using BackendApi.Model;
using BackendApi.Model.Store;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model.Store;

public class DefinitionStateTests
{
    private static readonly EndpointDefinition Shoes = new() { Alias = "shoes", Table = "shoe" };

    [Fact]
    public void Changes_apply_in_their_order()
    {
        var state = DefinitionState.Empty.Apply(3,
        [
            new DefinitionChange.Upsert(Shoes), new DefinitionChange.Delete("shoes"), new DefinitionChange.Upsert(Shoes with { Description = "Later." }),
        ]);

        state.Version.Should().Be(3);
        state.Definitions["shoes"].Description.Should().Be("Later.");
    }

    [Fact]
    public void The_state_before_stays_as_it_was()
    {
        var before = DefinitionState.Empty.Apply(1, [new DefinitionChange.Upsert(Shoes)]);

        before.Apply(2, [new DefinitionChange.Delete("shoes")]).Definitions.Should().BeEmpty();

        before.Definitions.Should().ContainKey("shoes");
    }

    [Fact]
    public void A_document_that_cannot_be_read_is_known_until_it_is_replaced()
    {
        var unreadable = DefinitionState.Empty.Apply(1, [StoredDocument.Read("shoes", """{ "alias": "shoes", "table": "shoe", "newer": 1 }""")]);
        unreadable.Definitions.Should().BeEmpty();
        unreadable.Unreadable["shoes"].Should().Contain(mistake => mistake.Path == "newer");

        unreadable.Apply(2, [new DefinitionChange.Upsert(Shoes)]).Unreadable.Should().BeEmpty();
    }

    [Fact]
    public void Every_alias_is_itself() =>
        DefinitionState.Empty.Apply(1, [new DefinitionChange.Upsert(Shoes), new DefinitionChange.Upsert(Shoes with { Alias = "SHOES" })]).Definitions.Should().HaveCount(2);
}
