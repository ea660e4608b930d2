using System.Buffers.Text;
using System.Text;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

/// <summary>Readers of what anybody can send: whatever it is, they say no, and never throw.</summary>
public class CredentialFuzzTests
{
    private const int Seed = 20261121;
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly SigningKey Key = new("k1", new byte[32]);
    private static readonly string Token = AccessToken.Write(new("admin", "stamp", Guid.Empty, Now, Now.AddHours(1)), Key);
    private static readonly string[] Json =
    [
        "{}", "[]", "null", "7", "\"\"", """{"alg":"HS256","kid":"k1"}""", """{"alg":7,"kid":{}}""", """{"alg":"HS256","alg":"none","kid":"k1"}""", """{"alg":"\ud800","kid":"k1"}""",
        """{"iss":"BackendApi","aud":["BackendApi"],"sub":"admin","exp":99999999999999999999}""", """{"exp":-1e400}""", new string('[', 200), "{\"a\":" + new string('[', 100),
    ];

    [Fact]
    public void An_access_token_that_was_damaged_is_refused()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Damaged(random, Token);
            if (text != Token)
                AccessToken.Read(text, [Key], Now).Should().BeNull(text);
        }
    }

    [Fact]
    public void An_access_token_of_any_json_is_refused()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 5_000; i++)
            AccessToken.Read($"{Part(random)}.{Part(random)}.{Part(random)}", [Key], Now).Should().BeNull();
    }

    [Fact]
    public void A_refresh_token_that_was_damaged_is_refused()
    {
        var random = new Random(Seed);
        var token = new RefreshToken(Guid.Empty, 1);
        var whole = token.Write(TestPepper.Value);
        for (var i = 0; i < 20_000; i++)
            // The last character holds bits that no byte needs: then it is the same token.
            if (RefreshToken.Read(Damaged(random, whole), TestPepper.Value) is { } read)
                read.Should().Be(token);
    }

    [Fact]
    public void Any_text_is_a_scope_or_told_why_not()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var scopes = Scopes.Parse(Damaged(random, "Orders:read *:update Customers:*"), out var mistake);
            (scopes is null).Should().Be(mistake is not null);
            if (scopes is not null)
                Scopes.Parse(scopes.ToString(), out _).Should().Be(scopes);
        }
    }

    private static string Part(Random random) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Json[random.Next(Json.Length)]));

    private static string Damaged(Random random, string text)
    {
        var characters = new StringBuilder(text);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var place = random.Next(characters.Length);
            switch (random.Next(4))
            {
                case 0: characters[place] = (char)random.Next(33, 127); break;
                case 1: characters.Remove(place, Math.Min(random.Next(1, 20), characters.Length - place)); break;
                case 2: characters.Insert(place, (char)random.Next(1, 0x3000)); break;
                default: characters.Insert(place, text.AsSpan(0, random.Next(text.Length))); break;
            }
            if (characters.Length == 0)
                characters.Append('.');
        }
        return characters.ToString();
    }
}
