using BackendApi.Access.Rights;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class ScopesTests
{
    [Theory]
    [InlineData("Orders:read", "Orders", Verbs.Read)]
    [InlineData("Orders:read Orders:update", "Orders", Verbs.Read | Verbs.Update)]
    [InlineData("Orders:*", "Orders", Verbs.All)]
    [InlineData("*:read", "Orders", Verbs.Read)]
    [InlineData("*:read Orders:delete", "Orders", Verbs.Read | Verbs.Delete)]
    [InlineData("Customers:*", "Orders", Verbs.None)]
    public void A_set_has_the_verbs_of_its_own_words_and_those_of_every_set(string scope, string set, Verbs verbs) => Of(scope).Of(set).Should().Be(verbs);

    [Theory]
    [InlineData("")]
    [InlineData("Orders")]
    [InlineData("Orders:")]
    [InlineData(":read")]
    [InlineData("Orders:write")]
    [InlineData("Orders:READ")]
    [InlineData("Or ders:read")]
    [InlineData("Orders\":read")]
    public void Anything_else_is_no_scope(string scope)
    {
        Scopes.Parse(scope, out var mistake).Should().BeNull();
        mistake.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void They_are_written_in_one_order_and_read_again()
    {
        Of("Orders:update Customers:* Orders:read").ToString().Should().Be("Customers:* Orders:read Orders:update");
        Scopes.FromJson(Of("Orders:update *:read").ToJson()).Should().Be(Of("*:read Orders:update"));
    }

    [Theory]
    [InlineData("Orders:read", "*:read", true)]
    [InlineData("*:read", "Orders:read", false)]
    [InlineData("Orders:*", "*:read", false)]
    [InlineData("Orders:read", "Orders:read Orders:update", true)]
    [InlineData("*:read", "*:*", true)]
    public void A_narrower_one_is_within_a_wider_one(string scope, string other, bool isWithin) => Of(scope).IsWithin(Of(other)).Should().Be(isWithin);

    [Theory]
    [InlineData("*:read Orders:update", "*:*", "*:read Orders:read Orders:update")]
    [InlineData("*:read", "Orders:*", "Orders:read")]
    [InlineData("Orders:read", "Customers:read", "")]
    public void What_both_allow(string scope, string other, string both)
    {
        var and = Of(scope).And(Of(other));
        if (both.Length > 0)
            foreach (var set in (string[])["Orders", "Customers"])
                and.Of(set).Should().Be(Of(both).Of(set));
        else
            (and.Of("Orders") | and.Of("Customers") | and.OfEverySet).Should().Be(Verbs.None);
    }

    [Fact]
    public void Reading_only_is_told()
    {
        Of("*:read").IsReadOnly.Should().BeTrue();
        Of("Orders:read Customers:execute").IsReadOnly.Should().BeFalse();
    }

    private static Scopes Of(string text) => Scopes.Parse(text, out _)!;
}
