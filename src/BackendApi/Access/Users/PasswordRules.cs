using System.Globalization;
using System.Text;
using BackendApi.Support;

namespace BackendApi.Access.Users;

/// <summary>What a new password has to be. The settings say how strict; length counts for more than kinds of characters.</summary>
public sealed class PasswordRules(AccessSettings settings)
{
    /// <summary>A longer one would only make the hash costlier.</summary>
    public const int MaxLength = 256;
    private const int DistinctCharacters = 4;

    /// <exception cref="ServiceException"><see cref="Errors.InvalidValue"/>: details name every rule that is broken, never the password.</exception>
    public void Check(string userName, string password)
    {
        var broken = Broken(userName, password).Select(message => new ServiceError(Errors.InvalidValue, message, "password")).ToList();
        if (broken.Count > 0)
            throw new ServiceException(new ServiceError(Errors.InvalidValue, string.Join(' ', broken.Select(each => each.Message)), "password", broken.Count > 1 ? broken : null));
    }

    private IEnumerable<string> Broken(string userName, string password)
    {
        if (password.EnumerateRunes().Count() < settings.PasswordMinLength)
            yield return string.Create(CultureInfo.InvariantCulture, $"A password has at least {settings.PasswordMinLength} characters.");
        if (password.Length > MaxLength)
            yield return string.Create(CultureInfo.InvariantCulture, $"A password has at most {MaxLength} characters.");
        if (password.Contains('\0', StringComparison.Ordinal) || password.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
            yield return "A password is text: it holds no null character and no half of one.";
        if (password.EnumerateRunes().Distinct().Count() < DistinctCharacters)
            yield return string.Create(CultureInfo.InvariantCulture, $"A password has at least {DistinctCharacters} different characters.");
        if (userName.Length >= 3 && password.Contains(userName, StringComparison.OrdinalIgnoreCase))
            yield return "A password does not hold the user's name.";
        if (settings.PasswordNeedsDigit && !password.Any(char.IsDigit))
            yield return "A password has a digit.";
        if (settings.PasswordNeedsLetterCases && !(password.Any(char.IsUpper) && password.Any(char.IsLower)))
            yield return "A password has a capital and a small letter.";
        if (settings.PasswordNeedsSymbol && password.All(char.IsLetterOrDigit))
            yield return "A password has a character that is neither a letter nor a digit.";
    }
}
