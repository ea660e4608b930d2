using BackendApi.Access.Users;
using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("pässwörter sind länger")]
    [InlineData("🐎🔋📎✂🐎🔋📎✂🐎🔋📎✂")]
    public void Length_is_enough(string password) => Broken(new(), password).Should().BeEmpty();

    [Theory]
    [InlineData("short", "A password has at least 12 characters.")]
    [InlineData("🐎🔋📎✂🐎🔋", "A password has at least 12 characters.")]
    [InlineData("aaaaaaaaaaaab", "A password has at least 4 different characters.")]
    [InlineData("i am ADA lovelace", "A password does not hold the user's name.")]
    [InlineData("correct horse\0battery", "A password is text: it holds no null character and no half of one.")]
    public void A_weak_one_is_told_why(string password, string message) => Broken(new(), password).Should().Equal(message);

    [Fact]
    public void A_password_is_not_a_book() => Broken(new(), new string('x', 250) + "abcdefgh").Should().Equal("A password has at most 256 characters.");

    [Fact]
    public void The_settings_can_ask_for_kinds_of_characters() =>
        Broken(new() { PasswordNeedsDigit = true, PasswordNeedsLetterCases = true, PasswordNeedsSymbol = true }, "correcthorsebattery").Should().Equal(
            "A password has a digit.", "A password has a capital and a small letter.", "A password has a character that is neither a letter nor a digit.");

    private static IEnumerable<string> Broken(AccessSettings settings, string password)
    {
        try
        {
            new PasswordRules(settings).Check("ada", password);
            return [];
        }
        catch (ServiceException refused)
        {
            refused.Error.Row.Should().Be(Errors.InvalidValue);
            return (refused.Error.Details ?? [refused.Error]).Select(error => error.Message);
        }
    }
}
