using System.Globalization;
using System.Text.RegularExpressions;
using BackendApi.Endpoints.Tokens;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Docs;

/// <summary>docs/reference/access.md lists what the OAuth endpoints refuse with.</summary>
public partial class OAuthErrorReferenceTests
{
    [Fact]
    public void The_page_lists_every_refusal_in_the_order_of_the_table()
    {
        var page = Document.Read("docs/reference/access.md");

        Row().Matches(page).Select(match => new OAuthCode(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value)).Should().Equal(OAuthCode.All);
    }

    [GeneratedRegex(@"^\| (4\d\d) `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
