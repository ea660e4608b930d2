using BackendApi.Plan;
using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using BackendApi.SqlServer;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Plan;

/// <summary>A request and the statement that answers it. Values are parameters, names are quoted.</summary>
public class ReadStatementTests
{
    [Fact]
    public void A_key_reads_one_row()
    {
        var statement = Shop.Statement("Tags(1)", PostgreSqlDialect.Instance);
        statement.Text.Should().Be("""SELECT t0."id", t0."name" FROM "tag" t0 WHERE t0."id" = $1""");
        statement.Parameters.Select(parameter => parameter.Value).Should().Equal(1);
    }

    [Fact]
    public void A_page_asks_for_one_row_more_to_know_whether_there_is_another()
    {
        var statement = Shop.Statement("Tags?$filter=Name%20eq%20'a'", PostgreSqlDialect.Instance);
        statement.Text.Should().Be("""SELECT t0."id", t0."name" FROM "tag" t0 WHERE t0."name" = $1 ORDER BY t0."id" LIMIT $2""");
        statement.Parameters.Select(parameter => parameter.Value).Should().Equal("a", 1001L);
    }

    [Fact]
    public void No_rows_are_those_behind_all_rows_because_SQL_Server_fetches_one_at_least()
    {
        var statement = Shop.Statement("Tags?$apply=top(0)", SqlServerDialect.Instance);
        statement.Text.Should().Contain(" OFFSET @p0 ROWS FETCH NEXT @p1 ROWS ONLY");
        statement.Parameters.Take(2).Select(parameter => parameter.Value).Should().Equal(long.MaxValue, 1L);
    }

    [Fact]
    public void The_first_rows_of_each_group_are_numbered_within_it() =>
        Shop.Statement("Tags?$apply=groupby((Name),orderby(Id%20desc)/top(2))", PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t1."id", t1."name" FROM (SELECT t0."id" AS "id", t0."name" AS "name", ROW_NUMBER() OVER (PARTITION BY t0."name" ORDER BY t0."id" DESC) AS "c2" FROM "tag" t0) t1
             WHERE t1."c2" <= $1 ORDER BY t1."id" DESC LIMIT $2
            """.ReplaceLineEndings(""));

    [Fact]
    public void Groups_of_which_a_filter_may_leave_nothing_are_read_once_more() =>
        Shop.Statement("Tags?$apply=groupby((Name),filter(Id%20gt%201)/aggregate($count%20as%20N))", PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t2."c0", t2."c1" FROM (SELECT t1."c0" AS "c0", cast(count(t1."c1") as numeric) AS "c1" FROM (SELECT t0."name" AS "c0", $1 AS "c1" FROM "tag" t0
             UNION ALL SELECT t0."name" AS "c0", t0."id" AS "c1" FROM "tag" t0 WHERE t0."id" > $2) t1 GROUP BY t1."c0") t2 ORDER BY t2."c0" NULLS FIRST LIMIT $3
            """.ReplaceLineEndings(""));

    [Fact]
    public void What_is_aggregated_from_groups_is_aggregated_beside_the_rows() =>
        Shop.Statement("Orders?$apply=aggregate(Total%20with%20sum%20from%20Status%20with%20max%20as%20M,$count%20as%20N)", PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t3."c0", t3."c1" FROM (SELECT max(t2."c0") AS "c0", cast(count(t2."c1") as numeric) AS "c1" FROM (SELECT $1 AS "c0", t0."id" AS "c1" FROM "sales_order" t0
             UNION ALL SELECT t1."c1" AS "c0", $2 AS "c1" FROM (SELECT t0."status" AS "c0", sum(t0."total") AS "c1" FROM "sales_order" t0 GROUP BY t0."status") t1) t2) t3
            """.ReplaceLineEndings(""));

    [Fact]
    public void An_entity_that_rows_were_grouped_by_is_joined_to_its_key() =>
        Shop.Statement("Orders?$apply=groupby((Customer))&$expand=Customer($select=Name)", PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t3."name", t3."id", t2."c0" FROM (SELECT t1."id" AS "c0" FROM "sales_order" t0 LEFT JOIN "customer" t1 ON t1."id" = t0."customer_id" GROUP BY t1."id") t2
             LEFT JOIN "customer" t3 ON t3."id" = t2."c0" ORDER BY t2."c0" NULLS FIRST LIMIT $1
            """.ReplaceLineEndings(""));

