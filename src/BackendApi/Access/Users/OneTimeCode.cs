using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace BackendApi.Access.Users;

/// <summary>
/// The codes that authenticator apps show: time-based one-time passwords (RFC 6238) of six digits, HMAC-SHA1 and steps of 30 seconds, the only
/// kind that all of those apps know.
/// </summary>
public static class OneTimeCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Digits = 6;
    private const int SecretBytes = 20;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    /// <summary>Clocks of phones differ, and typing takes its time: a code of the step before or after is taken too.</summary>
    private const int Window = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The step whose code this is, so that the same one is not taken again; null when the code is wrong now.</summary>
    public static long? StepOf(ReadOnlySpan<char> code, byte[] secret, DateTimeOffset now)
    {
        if (code.Length != Digits)
            return null;
        var current = now.ToUnixTimeSeconds() / (long)Step.TotalSeconds;
        Span<char> expected = stackalloc char[Digits];
        long? found = null;
        // All of them, so that the answer takes the same time whichever it is.
        for (var step = current - Window; step <= current + Window; step++)
        {
            Write(secret, step, expected);
            if (CryptographicOperations.FixedTimeEquals(System.Runtime.InteropServices.MemoryMarshal.AsBytes(code), System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected)))
                found = step;
        }
        return found;
    }

    /// <summary>The code at that instant.</summary>
    public static string At(byte[] secret, DateTimeOffset instant)
    {
        Span<char> code = stackalloc char[Digits];
        Write(secret, instant.ToUnixTimeSeconds() / (long)Step.TotalSeconds, code);
        return code.ToString();
    }

    /// <summary>What an authenticator app takes as text.</summary>
    public static string ToBase32(ReadOnlySpan<byte> secret)
    {
        var text = new char[(secret.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var (index, shift) = (i * 5 / 8, i * 5 % 8);
            var pair = (secret[index] << 8) | (index + 1 < secret.Length ? secret[index + 1] : 0);
            text[i] = Base32[(pair >> (11 - shift)) & 31];
        }
        return new(text);
    }

    /// <summary>What an authenticator app takes as a QR code.</summary>
    public static string ToUri(string issuer, string user, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(user)}?secret={ToBase32(secret)}&issuer={Uri.EscapeDataString(issuer)}";

    private static void Write(byte[] secret, long step, Span<char> code)
    {
        Span<byte> counter = stackalloc byte[8], hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 with the hash that authenticator apps have; its strength rests on the secret, not on collisions.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        (truncated % 1_000_000).TryFormat(code, out _, "D6", CultureInfo.InvariantCulture);
    }
}
