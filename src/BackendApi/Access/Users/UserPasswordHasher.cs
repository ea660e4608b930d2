using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BackendApi.Access.Users;

/// <summary>
/// Passwords at rest as ASP.NET Core Identity keeps them (PBKDF2-HMAC-SHA512). Hashes of release 0.3 are still verified, and ask to be made anew.
/// </summary>
public sealed class UserPasswordHasher : IPasswordHasher<UserEntry>
{
    /// <summary>What OWASP asks of PBKDF2-HMAC-SHA512. About 100 ms of one core.</summary>
    public const int Iterations = 210_000;

    /// <summary>
    /// A text of the same form and cost as any other hash, which no password has: its salt and its hash are zeros. Version 3 of Identity's format: 01, the function
    /// (2 is HMAC-SHA512), the iterations, the length of the salt, salt, hash.
    /// </summary>
    internal static readonly string OfNoPassword = Convert.ToBase64String([1, 0, 0, 0, 2, 0, Iterations >> 16 & 255, Iterations >> 8 & 255, Iterations & 255, 0, 0, 0, 16, .. new byte[16], .. new byte[32]]);

    private readonly PasswordHasher<UserEntry> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    public string HashPassword(UserEntry user, string password) => _hasher.HashPassword(user, password);

    /// <summary>Compares in constant time. A stored text that is no hash matches nothing.</summary>
    public PasswordVerificationResult VerifyHashedPassword(UserEntry user, string hashedPassword, string providedPassword)
    {
        if (FirstPasswordHash.IsOne(hashedPassword))
            return FirstPasswordHash.Verify(providedPassword, hashedPassword) ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Failed;
        try
        {
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
        catch (FormatException)
        {
            return PasswordVerificationResult.Failed;
        }
    }
}
