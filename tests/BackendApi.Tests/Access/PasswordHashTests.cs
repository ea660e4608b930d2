using BackendApi.Access;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class PasswordHashTests
{
    private static readonly string Stored = PasswordHash.Create("correct horse");

    [Fact]
    public void The_password_matches_its_hash_and_no_other_does()
    {
        PasswordHash.Verify("correct horse", Stored).Should().BeTrue();
        PasswordHash.Verify("Correct horse", Stored).Should().BeFalse();
        PasswordHash.Verify("", Stored).Should().BeFalse();
    }

    [Fact]
    public void The_stored_text_names_its_parameters_and_not_the_password()
    {
        Stored.Should().StartWith("pbkdf2-sha256$600000$").And.NotContain("horse");
        Stored.Length.Should().BeLessThanOrEqualTo(256, "that is the width of the column");
    }

    [Fact]
    public void The_same_password_is_stored_differently_each_time() => PasswordHash.Create("correct horse").Should().NotBe(Stored);

    /// <summary>The published value for PBKDF2-HMAC-SHA256 over "password" and "salt" with 4096 rounds.</summary>
    [Fact]
    public void Hashes_of_another_cost_stay_good() =>
        PasswordHash.Verify("password", $"pbkdf2-sha256$4096${Convert.ToBase64String("salt"u8)}${Convert.ToBase64String(
            Convert.FromHexString("c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"))}").Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("correct horse")]
    [InlineData("md5$1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$0$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$-1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$1$AAAA$")]
    [InlineData("pbkdf2-sha256$1$*$*")]
    public void What_is_no_hash_matches_nothing(string stored) => PasswordHash.Verify("correct horse", stored).Should().BeFalse();
}
