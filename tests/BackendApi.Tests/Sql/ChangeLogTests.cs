using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.SqlServer;
using FluentAssertions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace BackendApi.Tests.Sql;

/// <summary>The statements of change tracking as T-SQL, read by Microsoft's own parser, and the keys that the log holds.</summary>
public class ChangeLogTests
{
    private static readonly IReadOnlyList<(ColumnSchema Column, object Value, string Json)> Keys =
    [
        (Column("flag", ValueKind.Boolean), true, "true"),
        (Column("small", ValueKind.Int16), (short)-7, "-7"),
        (Column("big", ValueKind.Int64), long.MaxValue, "9223372036854775807"),
        (Column("price", ValueKind.Decimal), 12.50m, "12.50"),
        (Column("o'clock", ValueKind.String), "ẞ\"\\", "\"ẞ\\\"\\\\\""),
        (Column("day", ValueKind.Date), new DateOnly(2024, 2, 29), "\"2024-02-29\""),
        (Column("time", ValueKind.TimeOfDay), new TimeOnly(8, 30), "\"08:30:00.0000000\""),
        (Column("instant", ValueKind.DateTimeOffset), new DateTimeOffset(2024, 1, 31, 11, 20, 30, TimeSpan.FromHours(1)), "\"2024-01-31T10:20:30.0000000Z\""),
        (Column("wait", ValueKind.Duration), TimeSpan.FromTicks(-1), "-1"),
        (Column("code", ValueKind.Guid), Guid.Parse("0a1b2c3d-0000-4000-8000-00000000000b"), "\"0a1b2c3d-0000-4000-8000-00000000000b\""),
    ];

    [Fact]
    public void A_key_is_an_object_with_a_member_for_each_column()
    {
        var (columns, values) = (Keys.Select(key => key.Column).ToArray(), Keys.Select(key => key.Value).ToArray());
        var text = RowKey.Write(columns, values);
        text.Should().Be("{" + string.Join(',', Keys.Select(key => $"\"{key.Column.Name}\":{key.Json}")) + "}");
        RowKey.Read(columns, text).Should().Equal(values);
    }

    [Theory]
    [InlineData(ValueKind.Boolean, "1", true)]
    [InlineData(ValueKind.Int64, "\"12\"", 12L)]
    [InlineData(ValueKind.Int32, "12.5", null)]
    [InlineData(ValueKind.Int16, "40000", null)]
    [InlineData(ValueKind.String, "12", "12")]
    [InlineData(ValueKind.String, "null", null)]
    [InlineData(ValueKind.Int32, "{}", null)]
    public void A_key_is_read_as_databases_write_it(ValueKind kind, string json, object? value)
    {
        var read = RowKey.Read([Column("k", kind)], $$"""{ "other" : 1, "k" : {{json}} }""");
        if (value is null)
            read.Should().BeNull();
        else
            read.Should().Equal(value);
    }

    [Fact]
    public void Bytes_in_the_place_of_a_guid_are_read_as_SQLite_stores_them() =>
        RowKey.Read([Column("k", ValueKind.Guid)], """{"k":"\\x000102030405060708090A0B0C0D0E0F"}""").Should()
            .Equal(new Guid([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void What_is_no_key_is_none(string text) => RowKey.Read([Column("k", ValueKind.Int32)], text).Should().BeNull();

    [Fact]
    public void Every_statement_is_T_SQL()
    {
        var dialect = SqlServerDialect.Instance;
        TableName name = new("sales", "o'rder [1]");
        foreach (var statement in (IEnumerable<Statement>)
        [
            new(dialect.Capture.CreateEntries, []),
            new(dialect.Capture.CurrentSchema!, []),
            ChangeLog.Window(dialect),
            ChangeLog.Forgotten(dialect),
            ChangeLog.Entries(dialect, name, 7, 3, 9, 1001),
            ChangeLog.Count(dialect, name, 7, 9),
            ChangeLog.Oldest(dialect, 1000),
            .. ChangeLog.Forget(dialect, 7, 3, DateTimeOffset.UnixEpoch),
            .. dialect.Statements(name, [Column("id", ValueKind.Int32)], [[1], [2]]),
            SqlWriter.Write(ReadStatements.OfKeys(Plan.Shop.Plan("OrderLines?$filter=Quantity gt 1").Rows, [[1, 2], [1, 1]]), dialect),
        ])
            Check(statement.Text);
    }

    [Fact]
    public void Triggers_are_T_SQL()
    {
        var key = Keys.Select(item => item.Column).ToArray();
        TableSchema table = new(new("sales", "o'rder [1]"), key, [.. key.Select(column => column.Name)], [], []);
        var capture = SqlServerDialect.Instance.Capture;
        foreach (var statement in capture.CreateTriggers(table, key, "dbo").Concat(capture.DropTriggers(table)))
            Check(statement);
        Check(string.Join($"\n{capture.Separator}\n", capture.CreateTriggers(table, key, "dbo")));
    }

    /// <summary>PostgreSQL cuts longer names off, so that two of them could become one.</summary>
    [Fact]
    public void Names_of_triggers_are_short_and_differ()
    {
        TableSchema Table(string name) => new(new(null, name), [Column("id", ValueKind.Int32)], ["id"], [], []);
        var (first, second) = (new string('ä', 60) + "1", new string('ä', 60) + "2");
        var names = new[] { first, second }.SelectMany(name => PostgreSql.PostgreSqlDialect.Instance.Capture.DropTriggers(Table(name)))
            .Select(statement => statement.Split('"')[1]).ToList();
        names.Should().OnlyHaveUniqueItems().And.OnlyContain(name => System.Text.Encoding.UTF8.GetByteCount(name) <= 63);
    }

    private static ColumnSchema Column(string name, ValueKind kind) => new(name, new(kind, "", Scale: kind == ValueKind.Decimal ? 4 : null), false);

    private static void Check(string text)
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        errors.Select(error => $"{error.Message} at {error.Offset}").Should().BeEmpty("it is {0}", text);
    }
}
