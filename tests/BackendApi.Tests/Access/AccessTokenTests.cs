using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class AccessTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccessTokenClaims Claims = new("admin", "stamp", new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), Now, Now.AddHours(8));
    private static readonly SigningKey Key = new("k1", Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private static readonly SigningKey Other = new("k2", Enumerable.Range(100, 32).Select(i => (byte)i).ToArray());
    private static readonly string Token = AccessToken.Write(Claims, Key);

    [Fact]
    public void What_was_written_is_read() => AccessToken.Read(Token, [Key], Now).Should().Be(Claims);

    [Fact]
    public void So_is_one_of_a_client_with_scopes()
    {
        var claims = Claims with { Subject = "shop", IsClient = true, ClientId = "shop", Scopes = Scopes.Parse("Orders:read", out _) };
        AccessToken.Read(AccessToken.Write(claims, Key), [Key], Now).Should().Be(claims);
    }

    [Fact]
    public void A_truncated_one_is_refused()
    {
        for (var length = 0; length < Token.Length; length++)
            AccessToken.Read(Token.AsSpan(0, length), [Key], Now).Should().BeNull();
    }

    [Fact]
    public void The_key_is_chosen_by_its_id() => AccessToken.Read(Token, [Other, Key], Now).Should().Be(Claims);

    [Fact]
    public void It_is_a_json_web_token_that_other_software_can_read()
    {
        var parts = Token.Split('.');

        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Should().Be("""{"alg":"HS256","typ":"JWT","kid":"k1"}""");
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        payload.RootElement.GetProperty("iss").GetString().Should().Be("BackendApi");
        payload.RootElement.GetProperty("sub").GetString().Should().Be("admin");
        payload.RootElement.GetProperty("exp").GetInt64().Should().Be(Now.AddHours(8).ToUnixTimeSeconds());
        Base64Url.DecodeFromChars(parts[2]).Should().Equal(HMACSHA256.HashData(Key.Secret, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")));
    }

    [Fact]
    public void It_ends_at_its_time()
    {
        AccessToken.Read(Token, [Key], Now.AddHours(8).AddSeconds(-1)).Should().NotBeNull();
        AccessToken.Read(Token, [Key], Now.AddHours(8)).Should().BeNull();
    }

    [Fact]
    public void A_node_whose_clock_is_a_little_behind_takes_it()
    {
        AccessToken.Read(Token, [Key], Now.AddSeconds(-60)).Should().NotBeNull();
        AccessToken.Read(Token, [Key], Now.AddSeconds(-61)).Should().BeNull();
    }

    [Fact]
    public void A_key_that_was_removed_or_replaced_verifies_nothing()
    {
        AccessToken.Read(Token, [Other], Now).Should().BeNull();
        AccessToken.Read(Token, [new(Key.Id, Other.Secret)], Now).Should().BeNull();
        AccessToken.Read(Token, [], Now).Should().BeNull();
    }

    [Fact]
    public void No_character_can_be_changed()
    {
        for (var i = 0; i < Token.Length - 1; i++)
        {
            var changed = Token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            AccessToken.Read(changed, [Key], Now).Should().BeNull("character {0} was changed", i);
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"k1"}""", Payload)]
    [InlineData("""{"alg":"HS512","kid":"k1"}""", Payload)]
    [InlineData("""{"alg":"hs256","kid":"k1"}""", Payload)]
    [InlineData("""{"alg":"HS256"}""", Payload)]
    [InlineData("""{"alg":"HS256","kid":"k1","crit":["x"]}""", Payload)]
    [InlineData("""["HS256"]""", Payload)]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", """{"iss":"Else","aud":"BackendApi","sub":"admin","stamp":"s","sid":"0f8fad5b-d9cb-469f-a165-70867728950e","iat":1768478400,"nbf":1768478400,"exp":1768507200}""")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", """{"iss":"BackendApi","aud":"Else","sub":"admin","stamp":"s","sid":"0f8fad5b-d9cb-469f-a165-70867728950e","iat":1768478400,"nbf":1768478400,"exp":1768507200}""")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", """{"iss":"BackendApi","aud":"BackendApi","sub":"admin","stamp":"s","sid":"0f8fad5b-d9cb-469f-a165-70867728950e","iat":1768478400,"nbf":1768478400}""")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", """{"iss":"BackendApi","aud":"BackendApi","sub":"admin","stamp":"s","sid":"0f8fad5b-d9cb-469f-a165-70867728950e","iat":1768478400,"nbf":1768478400,"exp":1e300}""")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", """{"iss":"BackendApi","aud":"BackendApi","sub":"admin","stamp":"s","iat":1768478400,"nbf":1768478400,"exp":1768507200}""")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", """{"iss":"BackendApi","aud":"BackendApi","sub":"admin","stamp":"s","sid":"0f8fad5b-d9cb-469f-a165-70867728950e","scope":"everything","iat":1768478400,"nbf":1768478400,"exp":1768507200}""")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", "no json")]
    public void A_right_signature_does_not_make_up_for_wrong_content(string header, string payload)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(Key.Secret, Encoding.ASCII.GetBytes(signed)));

        AccessToken.Read($"{signed}.{signature}", [Key], Now).Should().BeNull();
    }

    [Fact]
    public void The_case_above_would_be_taken_with_right_content()
    {
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","kid":"k1"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Payload))}";

        AccessToken.Read($"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Key.Secret, Encoding.ASCII.GetBytes(signed)))}", [Key], Now).Should().NotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("ä.ö.ü")]
    public void What_is_no_token_is_refused(string text) => AccessToken.Read(text, [Key], Now).Should().BeNull();

    private const string Payload = """{"iss":"BackendApi","aud":"BackendApi","sub":"admin","stamp":"s","sid":"0f8fad5b-d9cb-469f-a165-70867728950e","iat":1768478400,"nbf":1768478400,"exp":1768507200}""";
}
