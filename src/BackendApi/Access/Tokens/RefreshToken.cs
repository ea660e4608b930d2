using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using BackendApi.Access.Keys;

namespace BackendApi.Access.Tokens;

/// <summary>
/// A refresh token names its grant and its number in it, and is signed with the pepper: nobody can make one, and the database keeps nothing that
/// could be used as one. Only the number that the grant stands at is good; a lower one was used before, and so was stolen.
/// </summary>
/// <param name="Grant">The sign-in.</param>
/// <param name="Number">How often it was refreshed before.</param>
public readonly record struct RefreshToken(Guid Grant, int Number)
{
    /// <summary>What a refresh token starts with, so that scanners of source code and logs recognise one.</summary>
    public const string Prefix = "bart_";
    private const int ContentBytes = 20;
    private const int SignatureBytes = 32;

    public string Write(Pepper pepper)
    {
        Span<byte> bytes = stackalloc byte[ContentBytes + SignatureBytes];
        Grant.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], Number);
        pepper.Sign(bytes[..ContentBytes], bytes[ContentBytes..]);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null when the text is no refresh token that a node with this pepper made.</summary>
    public static RefreshToken? Read(ReadOnlySpan<char> text, Pepper pepper)
    {
        Span<byte> bytes = stackalloc byte[ContentBytes + SignatureBytes], signature = stackalloc byte[SignatureBytes];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length != Prefix.Length + Base64Url.GetEncodedLength(bytes.Length)
            // Despite its name the decoder throws for other characters.
            || !Base64Url.IsValid(text[Prefix.Length..]) || !Base64Url.TryDecodeFromChars(text[Prefix.Length..], bytes, out var size) || size != bytes.Length)
            return null;
        pepper.Sign(bytes[..ContentBytes], signature);
        return CryptographicOperations.FixedTimeEquals(signature, bytes[ContentBytes..])
            ? new(new(bytes[..16]), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]))
            : null;
    }
}
