using BackendApi.Resources.Access;
using BackendApi.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace BackendApi.Resources.RunningSettings;

/// <summary>Where the value of a setting comes from; what stands later wins.</summary>
public enum SettingSource { Default, Host, File, Environment, CommandLine, Changed }

/// <summary>A setting as the entity set shows it.</summary>
public sealed record SettingRow(
    string Name, string? Value, string Default, SettingSource Source, string? Unit, int? Least, int? Most, string? Choices, bool NeedsRestart, string Description);

/// <summary>The rules of the set <c>Settings</c>: a change is stored, and in force on every node within two seconds.</summary>
public sealed class SettingFacade(SettingStore store) : RowFacade<SettingRow>
{
    private const string Masked = "***";

    /// <summary>Connection strings hold passwords.</summary>
    private static readonly IReadOnlyList<Setting> Secrets = [Settings.DatabaseConnectionString, Settings.AdminPassword, Settings.Pepper];

    public override async ValueTask<IReadOnlyList<SettingRow>> ReadAsync(OperationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var changed = await store.ReadAsync(context.Session, context.Cancellation);
        return [.. Settings.All.Select(setting => Row(setting, ChangeableSettings.Has(setting) ? changed.GetValueOrDefault(setting.Key) : null))];
    }

    public override async ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            var setting = Settings.All.First(known => known.Key == (string)row.Key![0]);
            var value = row.Has("Value") ? (string?)row["Value"] : null;
            if (!ChangeableSettings.Has(setting))
                row.Refuse($"{setting.Key} is read when the service starts. Change it in appsettings.json, the environment or the command line, and start the service again.", "Value", Errors.ImmutableProperty);
            else if (value is not null && setting.MistakeIn(value) is { } mistake)
                row.Refuse($"{setting.Key}: {mistake}", "Value");
            else if (row.Has("Value"))
                await store.WriteAsync(step.Session, setting, value?.Trim(), cancellation);
            row.Stored();
        }
    }

    private SettingRow Row(Setting setting, string? changed)
    {
        var configured = store.Configuration[setting.Key] is { } one && !string.IsNullOrWhiteSpace(one) ? one
            : store.Configuration.GetSection(setting.Key).GetChildren().Select(member => member.Value ?? $"{member.Key}: …").ToList() is { Count: > 0 } members ? string.Join(';', members) : null;
        var value = changed ?? configured ?? InWords(setting);
        return new(setting.Key, value is not null && Secrets.Contains(setting) ? Masked : value, setting.DefaultText, changed is not null ? SettingSource.Changed
            // The file that is shipped says the defaults.
            : configured is not null && configured != setting.DefaultText ? SourceOf(setting.Key) : SettingSource.Default,
            UnitOf(setting.Key), setting.Range?.Least, setting.Range?.Most, setting.Choices is { } choices ? string.Join(',', choices) : null, !ChangeableSettings.Has(setting), setting.Meaning);
    }

    /// <summary>What the default comes to where it is not a value itself.</summary>
    private string? InWords(Setting setting) => ReferenceEquals(setting, Settings.Demo) ? Text(store.Running.DemoEnabled)
        : ReferenceEquals(setting, Settings.Basic) ? Text(store.Running.Access.Basic)
        : setting.HasDefaultInWords ? null : setting.DefaultText;

    private static string Text(bool value) => value ? "true" : "false";

    private SettingSource SourceOf(string key) => (store.Configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any()) switch
    {
        CommandLineConfigurationProvider => SettingSource.CommandLine,
        EnvironmentVariablesConfigurationProvider => SettingSource.Environment,
        JsonConfigurationProvider => SettingSource.File,
        _ => SettingSource.Host,
    };

    private static string? UnitOf(string key) => key switch
    {
        _ when key.EndsWith("Bytes", StringComparison.Ordinal) => "bytes",
        _ when key.EndsWith("Minutes", StringComparison.Ordinal) => "minutes",
        _ when key.EndsWith("Days", StringComparison.Ordinal) => "days",
        _ => null,
    };
}
