using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BackendApi.Access;

/// <summary>A SHA-256 value that serves as a dictionary key without an allocation.</summary>
public readonly struct Digest : IEquatable<Digest>
{
    private readonly long _a, _b, _c, _d;

    private Digest(ReadOnlySpan<byte> hash)
    {
        var parts = MemoryMarshal.Cast<byte, long>(hash);
        (_a, _b, _c, _d) = (parts[0], parts[1], parts[2], parts[3]);
    }

    /// <summary>The SHA-256 of the text's UTF-8 form. Only for secrets that are random and long: a password needs <see cref="PasswordHash"/>.</summary>
    public static Digest Of(ReadOnlySpan<char> text) => Of(text, default);

    /// <summary>The HMAC-SHA256 under <paramref name="salt"/>, or the plain SHA-256 when the salt is empty.</summary>
    public static Digest Of(ReadOnlySpan<char> text, ReadOnlySpan<byte> salt)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = size <= 1024 ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(text, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (salt.IsEmpty)
            SHA256.HashData(bytes, hash);
        else
            HMACSHA256.HashData(salt, bytes, hash);
        return new(hash);
    }

    /// <summary>The HMAC-SHA256 of this digest.</summary>
    public Digest Keyed(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<long> parts = [_a, _b, _c, _d];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, MemoryMarshal.AsBytes(parts), hash);
        return new(hash);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static Digest Parse(string text)
    {
        var bytes = Convert.FromHexString(text);
        return bytes.Length == SHA256.HashSizeInBytes ? new(bytes) : throw new FormatException("A digest has 64 hexadecimal digits.");
    }

    public override string ToString()
    {
        ReadOnlySpan<long> parts = [_a, _b, _c, _d];
        return Convert.ToHexStringLower(MemoryMarshal.AsBytes(parts));
    }

    public bool Equals(Digest other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);
    public override int GetHashCode() => _a.GetHashCode();
    public static bool operator ==(Digest left, Digest right) => left.Equals(right);
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);
}
