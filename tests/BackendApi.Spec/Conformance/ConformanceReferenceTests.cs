using System.Reflection;
using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>docs/reference/conformance.md claims what a case shows, and nothing else.</summary>
public class ConformanceReferenceTests
{
    private static readonly IReadOnlyList<string[]> Rows =
    [
        .. Document.Read("docs/reference/conformance.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void The_page_names_every_case_in_the_row_whose_number_it_has()
    {
        Rows.SelectMany(row => Named(row)).Should().BeEquivalentTo(Cases());
        foreach (var row in Rows)
            Named(row).Where(name => !name.StartsWith($"Row_{row[0]}_", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void A_row_is_ticked_when_it_has_a_case_and_only_then() =>
        Rows.Where(row => (row[2] == "yes" || row[2].StartsWith("in part", StringComparison.Ordinal)) != row[3].Length > 0).Select(row => row[0]).Should().BeEmpty();

    private static IEnumerable<string> Named(string[] row) =>
        row[3].Split(", ").Select(name => name.Trim('`')).Where(name => name.StartsWith("Row_", StringComparison.Ordinal));

    private static IEnumerable<string> Cases() =>
        from type in typeof(ConformanceReferenceTests).Assembly.GetTypes()
        where type.IsAbstract && type.Namespace == typeof(ConformanceReferenceTests).Namespace
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where method.Name.StartsWith("Row_", StringComparison.Ordinal)
        select method.Name;
}
