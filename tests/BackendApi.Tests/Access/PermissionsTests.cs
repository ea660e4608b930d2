using BackendApi.Access.Rights;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class PermissionsTests
{
    private static readonly SetGrant Reading = new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, null);
    private static readonly SetGrant GermanNames = new(Verbs.Read, ColumnMask.Of("Id", "Name"), ColumnMask.Nothing, "Country eq 'DE'");
    private static readonly SetGrant FrenchTotals = new(Verbs.Read | Verbs.Update, ColumnMask.Of("Id", "Total"), ColumnMask.Of("Total"), "Country eq 'FR'");

    [Fact]
    public void Without_a_role_nothing_is_allowed()
    {
        Permissions.Of([]).Should().BeSameAs(Permissions.None);
        Permissions.None.On("Orders").Verbs.Should().Be(Verbs.None);
        Permissions.None.IsUnrestricted.Should().BeFalse();
    }

    [Fact]
    public void A_role_with_all_rights_is_one_object_for_all_who_have_it()
    {
        Permissions.Of([Role("a", ("Orders", Reading)), new("admin", true, [])]).Should().BeSameAs(Permissions.All);
        Permissions.All.IsUnrestricted.Should().BeTrue();
        Permissions.All.On("Anything").IsUnrestricted.Should().BeTrue();
    }

    [Fact]
    public void A_set_has_its_own_grants_and_those_of_every_set()
    {
        var permissions = Permissions.Of([Role("a", ("*", Reading)), Role("b", ("Orders", FrenchTotals))]);

        permissions.On("Orders").Verbs.Should().Be(Verbs.Read | Verbs.Update);
        permissions.On("Customers").Verbs.Should().Be(Verbs.Read);
        permissions.IsReadOnly.Should().BeFalse();
    }

    [Fact]
    public void A_grant_that_is_part_of_another_one_is_not_kept() =>
        Permissions.Of([Role("a", ("Orders", GermanNames)), Role("b", ("Orders", Reading))]).On("Orders").Grants.Should().Equal(Reading);

    /// <summary>Names of Germans and totals of the French: to add rows and columns up would show the names of the French too.</summary>
    [Fact]
    public void Grants_with_other_rows_and_other_columns_stay_apart()
    {
        var orders = Permissions.Of([Role("a", ("Orders", GermanNames)), Role("b", ("Orders", FrenchTotals))]).On("Orders");

        orders.Allowing(Verbs.Read).Should().BeEquivalentTo([GermanNames, FrenchTotals]);
        orders.Allowing(Verbs.Update).Should().Equal(FrenchTotals);
        orders.IsUnrestricted.Should().BeFalse();
    }

    [Fact]
    public void Scopes_take_verbs_away_and_give_none()
    {
        var narrowed = Permissions.All.NarrowedTo(Scopes.Parse("Orders:* *:read", out _)!);

        narrowed.IsUnrestricted.Should().BeFalse();
        narrowed.On("Orders").IsUnrestricted.Should().BeTrue();
        narrowed.On("Customers").Verbs.Should().Be(Verbs.Read);
        Permissions.Of([Role("a", ("Orders", Reading))]).NarrowedTo(Scopes.Parse("*:update", out _)!).On("Orders").Verbs.Should().Be(Verbs.None);
        Permissions.All.NarrowedTo(Scopes.All).Should().BeSameAs(Permissions.All);
    }

    [Fact]
    public void Scopes_that_name_one_set_leave_nothing_of_the_others() =>
        Permissions.Of([Role("a", ("*", SetGrant.Everything))]).NarrowedTo(Scopes.Parse("Orders:read", out _)!).On("Customers").Should().BeSameAs(SetPermission.Nothing);

    [Theory]
    [InlineData("""["*"]""", "Name", true)]
    [InlineData("""["Id","Name"]""", "Name", true)]
    [InlineData("""["Id"]""", "Name", false)]
    [InlineData("[]", "Name", false)]
    public void A_mask_names_columns_or_all(string json, string property, bool contains)
    {
        ColumnMask.FromJson(json).Contains(property).Should().Be(contains);
        ColumnMask.FromJson(json).ToJson().Should().Be(json);
    }

    private static Role Role(string name, params (string, SetGrant)[] grants) => new(name, false, grants);
}
