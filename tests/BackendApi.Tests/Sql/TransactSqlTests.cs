using System.Globalization;
using System.Text;
using BackendApi.Access;
using BackendApi.Endpoints.Asynchronous;
using BackendApi.Host.Demo;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.SqlServer;
using FluentAssertions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;
using ColumnType = BackendApi.Model.ColumnType;
using Functions = BackendApi.Parse.Functions;

namespace BackendApi.Tests.Sql;

/// <summary>Every kind of statement that the SQL Server dialect writes is T-SQL to Microsoft's own parser.</summary>
public sealed class TransactSqlTests
{
    private static readonly SqlServerDialect Dialect = SqlServerDialect.Instance;

    /// <summary>The planner translates these by itself: they have no template.</summary>
    private static readonly string[] Planned = ["and", "or", "not", "has", "in", "cast", "isof", "case", "any", "all", "hassubset", "hassubsequence"];

    private static readonly TableSchema Everything = new(
        new("sales", "every]thing"),
        [
            new("id", new(ValueKind.Int32, ""), false, IsIdentity: true),
            .. Enum.GetValues<ValueKind>().Select(kind => new ColumnSchema($"c {kind}", new(kind, "", 20, 12, 3), true, Comment: "It's here", Members: kind == ValueKind.Enum ? ["a", "it's"] : null)),
            new("made", new(ValueKind.DateTimeOffset, ""), false, Default: "now"),
            new("open", new(ValueKind.Boolean, ""), false, Default: "true"),
        ],
        ["id"], [new("uq", ["c String", "c Int32"])], [new("fk", ["c Int32"], new(null, "other"), ["id"])], Comment: "All kinds");

