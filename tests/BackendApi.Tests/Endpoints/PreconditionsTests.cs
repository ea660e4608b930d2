using BackendApi.Endpoints;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace BackendApi.Tests.Endpoints;

/// <summary>Conditional requests as Protocol 4.01, 8.2.4, 8.2.5 and 11.4.1.1 and RFC 9110, 13.1 describe them. The entity has the tag W/"a", or is not there.</summary>
public sealed class PreconditionsTests
{
    private const string Tag = "W/\"a\"";

    [Theory]
    [InlineData("nothing is asked", null, null, "Proceed", "Proceed")]
    [InlineData("its tag", "W/\"a\"", null, "Proceed", "Failed")]
    [InlineData("one of several", "\"x\", W/\"a\"", null, "Proceed", "Failed")]
    [InlineData("another tag", "W/\"b\"", null, "Failed", "Failed")]
    [InlineData("whatever there is", "*", null, "Proceed", "Failed")]
    [InlineData("only if it is new", null, "*", "Failed", "Proceed")]
    [InlineData("only if it is not this", null, "W/\"a\"", "Failed", "Proceed")]
    [InlineData("only if it is not that", null, "W/\"b\"", "Proceed", "Proceed")]
    [InlineData("both, contradicting", "*", "*", "Failed", "Failed")]
    [InlineData("both, in accord", "W/\"a\"", "W/\"b\"", "Proceed", "Failed")]
    public void A_write(string asked, string? ifMatch, string? ifNoneMatch, string exists, string isNew)
    {
        var conditions = Conditions(ifMatch, ifNoneMatch);

        conditions.OfWrite(exists: true, Tag, isRequired: false).ToString().Should().Be(exists, asked);
        conditions.OfWrite(exists: false, null, isRequired: false).ToString().Should().Be(isNew, asked);
    }

    [Theory]
    [InlineData("nothing is asked", null, null, "Required")]
    [InlineData("its tag", "W/\"a\"", null, "Proceed")]
    [InlineData("whatever there is", "*", null, "Proceed")]
    [InlineData("another tag", "W/\"b\"", null, "Failed")]
    [InlineData("only if it is not that", null, "W/\"b\"", "Required")]
    [InlineData("only if it is new", null, "*", "Failed")]
    public void A_write_where_the_definition_wants_If_Match(string asked, string? ifMatch, string? ifNoneMatch, string exists)
    {
        var conditions = Conditions(ifMatch, ifNoneMatch);

        conditions.OfWrite(exists: true, Tag, isRequired: true).ToString().Should().Be(exists, asked);
        conditions.OfWrite(exists: false, null, isRequired: true).Should().Be(conditions.OfWrite(exists: false, null, isRequired: false), asked);
    }

    [Theory]
    [InlineData("nothing is asked", null, null, "Proceed", "Proceed")]
    [InlineData("the client has it", null, "W/\"a\"", "NotModified", "Proceed")]
    [InlineData("the client has another", null, "W/\"b\"", "Proceed", "Proceed")]
    [InlineData("the client has any", null, "*", "NotModified", "NotModified")]
    [InlineData("the client wants this one", "W/\"a\"", null, "Proceed", "Failed")]
    [InlineData("the client wants another", "W/\"b\"", null, "Failed", "Failed")]
    [InlineData("the client wants any", "*", null, "Proceed", "Proceed")]
    [InlineData("the client wants another than it has", "W/\"b\"", "W/\"a\"", "Failed", "Failed")]
    public void A_read(string asked, string? ifMatch, string? ifNoneMatch, string tagged, string untagged)
    {
        var conditions = Conditions(ifMatch, ifNoneMatch);

        conditions.OfRead(Tag).ToString().Should().Be(tagged, asked);
        conditions.OfRead(etag: null).ToString().Should().Be(untagged, asked);
    }

    [Theory]
    [InlineData("as it was told", "W/\"a\"")]
    [InlineData("as if it were strong", "\"a\"")]
    [InlineData("in small letters", "w/\"a\"")]
    [InlineData("without quotes", "W/a")]
    [InlineData("bare", "a")]
    [InlineData("with blanks", "  W/\"a\"  ")]
    [InlineData("at the end of a list", "W/\"b\",\"c,\" , W/\"a\"")]
    [InlineData("in a list without quotes", "b,a,c")]
    [InlineData("after an empty member", ", ,W/\"a\"")]
    public void Spellings_of_the_tag(string spelling, string header) => EntityTagList.Read(header)!.Matches(Tag).Should().BeTrue(spelling);

    [Theory]
    [InlineData("\"A\"")]
    [InlineData("\"a")]
    [InlineData("a\"")]
    [InlineData("W/")]
    [InlineData("\"*\"")]
    [InlineData("\"b,a\"")]
    [InlineData("null")]
    [InlineData("W/W/\"a\"")]
    public void Spellings_of_no_such_tag(string header) => EntityTagList.Read(header)!.Matches(Tag).Should().BeFalse();

    [Fact]
    public void Several_headers_are_one_list() =>
        new Preconditions { IfMatch = EntityTagList.Read(new StringValues(["\"b\"", Tag])) }.OfWrite(exists: true, Tag, isRequired: true).Should().Be(PreconditionOutcome.Proceed);

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    public void An_empty_header_asks_nothing(string header) => EntityTagList.Read(header).Should().BeNull();

    [Fact]
    public void A_client_that_serializes_the_absence_of_a_tag_means_nothing_by_it_but_If_Match_stays_a_condition()
    {
        Conditions(null, "null").OfRead(Tag).Should().Be(PreconditionOutcome.Proceed);
        Conditions("null", null).OfWrite(exists: true, Tag, isRequired: false).Should().Be(PreconditionOutcome.Failed);
    }

    [Theory]
    [InlineData("*", null, false, "there is none")]
    [InlineData(null, "*", true, "there is one")]
    [InlineData("W/\"b\"", null, true, "has changed")]
    public void A_refusal_says_which_condition_was_not_met(string? ifMatch, string? ifNoneMatch, bool exists, string message)
    {
        var refusal = Conditions(ifMatch, ifNoneMatch).Refusal(exists, exists ? Tag : null, isRequired: false)!;

        refusal.Row.Status.Should().Be(412);
        refusal.Target.Should().Be(ifMatch is null ? "If-None-Match" : "If-Match");
        refusal.Message.Should().Contain(message);
    }

    [Fact]
    public void A_refusal_for_want_of_a_condition() => Preconditions.None.Refusal(exists: true, Tag, isRequired: true)!.Row.Status.Should().Be(428);

    private static Preconditions Conditions(string? ifMatch, string? ifNoneMatch)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (ifMatch is not null)
            headers.IfMatch = ifMatch;
        if (ifNoneMatch is not null)
            headers.IfNoneMatch = ifNoneMatch;
        return Preconditions.Read(headers);
    }
}
