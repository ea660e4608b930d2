using BackendApi.Support;
using FluentAssertions;
using Microsoft.OData;
using Xunit;

namespace BackendApi.Tests.Parse.SecondOpinion;

/// <summary>URLs from a fixed seed, parsed here and by ODataLib, which must make the same of them.</summary>
public class SecondOpinionTests
{
    private const int Count = 10_000;
    private const string Refusal = "refuses: ";

    [Fact]
    public void Both_read_the_same()
    {
        var urls = new UrlsOfBoth(new Random(401));
        var differences = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            var url = urls.Next();
            var (ours, theirs) = (Result(Ours.Of, url), Result(Theirs.Of, url));
            if (ours != theirs)
                differences.Add($"{Uri.UnescapeDataString(url)}\n  ours   {ours}\n  theirs {theirs}");
        }
        differences.Should().BeEmpty("{0} of {1} differ", differences.Count, Count);
    }

    /// <summary>Where the parsers are of two minds: what ODataLib does, and the words of whoever refuses the URL.</summary>
    private static readonly (string Name, string Words)[] Gaps =
    [
        ("reads an empty $select as none", "Expected the name of a property at position"),
        ("reads an empty $orderby as none", "Expected an expression at position 0 of $orderby"),
        ("forgives a comma at the end of $expand, and blanks around the slashes of a path", "Expected the name of a navigation property"),
        ("forgives blanks around the dots of a qualified name, in $expand", "has no navigation property 'Demo'"),
        ("and in $filter", "has no property 'Demo'"),
        ("forgives a blank in front of a slash", "has no order at position"),
        ("needs no blanks around operators", "Expected an operator"),
        ("keeps a percent sign that encodes nothing", "Expected two hexadecimal digits"),
        ("keeps encoded bytes that are no text", "are not UTF-8"),
        ("passes over an empty segment", "Expected a segment between two slashes"),
        ("splits a key at its slashes", "Bad Request - Error in query syntax."),
        ("reads an hour of one digit", "cannot compare Edm.TimeOfDay with Edm.Int32"),
        ("reads a fraction of a minute", "Expected a time of day with 'Z'"),
        ("takes search words of letters only", "is not valid at position"),
        ("knows no empty list", "The right operand for the IN operation is not a collection value."),
        ("knows no empty text in a list", "(Parameter 'literalText')"),
        ("wants all items of a list in the type of the first operand", "to the expected type 'Edm.Int32'"),
        ("minds a blank behind $levels", "Levels option must be"),
    ];

    [Fact]
    public void Both_refuse_the_same()
    {
        var urls = new UrlsOfBoth(new Random(400));
        var differences = new List<string>();
        var met = new HashSet<string>();
        var refused = 0;
        for (var i = 0; i < Count; i++)
        {
            var url = urls.NextDamaged();
            var (ours, theirs) = (Result(Ours.Of, url), Result(Theirs.Of, url));
            var isRefused = ours.StartsWith(Refusal, StringComparison.Ordinal);
            refused += isRefused ? 1 : 0;
            if (ours == theirs || isRefused && theirs.StartsWith(Refusal, StringComparison.Ordinal))
                continue;
            var refusal = isRefused ? ours : theirs;
            if (Gaps.FirstOrDefault(gap => refusal.Contains(gap.Words, StringComparison.Ordinal)) is { Name: { } name })
                met.Add(name);
            else
                differences.Add($"{Uri.UnescapeDataString(url)}\n  ours   {ours}\n  theirs {theirs}");
        }
        differences.Should().BeEmpty("{0} of {1} differ", differences.Count, Count);
        refused.Should().BeInRange(Count / 3, Count * 19 / 20);
        met.Should().BeEquivalentTo(Gaps.Select(gap => gap.Name), "a gap that is met no more is to be removed");
    }

    [Theory]
    [InlineData("Id add 2 mul 3 sub 4 div 5 eq 6 or not (Id gt 1) and Id mod 2 ne 0")]
    [InlineData("-Id lt -5 and - (Id add 1) gt -(5)")]
    [InlineData("Id gt 1 eq IsActive ne (Id lt 5)")]
    [InlineData("Name in ('a','b') or Id in (1,2) and IsActive")]
    [InlineData("Orders/any(o:o/Items/all(i:i/Quantity gt 1 and i/Product eq o/Status) or Id eq o/Id)")]
    public void Both_read_this_filter_the_same(string filter)
    {
        var url = $"Customers?$filter={Uri.EscapeDataString(filter)}";
        Ours.Of(url).Should().Be(Theirs.Of(url));
    }

    private static string Result(Func<string, string> parse, string url)
    {
        try
        {
            return parse(url);
        }
        catch (ServiceException refused)
        {
            return $"{Refusal}{refused.Error.Message.Split('\n')[0]}";
        }
        // ODataLib also refuses by exceptions of other kinds, such as a null reference.
        catch (Exception refused) when (refused is not ArgumentException || !refused.Message.Contains("written form", StringComparison.Ordinal))
        {
            return $"{Refusal}{refused.Message}";
        }
    }
}