    public static TheoryData<string> Calls()
    {
        var data = new TheoryData<string>();
        foreach (var row in Functions.Rows.Concat(Aggregates.Rows))
            if (row.IsSupported && !Planned.Contains(row.Name) && row != Aggregates.Window)
                for (var i = 0; i < row.Signatures.Count; i++)
                    data.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Name} {i}"));
        return data;
    }

    /// <summary>The product's own tables and the demo shop's.</summary>
    private static readonly IReadOnlyList<TableSchema> Own =
    [
        StoreTables.Sequences, StoreTables.Versions, StoreTables.Configurations, AccessTables.Users, AccessTables.ApiKeys, AccessTables.SharedSecrets,
        ResponseTables.Responses, ResponseTables.Chunks, .. DemoTables.All,
    ];

    [Fact]
    public void The_products_own_tables_are_made_written_and_read_in_T_SQL()
    {
        foreach (var table in Own)
        {
            string[] columns = [.. table.Columns.Select(column => column.Name)];
            (string, object)[] key = [.. table.PrimaryKey.Select(column => (column, (object)"x"))];
            ShouldParse(Dialect.Ddl.CreateTable(table));
            foreach (var insert in Dialect.Insert(table, columns, [new object?[columns.Length], new object?[columns.Length]]))
                ShouldParse(insert.Text);
            ShouldParse(Dialect.Update(table, [.. columns.Select(column => (column, (object?)null))], key).Text);
            ShouldParse(Dialect.Delete(table, key).Text);
            ShouldParse(Dialect.Select(table, columns, key, isLocked: true).Text);
            ShouldParse(Dialect.Select(table, columns, key).Text);
        }
    }

    [Fact]
    public void Every_cast_is_understood()
    {
        var source = new Source(Everything.Name, 0);
        foreach (var (from, to) in BackendApi.Parse.Conversions.All)
            if (!Unreachable.Contains((from, to)))
                ShouldParse(SqlWriter.Write(new Select { Columns = [new Term.Converted(new Term.Column(source, Everything.Column($"c {from}")!, from, true), to)], From = source }, Dialect).Text);
    }

    /// <summary>What T-SQL has no words for: 501, as docs/reference/url-conventions.md says.</summary>
    private static readonly HashSet<(ValueKind From, ValueKind To)> Unreachable =
        [(ValueKind.String, ValueKind.Duration), (ValueKind.String, ValueKind.Binary), (ValueKind.Binary, ValueKind.String)];

    public static TheoryData<ValueKind> Kinds() => [.. Enum.GetValues<ValueKind>()];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_function_is_understood_as_a_value_and_as_a_condition(string call)
    {
        var row = Functions.Rows.Concat(Aggregates.Rows).Single(row => row.Name == call.Split(' ')[0]);
        var signature = row.Signatures[int.Parse(call.Split(' ')[1], CultureInfo.InvariantCulture)];
        var source = new Source(Everything.Name, 0);
        var arguments = signature.Operands.Select((kind, i) => i == 0
            ? (Term)new Term.Column(source, Everything.Column($"c {kind ?? ValueKind.Int32}")!, kind ?? ValueKind.Int32, true)
            : new Term.Constant(new(kind ?? ValueKind.Int32, ""), null));
        var term = new Term.Call(row, [.. arguments], signature.Result ?? signature.Operands[0] ?? ValueKind.Int32, true);

        ShouldParse(SqlWriter.Write(new Select { Columns = [term], From = source }, Dialect).Text);
        Condition condition = term.Kind == ValueKind.Boolean ? new Condition.Holds(term, Negated: true) : new Condition.IsNull(term, Negated: false);
        ShouldParse(SqlWriter.Write(new Select { Columns = [term], From = source, Where = condition, OrderBy = [new(term, true, 0)], Skip = 2, Take = 3 }, Dialect).Text);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lists_and_equalities_of_every_kind_are_understood(ValueKind kind)
    {
        var type = new ColumnType(kind, "");
        var text = new StringBuilder("SELECT k.ord, k.k0, k.k1 FROM ");
        Dialect.AppendKeyList(text, "k", [(0, type), (1, new(ValueKind.Int32, "int"))]);
        text.Append(" WHERE ");
        Dialect.AppendIn(text, operand => operand.Append("k.k0"), 2, type);
        text.Append(" AND ").AppendFormat(CultureInfo.InvariantCulture, Dialect.EqualityOf(kind), "k.k0", "@p3");

        ShouldParse(text.ToString());
    }

    [Theory]
    [InlineData(ValueKind.String)]
    [InlineData(ValueKind.Boolean)]
    [InlineData(ValueKind.Int32)]
    [InlineData(ValueKind.Decimal)]
    [InlineData(ValueKind.Double)]
    public void Items_of_JSON_lists_are_understood(ValueKind kind)
    {
        var column = new Term.Column(new(Everything.Name, 0), Everything.Column("c Json")!, ValueKind.Json, true);
        var items = new Source(new SourceRows.List(column), 1);
        var (item, place) = (new Term.Item(items, kind), new Term.Place(items));
        var where = new Condition.Compare(Comparison.Equal, item, new Term.Constant(new(kind, ""), null));
        var select = new Select
        {
            Columns = [new Term.ItemList(items, where, [new(item, true, 0)], 1, 2), new Term.CountOf(new(items, [], new Condition.IsNull(item, false)))],
            From = column.Source,
            Where = new Condition.Exists(new(items, [], new Condition.Compare(Comparison.Greater, place, new Term.Constant(new(ValueKind.Int64, ""), 1L))), true),
        };

        ShouldParse(SqlWriter.Write(select, Dialect).Text);
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("sql_variant")]
    [InlineData("hierarchyid")]
    [InlineData("geography")]
    [InlineData("rowversion")]
    [InlineData("image")]
    public void Types_that_do_not_compare_are_understood_in_their_operand_form(string native)
    {
        var type = new ColumnType(ValueKind.String, native);
        var operand = string.Format(CultureInfo.InvariantCulture, Dialect.Operand(type), "t0.[a b]");

        ShouldParse($"SELECT {operand} FROM [t] t0 WHERE {operand} = @p0");
        ShouldParse($"INSERT INTO [t] ([a b]) VALUES ({string.Format(CultureInfo.InvariantCulture, Dialect.Stored(type), "@p0")})");
    }

    [Fact]
    public void Tables_of_every_kind_of_column_are_understood()
    {
        ShouldParse(Dialect.Ddl.CreateTable(Everything));
        ShouldParse(Dialect.Ddl.CreateIndex("by made", Everything.Name, ["made", "id"]));
        ShouldParse(Dialect.Ddl.DropTable(Everything.Name));
    }

    [Fact]
    public void The_questions_to_the_catalogue_are_understood()
    {
        ShouldParse(SqlServerCatalog.Tables);
        ShouldParse(SqlServerCatalog.Columns);
        ShouldParse(SqlServerCatalog.Keys);
        ShouldParse(SqlServerCatalog.ForeignKeys);
        ShouldParse(SqlServerCatalog.Checks);
        ShouldParse(SqlServerCatalog.Estimates);
    }

    [Fact]
    public void Nothing_is_understood_that_is_no_statement()
    {
        var act = () => ShouldParse("SELECT FROM WHERE");

        act.Should().Throw<Exception>();
    }

    internal static void ShouldParse(string sql)
    {
        using var reader = new StringReader(sql);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        errors.Select(error => $"{error.Line}:{error.Column} {error.Message} in {sql}").Should().BeEmpty();
    }
}
