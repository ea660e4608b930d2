using System.Globalization;
using System.Security.Cryptography;

namespace BackendApi.Access;

/// <summary>
/// Passwords at rest: PBKDF2-HMAC-SHA256, written as <c>pbkdf2-sha256$iterations$salt$hash</c> so that the cost can rise later
/// while older hashes stay good.
/// </summary>
public static class PasswordHash
{
    /// <summary>What OWASP asks of PBKDF2-HMAC-SHA256. About 150 ms of one core.</summary>
    public const int Iterations = 600_000;
    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>Stands in when a user does not exist, so that the answer takes as long as for one who does.</summary>
    internal static readonly string Nobody = Write(Iterations, new byte[SaltBytes], new byte[HashBytes]);

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Write(Iterations, salt, Derive(password, salt, Iterations, HashBytes));
    }

    /// <summary>Compares in constant time. A stored text that is not a hash of this form matches nothing.</summary>
    public static bool Verify(string password, string stored)
    {
        var parts = stored.Split('$');
        if (parts is not [Scheme, var iterationText, var saltText, var hashText]
            || !int.TryParse(iterationText, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations == 0)
            return false;
        Span<byte> salt = stackalloc byte[64], hash = stackalloc byte[64];
        if (!Convert.TryFromBase64String(saltText, salt, out var saltSize) || !Convert.TryFromBase64String(hashText, hash, out var hashSize) || hashSize == 0)
            return false;
        return CryptographicOperations.FixedTimeEquals(hash[..hashSize], Derive(password, salt[..saltSize], iterations, hashSize));
    }

    private static string Write(int iterations, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static byte[] Derive(string password, ReadOnlySpan<byte> salt, int iterations, int size) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, size);
}
