using BackendApi.Access.Tokens;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class RefreshTokenTests
{
    private static readonly RefreshToken Token = new(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), 7);
    private static readonly string Text = Token.Write(TestPepper.Value);

    [Fact]
    public void What_was_written_is_read() => RefreshToken.Read(Text, TestPepper.Value).Should().Be(Token);

    [Fact]
    public void Another_pepper_reads_nothing() => RefreshToken.Read(Text, TestPepper.Of("another pepper of at least 32 characters")).Should().BeNull();

    [Fact]
    public void No_character_can_be_changed()
    {
        // The last one holds bits that no byte needs.
        for (var i = 0; i < Text.Length - 1; i++)
        {
            var changed = Text.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            RefreshToken.Read(changed, TestPepper.Value).Should().BeNull("character {0} was changed", i);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("bart_")]
    [InlineData("bart_AAAA")]
    [InlineData("bapi_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")]
    public void What_is_no_refresh_token_is_refused(string text) => RefreshToken.Read(text, TestPepper.Value).Should().BeNull();

    [Fact]
    public void A_truncated_one_is_refused()
    {
        for (var length = 0; length < Text.Length; length++)
            RefreshToken.Read(Text.AsSpan(0, length), TestPepper.Value).Should().BeNull();
    }

    [Fact]
    public void A_secret_that_was_encrypted_for_one_user_cannot_be_moved_to_another()
    {
        var stored = TestPepper.Value.Encrypt("secret"u8, "ada");

        TestPepper.Value.Decrypt(stored, "ada").Should().Equal("secret"u8.ToArray());
        TestPepper.Value.Decrypt(stored, "eve").Should().BeNull();
        TestPepper.Of("another pepper of at least 32 characters").Decrypt(stored, "ada").Should().BeNull();
        TestPepper.Value.Decrypt("no base 64", "ada").Should().BeNull();
        TestPepper.Value.Decrypt("AAAA", "ada").Should().BeNull();
    }
}
