using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BackendApi.Sql;
using BackendApi.Support;
using BackendApi.Tests.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Sql;

/// <summary>What is said of a row that breaks a check of its table: the name of the check can tell of a column that the caller does not see.</summary>
public class ConstraintMistakesTests
{
    private static readonly ModelSnapshot Model = ModelBuilderTests.Build("""{ "alias": "customers", "table": "customer" }""");

    [Fact]
    public void A_check_is_named_to_callers_with_all_rights() =>
        Said(Model, "ck_salary_positive").Should().Be("A row of Customers must satisfy a rule of its table, 'ck_salary_positive', and this one does not.");

    [Fact]
    public void A_check_is_not_named_to_callers_whose_rights_are_limited() =>
        Said(Model.For(Limited), "ck_salary_positive").Should().Be("A row of Customers must satisfy a rule of its table, and this one does not.");

    [Theory]
    [InlineData("salary > 0")]
    [InlineData(null)]
    public void A_check_without_a_name_is_named_to_nobody(string? constraint) =>
        Said(Model, constraint).Should().Be("A row of Customers must satisfy a rule of its table, and this one does not.");

    private static readonly Caller Limited = new("ada", CallerKind.User)
    {
        Permissions = Permissions.Of([new("clerks", false, [("Customers", new(Verbs.All, ColumnMask.All, ColumnMask.All, null))])]),
    };

    private static string Said(ModelSnapshot model, string? constraint)
    {
        var mistakes = new Mistakes();
        new ConstraintMistakes(mistakes).Add(new() { Set = model.EntitySets["Customers"], Action = RowAction.Insert }, new(Failure.CheckViolation, constraint, []));
        return FluentActions.Invoking(mistakes.ThrowIfAny).Should().Throw<ServiceException>().Which.Error.Message;
    }
}
