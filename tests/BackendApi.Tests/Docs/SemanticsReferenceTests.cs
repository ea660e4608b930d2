using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Docs;

public class SemanticsReferenceTests
{
    [Fact]
    public void Every_rule_has_a_case_and_every_case_a_rule() =>
        Rules().Should().BeEquivalentTo(Semantics.All.Concat(Semantics.Refusals).Select(row => (string)row[0]).Distinct());

    private static IEnumerable<string> Rules() => Document.Read("docs/reference/semantics.md").Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| rule ", StringComparison.Ordinal))
        .Select(line => line.Split('|')[1].Trim());
}
