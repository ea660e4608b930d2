using BackendApi.Access;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Access;

public class SecretsTests
{
    [Fact]
    public void An_api_key_is_recognisable_and_needs_no_escaping_in_a_url() => Secrets.ApiKey().Should().MatchRegex("^bapi_[0-9A-Za-z]{43}$");

    [Fact]
    public void A_password_needs_no_quoting_in_a_shell() => Secrets.Password().Should().MatchRegex("^[2-9A-HJ-NP-Za-km-z]{20}$");

    [Fact]
    public void No_two_are_alike() => Enumerable.Range(0, 1000).Select(_ => Secrets.ApiKey()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void A_digest_is_the_sha256_of_the_text_and_survives_being_stored()
    {
        var digest = Digest.Of("abc");

        digest.ToString().Should().Be("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Digest.Parse(digest.ToString()).Should().Be(digest);
        Digest.Of("abd").Should().NotBe(digest);
        Digest.Of("abc", [1, 2, 3]).Should().NotBe(digest, "it is salted");
    }
}
