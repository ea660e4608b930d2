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

    /// <summary>Where the parsers are of two minds: what ODataLib does, a URL, and the words of whoever refuses it.</summary>
    public static readonly TheoryData<string, string, string> Gaps = new()
    {
        { "reads an empty $select as none", "Customers?$select=", "Expected the name of a property at position" },
        { "reads an empty $orderby as none", "Customers?$orderby=", "Expected an expression at position 0 of $orderby" },
        { "forgives a comma at the end of $expand", "Customers?$expand=Orders,", "Expected the name of a navigation property" },
        { "forgives blanks around the dots of a type in $expand", "Customers?$expand=Demo .Vip/Guests", "has no navigation property 'Demo'" },
        { "and in $filter", "Customers?$filter=Rights has Demo. Rights'Write'", "has no property 'Demo'" },
        { "forgives a blank in front of a slash", "Customers?$orderby=Address /City", "has no order at position" },
        { "and of /any", "Customers?$filter=Orders /any()", "takes Edm.Boolean, not Collection(" },
        { "needs no blanks around operators", "Customers?$filter=(Id eq 1)and(Id eq 2)", "Expected an operator" },
        { "forgives a blank in a key segment", "Customers/ 169", "is not a value of the key property" },
        { "forgives blanks in a binary value", "Customers?$filter=Photo eq binary'%2B/8 A'", "Expected a value of Edm.Binary" },
        { "wants padding in a binary value", "Customers?$filter=Photo eq binary'AA'", "Unrecognized 'Edm.Binary' literal" },
        { "keeps a percent sign that encodes nothing", "Countries('a%')", "Expected two hexadecimal digits" },
        { "keeps encoded bytes that are no text", "Countries('a%FFb')", "are not UTF-8" },
        { "passes over an empty segment", "Customers//$ref", "Expected a segment between two slashes" },
        { "splits a key at its slashes", "Countries('a//b')", "Bad Request - Error in query syntax." },
        { "reads an hour of one digit", "Customers?$filter=Opens ge 8:30", "cannot compare Edm.TimeOfDay with Edm.Int32" },
        { "reads a fraction of a minute", "Customers?$filter=Created gt 2024-02-29T10:00.5Z", "Expected a time of day with 'Z'" },
        { "takes search words of letters only", "Customers?$search=x1", "is not valid at position" },
        { "knows no empty list", "Customers?$filter=Id in ()", "The right operand for the IN operation is not a collection value." },
        { "knows no empty text in a list", "Customers?$filter=Name in ('a','')", "(Parameter 'literalText')" },
        { "wants all items of a list in the type of the operand", "Customers?$filter=Id in (5,71.5)", "to the expected type 'Edm.Int32'" },
        { "minds a blank behind $levels", "Customers?$expand=Manager($levels=2 )", "Levels option must be" },
        { "wants a dollar sign in options of $select", "Customers?$select=Address(select=City)", "Term '(select=" },
        { "binds has less closely than not", "Customers?$filter=not Rights has Demo.Rights'Read'", "for operator kind 'Not'" },
    };

    [Theory, MemberData(nameof(Gaps))]
    public void ODataLib(string does, string url, string words)
    {
        var (ours, theirs) = (Result(Ours.Of, url), Result(Theirs.Of, url));
        IsRefused(ours).Should().NotBe(IsRefused(theirs), "it {0} no more?", does);
        (IsRefused(ours) ? ours : theirs).Should().Contain(words);
    }

    [Fact]
    public void Both_refuse_the_same()
    {
        var urls = new UrlsOfBoth(new Random(400));
        var differences = new List<string>();
        var refused = 0;
        for (var i = 0; i < Count; i++)
        {
            var url = urls.NextDamaged();
            var (ours, theirs) = (Result(Ours.Of, url), Result(Theirs.Of, url));
            refused += IsRefused(ours) ? 1 : 0;
            if (ours == theirs || IsRefused(ours) && IsRefused(theirs))
                continue;
            var refusal = IsRefused(ours) ? ours : theirs;
            if (!Gaps.Any(gap => refusal.Contains((string)gap[2], StringComparison.Ordinal)))
                differences.Add($"{Uri.UnescapeDataString(url)}\n  ours   {ours}\n  theirs {theirs}");
        }
        differences.Should().BeEmpty("{0} of {1} differ", differences.Count, Count);
        refused.Should().BeInRange(Count / 3, Count * 19 / 20);
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

    private static bool IsRefused(string result) => result.StartsWith(Refusal, StringComparison.Ordinal);

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
