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
}
