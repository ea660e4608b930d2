using BackendApi.Support;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Support;

/// <summary>The published values of SipHash-2-4-128: the key is 00 to 0f, the input of n bytes is 00 to n-1.</summary>
public sealed class SipHashTests
{
    [Theory]
    [InlineData(0, "a3817f04ba25a8e66df67214c7550293")]
    [InlineData(1, "da87c1d86b99af44347659119b22fc45")]
    [InlineData(2, "8177228da4a45dc7fca38bdef60affe4")]
    [InlineData(3, "9c70b60c5267a94e5f33b6b02985ed51")]
    [InlineData(63, "5150d1772f50834a503e069a973fbd7c")]
    public void Hashes_as_published(int length, string hash)
    {
        Span<byte> written = stackalloc byte[SipHash.Length];
        new SipHash([.. Enumerable.Range(0, 32).Select(i => (byte)i)]).Hash([.. Enumerable.Range(0, length).Select(i => (byte)i)], written);

        Convert.ToHexStringLower(written).Should().Be(hash);
    }
}
