using BackendApi.Access.Users;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class OneTimeCodeTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_111);

    /// <summary>Appendix B of RFC 6238, of which six digits are the last ones.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void Codes_are_those_of_the_specification(long seconds, string code) => OneTimeCode.At(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)).Should().Be(code);

    [Theory]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(-60, false)]
    [InlineData(60, false)]
    public void A_code_is_taken_half_a_minute_early_or_late(int seconds, bool isTaken) =>
        OneTimeCode.StepOf(OneTimeCode.At(Secret, Now.AddSeconds(seconds)), Secret, Now).HasValue.Should().Be(isTaken);

    [Fact]
    public void The_step_tells_which_code_it_was() => OneTimeCode.StepOf("050471", Secret, Now).Should().Be(1_111_111_111 / 30);

    [Theory]
    [InlineData("")]
    [InlineData("50471")]
    [InlineData("0504710")]
    [InlineData("050472")]
    [InlineData("٠٥٠٤٧١")]
    public void Anything_else_is_wrong(string code) => OneTimeCode.StepOf(code, Secret, Now).Should().BeNull();

    /// <summary>Section 10 of RFC 4648.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base_32(string secret, string text) => OneTimeCode.ToBase32(System.Text.Encoding.ASCII.GetBytes(secret)).Should().Be(text);

    [Fact]
    public void An_app_reads_the_address_as_a_picture() =>
        OneTimeCode.ToUri("Backend API", "ada@example.com", Secret).Should().Be("otpauth://totp/Backend%20API:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Backend%20API");
}
