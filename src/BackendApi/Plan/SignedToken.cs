using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BackendApi.Plan;

/// <summary>Text that only this service can have made for a subject: a truncated HMAC over both, and then the payload.</summary>
internal static class SignedToken
{
    private const int SignatureBytes = 16;

    /// <param name="key">The service's signing key; the same on every node.</param>
    /// <param name="subject">What the token is good for.</param>
    public static string Encode(byte[] key, string subject, Action<BinaryWriter> payload)
    {
        using var stream = new MemoryStream(64);
        stream.Write(stackalloc byte[SignatureBytes]);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            payload(writer);
        var bytes = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        Sign(key, subject, bytes[SignatureBytes..], bytes[..SignatureBytes]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>A reader of the payload; null when the token was not made for this subject.</summary>
    public static BinaryReader? Open(string text, byte[] key, string subject)
    {
        if (!Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= SignatureBytes)
            return null;
        Span<byte> expected = stackalloc byte[SignatureBytes];
        Sign(key, subject, bytes.AsSpan(SignatureBytes), expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(0, SignatureBytes))
            ? new BinaryReader(new MemoryStream(bytes, SignatureBytes, bytes.Length - SignatureBytes))
            : null;
    }

    private static void Sign(byte[] key, string subject, ReadOnlySpan<byte> payload, Span<byte> signature)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(payload);
        hash.AppendData(Encoding.UTF8.GetBytes(subject));
        Span<byte> full = stackalloc byte[32];
        hash.GetHashAndReset(full);
        full[..SignatureBytes].CopyTo(signature);
    }
}
