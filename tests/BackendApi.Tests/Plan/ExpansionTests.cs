using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Plan;

/// <summary>What the next link of a nested page repeats: the options of its item, as a URL of the collection itself says them.</summary>
public class ExpansionTests
{
    [Theory]
    [InlineData("Orders", "")]
    [InlineData("Orders($select=Id;$search=it's;$orderby=Id%20desc)", "$select=Id|$search=it's|$orderby=Id desc")]
    [InlineData("Orders($search=%22a;b%22;top=2)", "$search=\"a;b\"|top=2")]
    [InlineData("CustomersByManager($levels=1;$select=Id)", "$select=Id")]
    [InlineData("CustomersByManager($select=Id;levels=3)", "$select=Id|$expand=CustomersByManager($select=Id;$levels=2)")]
    [InlineData("CustomersByManager($levels=2;$expand=Orders/$ref)", "$expand=Orders/$ref,CustomersByManager($expand=Orders/$ref;$levels=1)")]
    [InlineData("CustomersByManager($levels=max)", "$expand=CustomersByManager($levels=5)")]
    public void Options(string item, string options) =>
        string.Join('|', Shop.Plan("Customers?$expand=" + item).Rows.Shape.Collections.Single().Options).Should().Be(options);
}
