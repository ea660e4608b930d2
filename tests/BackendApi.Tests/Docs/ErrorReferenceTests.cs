using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Docs;

public class ErrorReferenceTests
{
    [Fact]
    public void The_reference_lists_the_rows_of_the_error_table_and_no_others() =>
        Document.Read("docs/reference/errors.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Should()
            .Equal(Errors.All.Select(row => $"| `{row.Code}` | {row.Status} | `{row.DataExchange}` | {row.Meaning} |"));

    [Fact]
    public void Every_row_is_in_the_list() =>
        typeof(Errors).GetFields().Select(field => field.GetValue(null)).OfType<ErrorRow>().Should().BeEquivalentTo(Errors.All);

    [Fact]
    public void No_code_is_used_twice() => Errors.All.Select(row => row.Code).Should().OnlyHaveUniqueItems();
}
