using BackendApi.Model;
using BackendApi.Plan;
using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using BackendApi.SqlServer;
using FluentAssertions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace BackendApi.Tests.Plan;

/// <summary>A FROM clause can hold other statements.</summary>
public class NestedSelectTests
{
    private static readonly ColumnSchema Id = new("id", new(ValueKind.Int32, "int"), IsNullable: false);
    private static readonly ColumnSchema Price = new("price", new(ValueKind.Decimal, "money", Scale: 4), IsNullable: true);

    [Fact]
    public void A_stored_column_passes_through_as_it_is_and_takes_its_templates_outside() =>
        Write(PostgreSqlDialect.Instance, Nested(Price)).Should().Be(
            """
            SELECT t1."price"::numeric FROM (SELECT t0."id" AS "id", t0."price" AS "price" FROM "thing" t0) t1
             WHERE t1."price"::numeric > $1 ORDER BY t1."id" LIMIT $2
            """.ReplaceLineEndings(""));

    [Fact]
    public void A_computed_one_is_in_operand_form_from_there_on() =>
        Write(PostgreSqlDialect.Instance, Nested(Price with { Type = Price.Type with { IsOperand = true } })).Should().Be(
            """
            SELECT t1."price" FROM (SELECT t0."id" AS "id", t0."price"::numeric AS "price" FROM "thing" t0) t1
             WHERE t1."price" > $1 ORDER BY t1."id" LIMIT $2
            """.ReplaceLineEndings(""));

    [Fact]
    public void Several_statements_follow_each_other() =>
        Write(SqliteDialect.Instance, Nested(Price, parts: 2)).Should().Be(
            """
            SELECT t1."price" FROM (SELECT t0."id" AS "id", t0."price" AS "price" FROM "thing" t0 UNION ALL
             SELECT t0."id" AS "id", t0."price" AS "price" FROM "thing" t0) t1 WHERE t1."price" > ?1 ORDER BY t1."id" LIMIT ?2
            """.ReplaceLineEndings(""));

    [Fact]
    public void They_are_T_SQL()
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(Write(SqlServerDialect.Instance, Nested(Price, parts: 2))), out var errors);
        errors.Should().BeEmpty();
    }

    private static string Write(Dialect dialect, Select select) => SqlWriter.Write(select, dialect).Text;

    private static Select Nested(ColumnSchema price, int parts = 1)
    {
        var table = new Source(new TableName(null, "thing"), 0);
        var part = new Select { Columns = [Column(table, Id), Column(table, Price)], From = table };
        var rows = new Source(new SourceRows.Query([.. Enumerable.Repeat(part, parts)], [Id, price]), 1);
        return new()
        {
            Columns = [Column(rows, price)],
            From = rows,
            Where = new Condition.Compare(Comparison.Greater, Column(rows, price), new Term.Constant(price.Type, 1m)),
            OrderBy = [new(Column(rows, Id), IsDescending: false, 0)],
            Take = 2,
        };
    }

    private static Term.Column Column(Source source, ColumnSchema column) => new(source, column, column.Type.Kind, column.IsNullable);
}
