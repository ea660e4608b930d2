using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Sql;
using BackendApi.SqlServer;
using FluentAssertions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace BackendApi.Tests.Plan;

/// <summary>What definitions say of stored rows, as statements and as mistakes.</summary>
public sealed class StoredRowsTests
{
    private static readonly TableSchema Sale = new(
        new(null, "sale"), [new("id", new(ValueKind.Int32, ""), false), new("code", new(ValueKind.String, "", 10), false)], ["id"], [new("uq_sale", ["code"])], []);

    private static readonly TableSchema Line = new(
        new("shop", "line"),
        [
            new("sale_id", new(ValueKind.Int32, ""), false), new("number", new(ValueKind.Int32, ""), false), new("price", new(ValueKind.Decimal, "", null, 10, 2), false),
            new("whole", new(ValueKind.Int32, ""), true), new("label", new(ValueKind.String, "", 30), false), new("dear", new(ValueKind.Boolean, ""), true),
        ],
        ["sale_id", "number"], [], [new("fk_line_sale", ["sale_id"], Sale.Name, ["id"])]);

    private const string Definitions =
        """
        [
          { "alias": "sales", "table": "sale" },
          { "alias": "lines", "table": "shop.line", "allow": { "create": true },
            "fields": [ { "column": "sale_id" }, { "column": "number" }, { "column": "price" },
              { "column": "whole", "transform": [ { "compute": "Price mul 2" } ] },
              { "column": "label", "transform": [ { "compute": "concat(Sale/Code,'!')" } ] },
              { "column": "dear", "transform": [ { "compute": "Price gt 100" } ] } ],
            "rules": [ { "expression": "Price gt 0", "message": "a" }, { "expression": "startswith(Sale/Code,'x') or Sale/Lines/any(l:l/Number eq 1)", "message": "b" } ],
            "relations": [ { "name": "Sale", "target": "sales", "multiplicity": "one", "on": [ { "column": "sale_id", "targetColumn": "id" } ] } ] }
        ]
        """;

    [Fact]
    public void Computed_values_and_rules_are_T_SQL()
    {
        var model = Shop.Build(Definitions, [Sale, Line]);
        var set = model.EntitySets["Lines"];
        IReadOnlyList<object>[] keys = [[1, 1], [1, 2]];

        set.Computed.Should().HaveCount(3);
        foreach (var (type, property) in set.Computed)
            ShouldParse(SqlWriter.Write(WriteSelects.Computed(model, set, type, property, keys), SqlServerDialect.Instance));
        ShouldParse(SqlWriter.Write(WriteSelects.Broken(model, set, keys), SqlServerDialect.Instance));
    }

    [Theory]
    [InlineData("sale", "id", "1", "sales fields[0].transform: A key is not computed: rows are found by it.")]
    [InlineData("sale", "code", "'x'", "sales fields[0].transform: The value is computed once the row is there. A column that is never null and part of a unique or foreign key needs a default that can stand there until then.")]
    public void What_cannot_wait_for_its_value_is_not_computed(string table, string column, string expression, string mistake) =>
        Shop.Mistakes(
            $$"""[ { "alias": "sales", "table": "{{table}}", "allow": { "create": true }, "fields": [ { "column": "{{column}}", "transform": [ { "compute": "{{expression}}" } ] }, { "column": "{{(column == "id" ? "code" : "id")}}" } ] } ]""",
            [Sale]).Should().Equal(mistake);

    private static void ShouldParse(Statement statement)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(statement.Text), out var errors);
        errors.Select(error => $"{error.Message} at {error.Offset}").Should().BeEmpty("it is {0}", statement.Text);
    }
}
