using BackendApi.Parse.Bodies;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>How places in a body are written.</summary>
public class BodyPathTests
{
    [Fact]
    public void Members_and_items_stand_behind_their_owners()
    {
        BodyPath.Root.ToString().Should().Be("");
        BodyPath.Root.Member("note").ToString().Should().Be("note");
        BodyPath.Root.Member("orders").Item(1).Member("items").Item(0).Member("quantity").ToString().Should().Be("orders[1].items[0].quantity");
        new BodyPath("orders", 17).Member("tags").Item(2).Item(3).ToString().Should().Be("orders[17].tags[2][3]");
    }

    [Fact]
    public void A_place_is_told_from_its_owner()
    {
        var order = new BodyPath("orders", 17);
        order.Member("Address").Member("City").Below(order).Should().Be("Address.City");
        order.Member("Customer@odata.bind").Below(order).Should().Be("Customer@odata.bind");
        BodyPath.Root.Member("Customer").Below(BodyPath.Root).Should().Be("Customer");
    }
}
