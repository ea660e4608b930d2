using System.Globalization;
using System.Text.Json;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BackendApi.Tests.Parse.Bodies;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Plan.Writing;

/// <summary>Which rows a body becomes, what each takes from which other, and that it stands a level behind it.</summary>
public sealed class WritePlannerTests
{
    [Fact]
    public void A_row_stands_behind_those_that_it_takes_from() =>
        Inserted("Customers", """{"Code":"A","Name":"Ada","Manager":{"@odata.id":"Customers(7)"},"Orders":[{"Note":"n","Items":[{"Line":1,"Sku":"s"},{"Line":2,"Sku":"t"}]}]}""").Should().Equal(
            "r0 level 0 Find Customers where id=7",
            "r1 level 1 Insert Customers manager_id=r0.id code=A name=Ada",
            "r2 level 2 Insert Orders customer_id=r1.id note=n",
            "r3 level 3 Insert OrderItems order_id=r2.id line=1 sku=s",
            "r4 level 3 Insert OrderItems order_id=r2.id line=2 sku=t");

    [Fact]
    public void A_related_entity_that_the_row_refers_to_is_made_before_it() =>
        Inserted("Customers", """{"Code":"A","Name":"Ada","Manager":{"Code":"B","Name":"Boss"}}""").Should().Equal(
            "r0 level 0 Insert Customers code=B name=Boss",
            "r1 level 1 Insert Customers manager_id=r0.id code=A name=Ada");

    [Fact]
    public void Nested_entities_of_a_change_are_found_by_their_keys_and_the_others_go() =>
        Updated("Orders", 5, """{"Note":"n","Items":[{"Line":1,"Quantity":3},{"@odata.id":"OrderItems(OrderID=6,Line=2)"}]}""").Should().Equal(
            "r0 level 0 Update Orders where id=5 note=n",
            "r1 level 1 Update OrderItems where order_id=6 line=2 order_id=r0.id",
            "r2 level 1 Upsert OrderItems where order_id=r0.id line=1",
            "of r0 Items only r1 r2");

    [Fact]
    public void A_delta_leaves_the_others() =>
        Updated("Orders", 5, """{"Items@odata.delta":[{"Line":1,"Quantity":3},{"@odata.removed":{"reason":"deleted"},"Line":2}]}""").Should().Equal(
            "r0 level 0 Update Orders where id=5",
            "r1 level 1 Upsert OrderItems where order_id=r0.id line=1",
            "r2 level 1 Delete OrderItems where order_id=r0.id line=2 order_id=r0.id");

    [Fact]
    public void A_related_entity_without_a_key_is_the_one_that_is_related_now() =>
        Updated("Customers", 5, """{"Manager":{"Name":"Boss"}}""").Should().Equal(
            "r0 level 0 Find Customers where id=5",
            "r1 level 1 Upsert Customers where id=r0.manager_id",
            "r2 level 2 Update Customers where id=5 manager_id=r1.id");

    [Fact]
    public void What_is_set_to_null_takes_from_nobody() =>
        Updated("Customers", 5, """{"Manager":null}""").Should().Equal("r0 level 0 Update Customers where id=5 manager_id=");

    [Theory]
    [InlineData("""{"Code":"A","Name":"Ada"}""", """{"Code":"B","Name":"Bo"}""", true)]
    [InlineData("""{"Code":"A","Name":"Ada","Address":{"City":"Bern"}}""", """{"Code":"B","Name":"Bo","Address":{"City":null}}""", true)]
    [InlineData("""{"Code":"A","Name":"Ada","Manager":{"@id":"Customers(3)"}}""", """{"Code":"B","Name":"Bo","Manager":{"@id":"Customers(4)"}}""", true)]
    [InlineData("""{"Code":"A","Name":"Ada"}""", """{"Code":"B","Name":"Bo","Credit":1}""", false)]
    public void Rows_of_the_same_columns_share_them(string first, string second, bool expected)
    {
        var planner = new WritePlanner(BodyModel.Model, new());
        var rows = new[] { first, second }.Select(body => planner.Insert(Entity("Customers", body, BodyPurpose.Create))).ToArray();
        ReferenceEquals(rows[0].Values.Form, rows[1].Values.Form).Should().Be(expected);
    }

    private static IEnumerable<string> Inserted(string set, string body) => Planned(set, body, BodyPurpose.Create, (planner, entity) => planner.Insert(entity, isRoot: true));

    private static IEnumerable<string> Updated(string set, object key, string body) => Planned(
        set, body, BodyPurpose.Update, (planner, entity) => planner.Update(entity, WritePlanner.Values(entity.Set, [Convert.ChangeType(key, entity.Set.Key[0].Kind == BackendApi.Model.ValueKind.Int64 ? typeof(long) : typeof(int), CultureInfo.InvariantCulture)])));

    private static EntityBody Entity(string set, string body, BodyPurpose purpose)
    {
        var mistakes = new Mistakes();
        using var document = JsonDocument.Parse(body);
        var entity = new EntityBodyReader(BodyModel.Scope, mistakes).Read(document.RootElement, BodyModel.Model.EntitySets[set], purpose);
        mistakes.ThrowIfAny();
        return entity;
    }

    private static List<string> Planned(string set, string body, BodyPurpose purpose, Action<WritePlanner, EntityBody> plan)
    {
        var entity = Entity(set, body, purpose);
        // What the definitions do not allow is another matter.
        var planner = new WritePlanner(BodyModel.Model, new());
        plan(planner, entity);
        var planned = planner.ToPlan();
        var lines = planned.Rows.Select(row => $"{Name(row)} level {row.Level} {row.Action} {row.Set.Name}{Values(" where", row.Key)}{Values("", row.Values)}").ToList();
        lines.AddRange(planned.Replacements.Select(replacement => $"of {Name(replacement.Owner)} {replacement.Navigation.Name} only {string.Join(' ', replacement.Kept.Select(Name))}"));
        return lines;

        string Name(PlannedRow row) => $"r{planned.Rows.ToList().IndexOf(row)}";

        string Values(string before, IReadOnlyList<PlannedValue> values) => values.Count == 0 ? "" : $"{before} {string.Join(' ', values.Select(value =>
            $"{value.Column.Name}={(value.From is { } from ? $"{Name(from)}.{value.FromColumn!.Name}" : Convert.ToString(value.Value, CultureInfo.InvariantCulture))}"))}";
    }
}
