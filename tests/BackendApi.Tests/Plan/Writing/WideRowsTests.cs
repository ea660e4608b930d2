using System.Globalization;
using System.Text.Json;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BackendApi.Tests.Parse.Bodies;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Plan.Writing;

/// <summary>Which new rows get each other's columns, so that one statement inserts them.</summary>
public sealed class WideRowsTests
{
    [Theory]
    [InlineData("""[{"Code":"A","Name":"a"},{"Name":"b","Code":"B"}]""", "code=A name=a | code=B name=b")]
    [InlineData("""[{"Code":"A","Name":"a"},{"Code":"B","Address":{"City":"Bern"},"Name":"b"}]""", "code=A name=a city= | code=B name=b city=Bern")]
    // What has a default is not null where nobody names it.
    [InlineData("""[{"Code":"A","Name":"a"},{"Code":"B","Name":"b","Credit":1}]""", "code=A name=a | code=B name=b credit=1")]
    // A foreign key that another row gives is no value of the body.
    [InlineData("""[{"Code":"A","Name":"a"},{"Code":"B","Name":"b","Manager":{"@id":"Customers(1)"}}]""", "code=A name=a | manager_id=r0.id code=B name=b")]
    public void Rows_that_differ_in_nulls_get_the_same_columns(string bodies, string expected) => Widened(bodies).Should().Be(expected);

    [Fact]
    public void What_the_database_is_to_tell_is_not_said_to_be_null() =>
        Widened("""[{"Code":"A","Name":"a"},{"Code":"B","Address":{"City":"Bern"},"Name":"b"}]""", told: "city").Should().Be("code=A name=a | code=B city=Bern name=b");

    private static string Widened(string bodies, string? told = null)
    {
        var mistakes = new Mistakes();
        var set = BodyModel.Model.EntitySets["Customers"];
        var planner = new WritePlanner(BodyModel.Model, new());
        using var document = JsonDocument.Parse(bodies);
        var rows = document.RootElement.EnumerateArray().Select(body => planner.Insert(new EntityBodyReader(BodyModel.Scope, mistakes).Read(body, set, BodyPurpose.Create))).ToArray();
        mistakes.ThrowIfAny();
        WideRows.Make(set, rows, () => [.. set.Table.Columns.Where(column => column.Name == told)]);
        return string.Join(" | ", rows.Select(row => string.Join(' ', row.Values.Select(value =>
            $"{value.Column.Name}={(value.From is not null ? $"r0.{value.FromColumn!.Name}" : Convert.ToString(value.Value, CultureInfo.InvariantCulture))}"))));
    }
}
