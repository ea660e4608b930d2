using BackendApi.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

public class FieldPatternTests
{
    [Theory]
    [InlineData("^a$", "a", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData("^(a$|b)", "a\n", false)]
    [InlineData("^[a$]$", "$", true)]
    [InlineData(@"^\$$", "$", true)]
    [InlineData(@"^\\$", "\\\n", false)]
    [InlineData("^[]$]$", "$", true)]
    [InlineData("(?m)^a$", "a\nb", true)]
    [InlineData("a", "bab", true)]
    public void The_end_is_the_end_of_the_text(string pattern, string text, bool matches) => FieldPattern.Compile(pattern).IsMatch(text).Should().Be(matches);

    [Theory]
    [InlineData("^[A-Z0-9-]+$", true)]
    [InlineData(@"^\d{5}(-\d{4})?$", true)]
    [InlineData(@"^(?:a|(?<name>b))\.\/\u00e9[^\]\\\w-]*?$", true)]
    [InlineData(@"^[()[.*+?$]{2,}\p{Lu}", true)]
    [InlineData("", true)]
    [InlineData(@"\Aa\z", false)]
    [InlineData("(?i)a", false)]
    [InlineData("(?i:a)", false)]
    [InlineData("(?'name'a)", false)]
    [InlineData("(?#why)a", false)]
    [InlineData("[a-z-[aeiou]]", false)]
    [InlineData("[]a]", false)]
    [InlineData(@"\p{IsGreek}", false)]
    [InlineData(@"\a\e", false)]
    [InlineData(@"\07", false)]
    public void Others_read_it_as_we_do(string pattern, bool isShared) => FieldPattern.IsEcmaScript(pattern).Should().Be(isShared);
}
