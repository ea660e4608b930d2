using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Keys;

/// <summary>
/// The key that secrets at rest are hashed or encrypted with: from the setting <c>Access:Pepper</c>, so that a copy of the database alone is
/// worth nothing, or else a random one that all nodes share in the database. Loaded before anything of it is used.
/// </summary>
public class Pepper(AccessSettings settings)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private Derived? _keys;

    /// <summary>Tells values under this pepper from those under another one. Says nothing of it.</summary>
    public string Id => Keys.Id;

    /// <summary>Where the settings give no pepper, reads the one in the database, or makes it.</summary>
    public async Task LoadAsync(Session session, AccessStore store, CancellationToken cancellation) =>
        _keys ??= new(settings.Pepper is { } text ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : await store.SharedSecretAsync(session, "pepper", cancellation));

    /// <summary>The keyed hash of a random secret. A password needs a slow one.</summary>
    public Digest Hash(ReadOnlySpan<char> secret) => OfPlain(Digest.Of(secret));

    /// <summary>The keyed hash of a secret whose plain SHA-256 is known.</summary>
    public virtual Digest OfPlain(Digest plain) => plain.Keyed(Keys.Hashing);

    /// <summary>A code that only a node with this pepper can make for <paramref name="content"/>.</summary>
    internal void Sign(ReadOnlySpan<byte> content, Span<byte> code) => HMACSHA256.HashData(Keys.Signing, content, code);

    /// <summary>What goes with the changes of one browser's session. Only a node with this pepper can make it.</summary>
    public string AntiForgeryToken(string session) => Base64Url.EncodeToString(HMACSHA256.HashData(Keys.AntiForgery, Encoding.UTF8.GetBytes(session)));

    /// <summary>Encrypts with AES-GCM; <paramref name="context"/> has to be the same to read it again, so a value cannot be moved to another row.</summary>
    public string Encrypt(ReadOnlySpan<byte> content, string context)
    {
        var sealedBytes = new byte[NonceBytes + TagBytes + content.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Keys.Encryption, TagBytes);
        aes.Encrypt(nonce, content, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(context));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <summary>Null when the text was encrypted under another pepper or context, or has been changed.</summary>
    public byte[]? Decrypt(string text, string context)
    {
        try
        {
            var sealedBytes = Convert.FromBase64String(text).AsSpan();
            if (sealedBytes.Length < NonceBytes + TagBytes)
                return null;
            var content = new byte[sealedBytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(Keys.Encryption, TagBytes);
            aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), content, Encoding.UTF8.GetBytes(context));
            return content;
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private Derived Keys => _keys ?? throw new InvalidOperationException("The pepper is not loaded.");

    /// <summary>One key for each purpose, so that what is made for one is of no use for another.</summary>
    private sealed class Derived(byte[] root)
    {
        public readonly byte[] Hashing = Of(root, "hash");
        public readonly byte[] Signing = Of(root, "refresh token");
        public readonly byte[] Encryption = Of(root, "encryption");
        public readonly byte[] AntiForgery = Of(root, "anti-forgery");
        public readonly string Id = Convert.ToHexStringLower(Of(root, "id").AsSpan(0, 8));

        private static byte[] Of(byte[] root, string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, root, 32, info: Encoding.UTF8.GetBytes(purpose));
    }
}