    [Fact]
    public void What_is_joined_is_transformed_for_all_rows_at_once() =>
        Shop.Statement("Orders?$apply=join(OrderLines%20as%20Line,aggregate($count%20as%20N))&$select=Id,Line", PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t0."id", t3."c0", t3."c1" FROM "sales_order" t0 JOIN (SELECT t2."c1" AS "c0", t2."c0" AS "c1" FROM
             (SELECT t1."order_id" AS "c0", cast(count(*) as numeric) AS "c1" FROM "order line" t1 GROUP BY t1."order_id") t2) t3 ON t3."c1" = t0."id" ORDER BY t0."id", t3."c1" LIMIT $1
            """.ReplaceLineEndings(""));

    [Fact]
    public void What_is_related_to_many_owners_is_transformed_in_their_groups()
    {
        var collection = ((ReadPlan.Collection)Shop.Plan("Customers?$expand=Orders($apply=aggregate($count%20as%20N))")).Rows.Shape.Collections.Single();
        SqlWriter.Write(ReadStatements.OfOwners(collection, [[1, 2]], SelectForm.Rows), PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t4."o0", t4."c0" FROM (SELECT t3."c0" AS "o0", cast(count(t3."c1") as numeric) AS "c0" FROM
             (SELECT t2."ord" AS "c0", $2 AS "c1" FROM (SELECT u.ord - 1 AS ord, u.k0 FROM unnest($1::integer[]) WITH ORDINALITY AS u(k0, ord)) AS t2
             UNION ALL SELECT t1."ord" AS "c0", t0."id" AS "c1" FROM "sales_order" t0 JOIN
             (SELECT u.ord - 1 AS ord, u.k0 FROM unnest($1::integer[]) WITH ORDINALITY AS u(k0, ord)) AS t1 ON t0."customer_id" = t1."k0") t3 GROUP BY t3."c0") t4 ORDER BY t4."o0"
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void Nulls_are_placed_only_where_a_null_can_be()
    {
        Shop.Statement("Customers?$select=Id&$orderby=Country,Name%20desc", PostgreSqlDialect.Instance).Text.Should().Be(
            """SELECT t0."id", t0."country", t0."name" FROM "customer" t0 ORDER BY t0."country" NULLS FIRST, t0."name" DESC, t0."id" LIMIT $1""");
        Shop.Statement("Customers?$select=Id&$orderby=Country,Name%20desc", SqliteDialect.Instance).Text.Should().Be(
            """SELECT t0."id", t0."country", t0."name" FROM "customer" t0 ORDER BY t0."country", t0."name" DESC, t0."id" LIMIT ?1""");
    }

    [Fact]
    public void A_single_valued_navigation_is_joined_once_for_all_its_uses() =>
        Shop.Statement("Orders?$select=Id&$filter=Customer/Name%20eq%20'a'&$orderby=Customer/Name&$expand=Customer($select=Name)", PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t0."id", t1."name", t1."id" FROM "sales_order" t0 LEFT JOIN "customer" t1 ON t1."id" = t0."customer_id"
             WHERE t1."name" = $1 ORDER BY t1."name" NULLS FIRST, t0."id" LIMIT $2
            """.ReplaceLineEndings(""));

    [Fact]
    public void A_lambda_is_a_correlated_subquery() =>
        Shop.Statement("Customers?$select=Id&$filter=Orders/any(o:o/Total%20gt%205)", PostgreSqlDialect.Instance).Text.Should().Be(
            """
            SELECT t0."id" FROM "customer" t0 WHERE EXISTS (SELECT 1 FROM "sales_order" t1
             WHERE t1."customer_id" = t0."id" AND t1."total" > $1) ORDER BY t0."id" LIMIT $2
            """.ReplaceLineEndings(""));

    [Fact]
    public void A_navigation_from_a_key_needs_no_join_when_the_key_is_the_foreign_key() =>
        Shop.Statement("Customers(1)/Orders?$select=Id", PostgreSqlDialect.Instance).Text.Should().Be(
            """SELECT t0."id" FROM "sales_order" t0 WHERE t0."customer_id" = $1 ORDER BY t0."id" LIMIT $2""".Replace("t0", "t1", StringComparison.Ordinal));

    [Fact]
    public void A_definitions_own_filter_is_part_of_every_statement() =>
        Shop.Statement("OpenOrders/$count", PostgreSqlDialect.Instance).Text.Should().Be(
            """SELECT COUNT(*) FROM "sales_order" t0 WHERE t0."status" = $1""");

    [Fact]
    public void SQL_Server_pages_with_OFFSET_and_FETCH_and_compares_text_exactly() =>
        Shop.Statement("Tags?$filter=Name%20eq%20'a'", SqlServerDialect.Instance).Text.Should()
            .Contain("COLLATE").And.EndWith("ORDER BY t0.[id] OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY");

    [Fact]
    public void The_next_page_is_a_comparison_of_rows_where_nothing_is_null()
    {
        var plan = Shop.Plan("Customers?$select=Id&$orderby=Name");
        var next = BackendApi.Sql.ReadStatements.Rows(plan.Rows with { After = ["Ada", 1] }, 10);
        BackendApi.Sql.SqlWriter.Write(next, PostgreSqlDialect.Instance).Text.Should().Be(
            """SELECT t0."id", t0."name" FROM "customer" t0 WHERE (t0."name", t0."id") > ($1, $2) ORDER BY t0."name", t0."id" LIMIT $3""");
        BackendApi.Sql.SqlWriter.Write(next, SqlServerDialect.Instance).Text.Should().Contain(
            "WHERE t0.[name] >= @p0 AND (t0.[name] > @p1 OR (t0.[name] = @p2 AND (t0.[id] > @p3)))");
    }
}
