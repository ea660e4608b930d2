using System.Globalization;
using System.Security.Cryptography;

namespace BackendApi.Access.Users;

/// <summary>Passwords as release 0.3 stored them: PBKDF2-HMAC-SHA256, written as <c>pbkdf2-sha256$iterations$salt$hash</c>. None is made any more.</summary>
internal static class FirstPasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    /// <summary>More would let a changed row keep a core busy for long.</summary>
    private const int MostIterations = 10_000_000;

    public static bool IsOne(string stored) => stored.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Compares in constant time. A stored text that is not a hash of this form matches nothing.</summary>
    public static bool Verify(string password, string stored)
    {
        var parts = stored.Split('$');
        if (parts is not [Scheme, var iterationText, var saltText, var hashText]
            || !int.TryParse(iterationText, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is 0 or > MostIterations)
            return false;
        Span<byte> salt = stackalloc byte[64], hash = stackalloc byte[64];
        if (!Convert.TryFromBase64String(saltText, salt, out var saltSize) || !Convert.TryFromBase64String(hashText, hash, out var hashSize) || hashSize == 0)
            return false;
        return CryptographicOperations.FixedTimeEquals(hash[..hashSize], Rfc2898DeriveBytes.Pbkdf2(password, salt[..saltSize], iterations, HashAlgorithmName.SHA256, hashSize));
    }
}
