using BackendApi.Sql;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Sql;

public sealed class ConditionTextTests
{
    [Theory]
    [InlineData("c IN ('a', 'b')", "a|b")]
    [InlineData("((c)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[]))", "a|it's")]
    [InlineData("(c = ANY (ARRAY['a'::text, 'b'::text]))", "a|b")]
    [InlineData("((c)::text = 'a'::text)", "a")]
    [InlineData("c = 'a' OR c == 'b' OR c IS NULL", "a|b")]
    [InlineData("\"C\" in (E'a\\\\b', N'c') or c = '(x)'", "a\\b|c|(x)")]
    [InlineData("(c = 'a'::\"my schema\".mood) OR (c = 'b'::my.mood)", "a|b")]
    public void Texts_that_a_condition_allows_are_members(string condition, string members) =>
        ConditionText.Members(ConditionText.Tokens(condition, bracketsQuote: false), "c").Should().Equal(members.Split('|'));

    [Fact]
    public void Brackets_quote_names_where_they_are_not_arrays() =>
        ConditionText.Members(ConditionText.Tokens("([my c]=N'b' OR [my c]='a')", bracketsQuote: true), "my c").Should().Equal("b", "a");

    [Theory]
    [InlineData("c IN ('a', 'b') AND c <> 'a'")]
    [InlineData("NOT c IN ('a')")]
    [InlineData("c NOT IN ('a')")]
    [InlineData("c <> 'a'")]
    [InlineData("c IN ('a', 1)")]
    [InlineData("c IN ('a', d)")]
    [InlineData("c IN ('a', )")]
    [InlineData("d IN ('a')")]
    [InlineData("c = 'a' OR d = 'b'")]
    [InlineData("lower(c) = 'a'")]
    [InlineData("c = 'a' || 'b'")]
    [InlineData("c = d")]
    [InlineData("c IS NULL")]
    [InlineData("c")]
    [InlineData("")]
    public void A_condition_that_says_something_else_has_none(string condition) =>
        ConditionText.Members(ConditionText.Tokens(condition, bracketsQuote: false), "c").Should().BeNull();

    [Fact]
    public void Checks_in_comments_and_texts_are_none()
    {
        const string sql = """
            CREATE TABLE t (a TEXT DEFAULT 'CHECK (1)', -- CHECK (2)
              b INT CHECK ((b) > (3)) /* CHECK (4) */, CHECK (((a = ')'))))
            """;

        ConditionText.Checks(ConditionText.Tokens(sql, bracketsQuote: true)).Select(check => string.Join(' ', check.Select(token => token.Value)))
            .Should().Equal("( b ) > ( 3 )", "a = )");
    }
}
