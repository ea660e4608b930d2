using BackendApi.Model;
using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using BackendApi.SqlServer;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Sql;

/// <summary>INSERT, UPDATE and DELETE of one row and of many, in the words of each dialect.</summary>
public sealed class ChangeStatementTests
{
    private static readonly TableName Table = new(null, "item");
    private static readonly ColumnSchema Id = new("id", new(ValueKind.Int32, "int"), false, IsIdentity: true);
    private static readonly ColumnSchema Name = new("na\"me", new(ValueKind.String, "text", 20), true);
    private static readonly ColumnSchema Version = new("version", new(ValueKind.Int32, "int"), false);
    private static readonly ColumnSchema Made = new("made", new(ValueKind.Int32, "int"), false, Default: "7");

    [Fact]
    public void An_insert_of_one_row_answers_with_what_the_database_made()
    {
        var change = new Change.Insert(Table, [Name, Version], [["a", 1]], [Id]);

        Texts(change).Should().Equal(
            """INSERT INTO "item" ("na""me", "version") VALUES (?1, ?2) RETURNING "id" """.Trim(),
            """INSERT INTO "item" ("na""me", "version") VALUES ($1, $2) RETURNING "id" """.Trim(),
            """DECLARE @w TABLE (ord int, c0 int); INSERT INTO [item] ([na"me], [version]) OUTPUT 0, inserted.[id] INTO @w VALUES (@p0, @p1); SELECT c0 FROM @w ORDER BY ord""");
        SqliteDialect.Instance.Write(change).Parameters.Select(parameter => parameter.Value).Should().Equal("a", 1);
    }

    [Fact]
    public void An_update_finds_a_row_by_its_key_and_sets_defaults_and_versions_besides() =>
        Texts(new Change.Update(Table, [Id], [Name], [Made], [[5, "b"]]) { Raised = Version }).Should().Equal(
            """UPDATE "item" AS d SET "na""me" = ?1, "made" = (7), "version" = COALESCE(d."version", 0) + 1 WHERE d."id" = ?2""",
            """UPDATE "item" AS d SET "na""me" = $1, "made" = DEFAULT, "version" = COALESCE(d."version", 0) + 1 WHERE d."id" = $2""",
            """UPDATE d SET [na"me] = @p0, [made] = DEFAULT, [version] = COALESCE(d.[version], 0) + 1 FROM [item] AS d WHERE d.[id] = @p1; SELECT @@ROWCOUNT""");

    [Fact]
    public void Every_value_of_many_rows_is_a_parameter_or_part_of_one()
    {
        foreach (var dialect in (Dialect[])[SqliteDialect.Instance, PostgreSqlDialect.Instance, SqlServerDialect.Instance])
            foreach (var change in Changes(ValueKind.String, "it's", "OR 1=1"))
                dialect.Write(change).Text.Should().NotContain("it's").And.NotContain("1=1");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_change_of_every_kind_of_value_is_T_SQL(ValueKind kind)
    {
        foreach (var change in Changes(kind, null, null))
            TransactSqlTests.ShouldParse(SqlServerDialect.Instance.Write(change).Text);
    }

    public static TheoryData<ValueKind> Kinds() => [.. Enum.GetValues<ValueKind>()];

    private static IEnumerable<Change> Changes(ValueKind kind, object? first, object? second)
    {
        var key = new ColumnSchema("a key", new(kind, "", 20, 12, 3), false);
        var value = new ColumnSchema("a value", new(kind, "", 20, 12, 3), true);
        object?[] one = [first, second], other = [second, first];
        foreach (var rows in (object?[][][])[[one], [one, other]])
        {
            yield return new Change.Insert(Table, [key, value], rows, []);
            yield return new Change.Insert(Table, [key, value], rows, [Id, Made, key]);
            yield return new Change.Update(Table, [key], [value], [], rows);
            yield return new Change.Update(Table, [key, value], [], [Made], rows) { Raised = Version };
            yield return new Change.Update(Table, [key, value], [], [], rows) { Raised = Version };
            yield return new Change.Delete(Table, [key, value], rows);
        }
        yield return new Change.Insert(Table, [], [[]], []);
        yield return new Change.Insert(Table, [], [[]], [Id]);
    }

    private static IEnumerable<string> Texts(Change change) =>
        ((Dialect[])[SqliteDialect.Instance, PostgreSqlDialect.Instance, SqlServerDialect.Instance]).Select(dialect => dialect.Write(change).Text);
}
