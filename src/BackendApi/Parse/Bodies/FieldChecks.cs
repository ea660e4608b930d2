using System.Globalization;
using System.Text.RegularExpressions;
using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>The rules of a field (docs/reference/definition.md, <c>validation</c>) over a value that has the field's type already.</summary>
internal static partial class FieldChecks
{
    private const int MostLocalPart = 64;
    private const int MostEmail = 254;
    /// <summary>Of a decimal, before its point.</summary>
    private const int MostPlaces = 28;

    private static readonly decimal[] PowersOfTen = Powers();

    /// <returns>False when a rule is broken; each broken one is a mistake.</returns>
    public static bool Hold(BodyField field, object value, BodyPlace path, Mistakes mistakes)
    {
        var before = mistakes.Count;
        switch (value)
        {
            case string text when field.Property.Kind == ValueKind.String:
                Text(field, text, path, mistakes);
                break;
            case decimal number:
                Digits(field.Validation, number, path, mistakes);
                Range(field.Validation, number, path, mistakes);
                break;
            case byte or short or int or long when field.HasRange:
                Range(field.Validation, Convert.ToDecimal(value, CultureInfo.InvariantCulture), path, mistakes);
                break;
            case double or float when field.HasRange:
                Range(field.Validation, Convert.ToDouble(value, CultureInfo.InvariantCulture), path, mistakes);
                break;
            case byte[] bytes when bytes.Length > field.MostBytes:
                mistakes.Add(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At most {field.MostBytes:N0} bytes are allowed, these are {bytes.Length:N0}."), path);
                break;
        }
        return mistakes.Count == before;
    }

    private static void Text(BodyField field, string text, BodyPlace path, Mistakes mistakes)
    {
        var rules = field.Validation;
        if (rules.MaxLength is { } most && text.Length > most && Characters(text) is var longer && longer > most)
            mistakes.Add(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At most {most:N0} characters are allowed, these are {longer:N0}."), path);
        if (rules.MinLength is { } least && Characters(text) is var shorter && shorter < least)
            mistakes.Add(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At least {least:N0} characters are required, these are {shorter:N0}."), path);
        if (field.Pattern is { } pattern && !pattern.IsMatch(text))
            mistakes.Add(Errors.InvalidValue, $"The text does not match the pattern {ValueTexts.Bounded(rules.Pattern!)}.", path);
        if (field.Allowed is { } allowed && !allowed.Contains(text))
            mistakes.Add(Errors.InvalidValue, BodyNames.Sentence($"One of {ValueTexts.Names(rules.Enum!)} is expected.", text, rules.Enum!), path);
        if (rules.Format is { } format && FormatMistake(format, text) is { } mistake)
            mistakes.Add(Errors.InvalidValue, mistake, path);
    }

    /// <summary>Unicode code points, which is what databases count.</summary>
    private static int Characters(string text)
    {
        var count = text.Length;
        foreach (var character in text)
            if (char.IsLowSurrogate(character))
                count--;
        return count;
    }

    private static string? FormatMistake(string format, string text) => format switch
    {
        "email" => text.Length <= MostEmail && text.IndexOf('@', StringComparison.Ordinal) <= MostLocalPart && EmailPattern().IsMatch(text)
            ? null : "An e-mail address such as name@example.com is expected.",
        "url" => IsUrl(text) ? null : "A URL such as https://example.com/page is expected, or a path that begins with a slash.",
        _ => Guid.TryParseExact(text, "D", out _) ? null : "A UUID such as 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is expected.",
    };

    private static bool IsUrl(string text)
    {
        foreach (var character in text)
            if (char.IsWhiteSpace(character) || char.IsControl(character))
                return false;
        return text.StartsWith('/') ? Uri.TryCreate(text, UriKind.Relative, out _) : UrlPattern().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);
    }

    private static void Range(ValidationDefinition rules, decimal value, BodyPlace path, Mistakes mistakes)
    {
        if (rules.Min is { } min && value < min)
            IsBelow(min, path, mistakes);
        if (rules.Max is { } max && value > max)
            IsAbove(max, path, mistakes);
    }

    /// <summary>NaN is on neither side of a bound, and within none.</summary>
    private static void Range(ValidationDefinition rules, double value, BodyPlace path, Mistakes mistakes)
    {
        if (rules.Min is { } min && !(value >= (double)min))
            IsBelow(min, path, mistakes);
        if (rules.Max is { } max && !(value <= (double)max))
            IsAbove(max, path, mistakes);
    }

    private static void IsBelow(decimal min, BodyPlace path, Mistakes mistakes) =>
        mistakes.Add(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At least {min} is required."), path);

    private static void IsAbove(decimal max, BodyPlace path, Mistakes mistakes) =>
        mistakes.Add(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At most {max} is allowed."), path);

    /// <summary>Databases would round what has more digits than the column.</summary>
    private static void Digits(ValidationDefinition rules, decimal number, BodyPlace path, Mistakes mistakes)
    {
        // The zeros at its end do not count.
        if (rules.Scale is { } scale && number.Scale > scale && (number / 1.0000000000000000000000000000m).Scale is var shortest && shortest > scale)
            mistakes.Add(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At most {scale} digits behind the point are allowed, these are {shortest}."), path);
        var places = rules.Precision - (rules.Scale ?? 0);
        if (places is >= 0 and <= MostPlaces && Math.Abs(number) >= PowersOfTen[places.Value])
            mistakes.Add(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At most {places} digits before the point are allowed."), path);
    }

    private static decimal[] Powers()
    {
        var powers = new decimal[MostPlaces + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }

    [GeneratedRegex(@"\A[^@\s\p{C}]+@[A-Za-z0-9\u00a1-\uffff]([A-Za-z0-9\u00a1-\uffff-]*[A-Za-z0-9\u00a1-\uffff])?(\.[A-Za-z0-9\u00a1-\uffff]([A-Za-z0-9\u00a1-\uffff-]*[A-Za-z0-9\u00a1-\uffff])?)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]", RegexOptions.CultureInvariant)]
    private static partial Regex UrlPattern();
}
