using System.Globalization;
using System.Text;
using BackendApi.Plan;
using BackendApi.PostgreSql;
using BackendApi.Testing;
using BackendApi.Tests.Parse;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Docs;

/// <summary>docs/walkthrough.md shows what the code computes. Its response is compared where there is a database, in BackendApi.Spec.</summary>
public class WalkthroughTests
{
    private static readonly string Page = Document.Read("docs/walkthrough.md");
    private static readonly string Request = Document.Block(Page, "request").Replace(" ", "%20", StringComparison.Ordinal);

    [Fact]
    public void Parse_is_what_the_page_shows()
    {
        var (path, options) = Plan.Shop.Parse(Request);
        var expand = options.Expand.Single();
        Block(
            ("path", Written.Of(path)),
            ("filter", Written.Of(options.Filter)),
            ("orderby", Written.Of(options.OrderBy)),
            ("select", Written.Of(options.Select)),
            ("expand", $">{expand.Navigation!.Name}{{select={Written.Of(expand.Options.Select)}}}"),
            ("top", options.Top!.Value.ToString(CultureInfo.InvariantCulture))).Should().Be(Document.Block(Page, "parse"));
    }

    [Fact]
    public void Plan_is_what_the_page_shows()
    {
        var rows = Plan.Shop.Plan(Request).Rows;
        var join = rows.Joins.Single();
        var compare = (Condition.Compare)rows.Where!;
        Block(
            ("from", Of(rows.From)),
            ("join", Of(join.To) + (join.IsOuter ? ", outer" : "")),
            ("where", $"{Of(compare.Left)} {(compare.Operator == Comparison.GreaterOrEqual ? ">=" : "?")} {Of(compare.Right)}"),
            ("order", string.Join(", ", rows.OrderBy.Select(term => Of(term.Value) + (term.IsDescending ? " desc" : "")))),
            ("read", string.Join(", ", rows.Columns.Select(Of))),
            ("page", string.Create(CultureInfo.InvariantCulture, $"{rows.PageSize} rows, {rows.Top} of them wanted"))).Should().Be(Document.Block(Page, "plan"));
    }

    [Fact]
    public void Sql_is_what_the_page_shows()
    {
        var rows = Plan.Shop.Plan(Request).Rows;
        var statement = BackendApi.Sql.SqlWriter.Write(BackendApi.Sql.ReadStatements.Rows(rows, rows.Top + 1), PostgreSqlDialect.Instance);
        var text = new StringBuilder(statement.Text);
        for (var i = 0; i < statement.Parameters.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n${i + 1} = {statement.Parameters[i].Value}");
        text.ToString().Should().Be(Document.Block(Page, "sql"));
    }

    private static string Block(params (string Name, string Value)[] lines) =>
        string.Join('\n', lines.Select(line => $"{line.Name,-9}{line.Value}"));

    private static string Of(Source source) => $"{((SourceRows.Table)source.Rows).Name} t{source.Number}";

    private static string Of(Term term) => term switch
    {
        Term.Column column => $"t{column.Source.Number}.{column.Definition.Name}",
        Term.Constant constant => Convert.ToString(constant.Value, CultureInfo.InvariantCulture)!,
        _ => throw new InvalidOperationException($"The page has no form for {term}."),
    };
}
