using BackendApi.Support;

namespace BackendApi.Host.Commands;

/// <summary>
/// Settings on the command line. The framework would take any text for a setting and ignore what nobody reads: a misspelt
/// <c>--valid-too</c> must not make a key that never expires.
/// </summary>
internal static class SettingArguments
{
    /// <summary>Sections and names that the framework reads.</summary>
    private static readonly string[] OfTheFramework = ["Logging", "Kestrel", "AllowedHosts", "environment", "contentRoot", "applicationName"];

    /// <exception cref="SettingsException">An argument is no setting that the program has.</exception>
    public static void Check(IReadOnlyList<string> arguments)
    {
        var mistakes = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? argument : argument[..equals]).TrimStart('-', '/');
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                mistakes.Add($"'{name}' is not a command. Settings are given as --Section:Name=value.");
            else if (!IsKnown(name))
                mistakes.Add($"'--{name}' is neither an option nor a setting. docs/reference/settings.md lists the settings.");
            else if (equals < 0 && ++i >= arguments.Count)
                mistakes.Add($"'--{name}' has no value.");
        }
        if (mistakes.Count > 0)
            throw new SettingsException(mistakes);
    }

    private static bool IsKnown(string name) =>
        Settings.All.Any(setting => IsOrIsBelow(name, setting.Key)) || OfTheFramework.Any(section => IsOrIsBelow(name, section));

    private static bool IsOrIsBelow(string name, string key) =>
        name.StartsWith(key, StringComparison.OrdinalIgnoreCase) && (name.Length == key.Length || name[key.Length] == ':');
}
