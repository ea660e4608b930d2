using BackendApi.Access;
using BackendApi.Access.Users;
using FluentAssertions;
using Microsoft.AspNetCore.Identity;
using Xunit;

namespace BackendApi.Tests.Access;

public class UserPasswordHasherTests
{
    private static readonly UserPasswordHasher Hasher = new();
    private static readonly string Stored = Hasher.HashPassword(UserEntry.Nobody, "correct horse");

    [Fact]
    public void The_password_matches_its_hash_and_no_other_does()
    {
        Verify("correct horse", Stored).Should().Be(PasswordVerificationResult.Success);
        Verify("Correct horse", Stored).Should().Be(PasswordVerificationResult.Failed);
        Verify("", Stored).Should().Be(PasswordVerificationResult.Failed);
    }

    /// <summary>Version 3 of Identity's format: 01, the function (2 is HMAC-SHA512), the iterations, the length of the salt.</summary>
    [Fact]
    public void The_stored_text_is_that_of_ASP_NET_Core_Identity()
    {
        Convert.ToHexString(Convert.FromBase64String(Stored)[..13]).Should().Be("01" + "00000002" + "00033450" + "00000010");
        Stored.Length.Should().BeLessThanOrEqualTo(256, "that is the width of the column");
    }

    /// <summary>To refuse an unknown user has to cost what it costs to refuse a known one.</summary>
    [Fact]
    public void The_hash_of_nobody_has_the_form_and_the_cost_of_any_other()
    {
        Convert.FromBase64String(UserEntry.Nobody.PasswordHash)[..13].Should().Equal(Convert.FromBase64String(Stored)[..13]);
        UserEntry.Nobody.PasswordHash.Length.Should().Be(Stored.Length);
        Verify("", UserEntry.Nobody.PasswordHash).Should().Be(PasswordVerificationResult.Failed);
    }

    [Fact]
    public void The_same_password_is_stored_differently_each_time() => Hasher.HashPassword(UserEntry.Nobody, "correct horse").Should().NotBe(Stored);

    /// <summary>The published value for PBKDF2-HMAC-SHA256 over "password" and "salt" with 4096 rounds.</summary>
    [Fact]
    public void Hashes_of_the_first_release_stay_good_and_ask_to_be_made_anew() =>
        Verify("password", $"pbkdf2-sha256$4096${Convert.ToBase64String("salt"u8)}${Convert.ToBase64String(
            Convert.FromHexString("c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"))}").Should().Be(PasswordVerificationResult.SuccessRehashNeeded);

    [Theory]
    [InlineData("")]
    [InlineData("correct horse")]
    [InlineData("AQAAAA==")]
    [InlineData("md5$1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$0$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$-1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$2000000000$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$1$AAAA$")]
    [InlineData("pbkdf2-sha256$1$*$*")]
    public void What_is_no_hash_matches_nothing(string stored) => Verify("correct horse", stored).Should().Be(PasswordVerificationResult.Failed);

    private static PasswordVerificationResult Verify(string password, string stored) => Hasher.VerifyHashedPassword(UserEntry.Nobody, stored, password);
}
