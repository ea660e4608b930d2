using BackendApi.Parse;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Docs;

public class FunctionReferenceTests
{
    [Fact]
    public void The_reference_lists_every_operator_and_function_and_says_whether_it_is_supported() =>
        Section("Operators and functions").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Should()
            .Equal(Functions.Rows.Select(row => $"| `{row.Name}` | {Form(row.Form)} | {(row.IsSupported ? "yes" : "501")} |"));

    private static string Section(string title)
    {
        var page = Document.Read("docs/reference/url-conventions.md");
        var start = page.IndexOf("## " + title, StringComparison.Ordinal);
        return page[start..page.IndexOf("\n## ", start, StringComparison.Ordinal)];
    }

    private static string Form(FunctionForm form) => form switch
    {
        FunctionForm.Binary => "operator between two operands",
        FunctionForm.Unary => "operator before its operand",
        FunctionForm.Lambda => "on a collection",
        _ => "function",
    };
}
