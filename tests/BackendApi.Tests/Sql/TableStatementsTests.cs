using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Sqlite;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Sql;

public class TableStatementsTests
{
    private static readonly Dialect Dialect = SqliteDialect.Instance;

    private static readonly TableSchema Table = new(
        new("main", "thing"), [Column.Int32("id"), Column.Text("name", 40, isNullable: true)], PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);

    [Fact]
    public void Rows_are_inserted_together()
    {
        var statement = Dialect.Insert(Table, ["id", "name"], [[1, "one"], [2, null]]).Should().ContainSingle().Subject;

        statement.Text.Should().Be("""INSERT INTO "main"."thing" ("id", "name") VALUES (?1, ?2), (?3, ?4)""");
        statement.Parameters.Select(parameter => parameter.Value).Should().Equal(1, "one", 2, null);
        statement.Parameters[0].Type.Kind.Should().Be(ValueKind.Int32);
    }

    [Fact]
    public void Many_rows_are_spread_over_statements_of_400_values()
    {
        var rows = Enumerable.Range(0, 450).Select(number => (IReadOnlyList<object?>)[number, null]);

        Dialect.Insert(Table, ["id", "name"], rows).Select(statement => statement.Parameters.Count).Should().Equal(400, 400, 100);
    }

    [Fact]
    public void No_rows_are_no_statement() => Dialect.Insert(Table, ["id"], []).Should().BeEmpty();

    [Fact]
    public void An_update_sets_and_compares_parameters()
    {
        var statement = Dialect.Update(Table, [("name", "two")], [("id", 2)]);

        statement.Text.Should().Be("""UPDATE "main"."thing" SET "name" = ?1 WHERE "id" = ?2""");
        statement.Parameters.Select(parameter => parameter.Value).Should().Equal("two", 2);
    }

    [Fact]
    public void A_delete_compares_parameters() =>
        Dialect.Delete(Table, [("id", 2)]).Text.Should().Be("""DELETE FROM "main"."thing" WHERE "id" = ?1""");

    [Fact]
    public void A_composed_text_quotes_names_and_counts_parameters()
    {
        var id = new SqlParameter(Table.Columns[0].Type, 7);

        var statement = Dialect.Compose($"SELECT {Table.Columns[1]} FROM {Table} WHERE {Table.Columns[0]} > {id} OR {Table.Columns[0]} = {id}");

        statement.Text.Should().Be("""SELECT "name" FROM "main"."thing" WHERE "id" > ?1 OR "id" = ?2""");
        statement.Parameters.Should().HaveCount(2);
    }

    [Fact]
    public void A_value_cannot_get_into_a_composed_text() =>
        FluentActions.Invoking(() => Dialect.Compose($"SELECT 1 WHERE 'a' = {"' OR 1 = 1"}")).Should().Throw<ArgumentException>();
}
