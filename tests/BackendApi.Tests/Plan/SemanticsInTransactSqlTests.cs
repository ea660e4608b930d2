using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.SqlServer;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace BackendApi.Tests.Plan;

/// <summary>The filters that hold the rules of docs/reference/semantics.md, as Microsoft's parser reads their statements.</summary>
public class SemanticsInTransactSqlTests
{
    private static readonly ModelSnapshot Model = ModelBuilder.Build(
        1, DefinitionReader.Read(KindsTable.Definitions, DefinitionFormat.Json).Definitions, KindsTable.All.ToDictionary(item => item.Table.Name, item => item.Table), new()).Snapshot!;

    [Fact]
    public void The_filters_of_the_semantics_are_T_SQL()
    {
        foreach (var row in Semantics.All)
        {
            var filter = ((string)row[1]).Replace(" ", "%20", StringComparison.Ordinal);
            try
            {
                var plan = Planner.Plan(Model, UrlParser.Parse(Model.Edm, "Values", "$filter=" + filter, new()), new(PageSize: 1000, MaxPageSize: 5000, MaxExpansionDepth: 6));
                foreach (var statement in Shop.Statements(plan, SqlServerDialect.Instance))
                {
                    new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(statement.Text), out var errors);
                    errors.Select(error => $"{error.Message} at {error.Offset}").Should().BeEmpty("it is {0}", statement.Text);
                }
            }
            catch (ServiceException refusal) when (((string)row[0]).StartsWith("cast", StringComparison.Ordinal))
            {
                // The casts that T-SQL has no words for.
                refusal.Error.Row.Should().Be(Errors.NotImplemented, (string)row[1]);
            }
        }
    }
}
