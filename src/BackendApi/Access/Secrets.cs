using System.Security.Cryptography;

namespace BackendApi.Access;

/// <summary>Makes the random texts that people and programs are given once.</summary>
public static class Secrets
{
    /// <summary>What an API key starts with, so that scanners of source code and logs recognise one.</summary>
    public const string ApiKeyPrefix = "bapi_";
    private const int ApiKeyDigits = 43;
    /// <summary>What the secret of an OAuth client starts with.</summary>
    public const string ClientSecretPrefix = "bacs_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /// <summary>Without the letters and digits that look alike; nothing that a shell or a URL reads as its own.</summary>
    private const string Legible = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";

    /// <summary>43 characters of base 62 hold 256 random bits.</summary>
    public static string ApiKey() => ApiKeyPrefix + RandomNumberGenerator.GetString(Base62, ApiKeyDigits);

    /// <summary>The secret of an OAuth client, as hard to guess as an API key.</summary>
    public static string ClientSecret() => ClientSecretPrefix + RandomNumberGenerator.GetString(Base62, ApiKeyDigits);

    /// <summary>A code of 10 letters and digits, 58 random bits, that stands in once for a second factor.</summary>
    public static string RecoveryCode() => RandomNumberGenerator.GetString(Legible, 10);

    /// <summary>16 random bytes that tell one state of a user or client from another.</summary>
    public static string Stamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The text has the form of an API key.</summary>
    public static bool IsLikeApiKey(ReadOnlySpan<char> text) =>
        text.Length == ApiKeyPrefix.Length + ApiKeyDigits && text.StartsWith(ApiKeyPrefix, StringComparison.Ordinal);

    /// <summary>20 characters, 116 random bits.</summary>
    public static string Password() => RandomNumberGenerator.GetString(Legible, 20);
}
