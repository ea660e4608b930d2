using BackendApi.Model;
using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using BackendApi.SqlServer;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Sql;

/// <summary>Changes of the same shape share a text, which is written once; their values are their own.</summary>
public sealed class ChangeFormTests
{
    private static readonly TableName Table = new(null, "item");
    private static readonly ColumnSchema Id = new("id", new(ValueKind.Int32, "int"), false);
    private static readonly ColumnSchema Name = new("name", new(ValueKind.String, "text", 20), true);
    private static readonly ColumnSchema Price = new("price", new(ValueKind.Decimal, "numeric"), true);

    public static TheoryData<string> Dialects() => [.. All.Select(dialect => dialect.Name)];

    private static readonly Dialect[] All = [SqliteDialect.Instance, PostgreSqlDialect.Instance, SqlServerDialect.Instance];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Rows_of_the_same_columns_share_a_text_and_not_their_values(string name)
    {
        var dialect = All.Single(dialect => dialect.Name == name);
        var forms = new ChangeForms();
        var changes = Changes([[1, "a"], [2, null]]).Concat(Changes([[3, "b"], [4, "c"]])).Concat(Changes([[5, "d"]])).Concat(Changes([[6, null]])).ToList();

        var first = changes.ConvertAll(change => forms.Write(change, dialect));
        var again = changes.ConvertAll(change => forms.Write(change, dialect));

        first.Should().BeEquivalentTo(changes.Select(dialect.Write), options => options.WithStrictOrdering());
        again.Should().BeEquivalentTo(first, options => options.WithStrictOrdering());
        again.Select(statement => statement.Text).Should().Equal(first.Select(statement => statement.Text), ReferenceEquals);
        var kinds = Changes([]).Count();
        first.Take(kinds).Select(statement => statement.Text).Should().Equal(first.Skip(kinds).Take(kinds).Select(statement => statement.Text), ReferenceEquals);
    }

    [Fact]
    public void On_SQLite_the_number_of_rows_is_part_of_the_text()
    {
        var forms = new ChangeForms();

        forms.Write(new Change.Insert(Table, [Id], [[1], [2], [3]], []), SqliteDialect.Instance).Text.Should().EndWith("VALUES (?1), (?2), (?3)");
        forms.Write(new Change.Insert(Table, [Id], [[1], [2]], []), SqliteDialect.Instance).Text.Should().EndWith("VALUES (?1), (?2)");
    }

    [Fact]
    public void Clients_that_give_ever_other_columns_do_not_fill_the_memory_with_texts()
    {
        var forms = new ChangeForms();
        string Write(ColumnSchema column) => forms.Write(new Change.Insert(Table, [column], [[1]], []), PostgreSqlDialect.Instance).Text;
        var text = Write(Id);

        for (var i = 0; i < 1_000; i++)
            Write(new($"c{i}", Id.Type, false));

        Write(Id).Should().Be(text).And.NotBeSameAs(text, "it was forgotten");
    }

    private static IEnumerable<Change> Changes(object?[][] rows)
    {
        var keys = Array.ConvertAll(rows, row => row[..1]);
        yield return new Change.Insert(Table, [Id, Name], rows, []);
        yield return new Change.Insert(Table, [Id, Name], rows, [Id]);
        yield return new Change.Insert(Table, [Id, Price], rows, [Id]);
        yield return new Change.Update(Table, [Id], [Name], [], rows);
        yield return new Change.Update(Table, [Id], [Name], [Price], rows);
        yield return new Change.Update(Table, [Id], [Name], [], rows) { Returning = [Id] };
        yield return new Change.Update(Table, [Id], [Name], [], rows) { Raised = Price };
        yield return new Change.Update(Table, [Id, Name], [], [Price], rows);
        yield return new Change.Delete(Table, [Id], keys);
    }
}
