using BackendApi.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

public class IdentifiersTests
{
    [Theory]
    [InlineData("id_product_abstract", "IdProductAbstract")]
    [InlineData("sku", "Sku")]
    [InlineData("Order Details", "OrderDetails")]
    [InlineData("CustomerID", "CustomerID")]
    [InlineData("ORDER_ID", "OrderId")]
    [InlineData("SKU", "SKU")]
    [InlineData("2fast", "_2fast")]
    [InlineData("größe in cm", "GrößeInCm")]
    [InlineData("price (€)", "Price")]
    [InlineData("a-b.c/d", "ABCD")]
    [InlineData("__x__", "X")]
    [InlineData("###", "Column")]
    public void A_column_s_name_becomes_an_identifier_in_pascal_case(string name, string identifier)
    {
        Identifiers.PascalCase(name, "Column").Should().Be(identifier);
        Identifiers.IsIdentifier(identifier).Should().BeTrue();
    }

    [Theory]
    [InlineData("tax-rates", "tax_rates")]
    [InlineData("fk_country", "fk_country")]
    [InlineData("1st choice", "_1st_choice")]
    [InlineData("--", "Field")]
    public void A_name_that_is_kept_loses_only_what_an_identifier_cannot_hold(string name, string identifier) =>
        Identifiers.Underscored(name, "Field").Should().Be(identifier);

    [Theory]
    [InlineData("A")]
    [InlineData("_x9")]
    [InlineData("größe")]
    public void Letters_digits_and_underscores_make_an_identifier(string name) => Identifiers.IsIdentifier(name).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("9x")]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("$x")]
    [InlineData("a'b")]
    public void Other_names_are_none(string name) => Identifiers.IsIdentifier(name).Should().BeFalse();

    [Fact]
    public void Names_have_at_most_128_characters_also_with_a_number_behind()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var longest = Identifiers.PascalCase(new string('x', 300), "Column");

        Identifiers.Unique(longest, taken).Should().HaveLength(128);
        Identifiers.Unique(longest, taken).Should().HaveLength(128).And.EndWith("2");
        Identifiers.Unique(longest.ToUpperInvariant(), taken).Should().HaveLength(128).And.EndWith("3");
        Identifiers.IsIdentifier(new string('x', 129)).Should().BeFalse();
    }

    [Theory]
    [InlineData("Categories", "Category")]
    [InlineData("Orders", "Order")]
    [InlineData("Addresses", "Address")]
    [InlineData("Boxes", "Box")]
    [InlineData("Status", "Status")]
    [InlineData("Stock", "Stock")]
    [InlineData("Glass", "Glass")]
    public void Sets_have_a_singular(string name, string singular) => Identifiers.Singular(name).Should().Be(singular);
}
