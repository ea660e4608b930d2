using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace BackendApi.Support;

/// <summary>One row of the table of settings. docs/reference/settings.md lists the same rows; a test compares them.</summary>
/// <param name="Key">As in the command line: <c>Section:Name</c>.</param>
/// <param name="DefaultText">As the documentation shows it.</param>
public abstract record Setting(string Key, string DefaultText, string Meaning)
{
    /// <summary>Of a number: what is taken, both ends included.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>Of a choice: what is taken.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The default is a text that says where the value comes from then, and is no value.</summary>
    public abstract bool HasDefaultInWords { get; }

    /// <summary>Null where the text is taken; else a sentence that says what is.</summary>
    public abstract string? MistakeIn(string text);
}

/// <param name="Parse">The value of a text, or a sentence that says which texts are taken.</param>
public sealed record Setting<T>(string Key, T Default, Func<string, (T Value, string? Mistake)> Parse, string Meaning, string? ShownDefault = null)
    : Setting(Key, ShownDefault ?? Convert.ToString(Default, CultureInfo.InvariantCulture) ?? "", Meaning)
{
    public override bool HasDefaultInWords => ShownDefault is not null && ShownDefault is not ("true" or "false");

    public override string? MistakeIn(string text) => Parse(text.Trim()).Mistake;

    /// <summary>The configured value. What is not understood is added to <paramref name="mistakes"/>, and the default returned.</summary>
    public T Read(IConfiguration configuration, ICollection<string> mistakes)
    {
        if (configuration[Key] is not { } text || string.IsNullOrWhiteSpace(text))
            return Default;
        var (value, mistake) = Parse(text.Trim());
        if (mistake is null)
            return value;
        mistakes.Add($"{Key}={text}: {mistake}");
        return Default;
    }
}

/// <summary>How texts of the configuration are read.</summary>
internal static class SettingValue
{
    public static Setting<int> Number(string key, int standard, int least, int most, string meaning) =>
        new(key, standard, text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? (value, null)
            : (standard, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most} is expected.")), meaning) { Range = (least, most) };

    public static Setting<string?> Text(string key, string? standard, string meaning, string? shownDefault = null) =>
        new(key, standard, text => (text, null), meaning, shownDefault);

    public static Setting<bool?> Switch(string key, string meaning, string shownDefault) =>
        new(key, null, text => bool.TryParse(text, out var value) ? (value, null) : (null, "true or false is expected."), meaning, shownDefault);

    public static Setting<T> Choice<T>(string key, T standard, string meaning)
        where T : struct, Enum =>
        new(key, standard, text => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? (value, null)
            : (standard, $"one of {string.Join(", ", Enum.GetNames<T>())} is expected."), meaning) { Choices = Enum.GetNames<T>() };

    public static Setting<Uri?> HttpAddress(string key, string meaning, string shownDefault) =>
        new(key, null, text => Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0
            ? (uri, null)
            : (null, "an absolute http or https address without a query is expected."), meaning, shownDefault);

    public static Setting<IReadOnlyList<IPNetwork>> Networks(string key, string meaning, string shownDefault) =>
        new(key, [], text =>
        {
            var networks = new List<IPNetwork>();
            foreach (var part in text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                if (IPNetwork.TryParse(part, out var network))
                    networks.Add(network);
                else if (IPAddress.TryParse(part, out var address))
                    networks.Add(new(address, address.GetAddressBytes().Length * 8));
                else
                    return ([], $"'{part}' is neither an address nor a network such as 10.0.0.0/8.");
            return (networks, null);
        }, meaning, shownDefault);

    /// <param name="mistakeOf">Why a member cannot be meant; null when it can.</param>
    public static Setting<IReadOnlyList<string>> List(string key, IReadOnlyList<string> standard, Func<string, string?> mistakeOf, string meaning, string? shownDefault = null) =>
        new(key, standard, text =>
        {
            var members = text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return members.Select(mistakeOf).FirstOrDefault(mistake => mistake is not null) is { } mistake ? (standard, mistake) : (members, null);
        }, meaning, shownDefault ?? string.Join(';', standard));

    /// <summary>A name or an address, without a port; of a name also all that lies below it.</summary>
    public static string? HostMistake(string host) =>
        Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host.Trim('[', ']')) == UriHostNameType.Unknown
            ? $"'{host}' is not the name of a host, such as shop.example or *.shop.example, without scheme and port."
            : null;

    /// <summary>The name of a header or a method (RFC 9110 section 5.6.2).</summary>
    public static string? TokenMistake(string name) =>
        name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal)) && name != CorsSettings.Any
            ? null
            : $"'{name}' is not a name that HTTP knows.";

    public static Setting<IReadOnlyList<string>> Paths(string key, string meaning, string shownDefault) =>
        new(key, [], text => (text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), null), meaning, shownDefault);
}
