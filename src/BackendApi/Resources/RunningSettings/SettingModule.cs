using BackendApi.Model;

namespace BackendApi.Resources.RunningSettings;

/// <summary>The settings as an entity set: what is in force, where it comes from, and what can be changed while the service runs.</summary>
public sealed class SettingModule : ResourceModule
{
    public override void Declare(ModuleBuilder module) =>
        module.EntitySet<SettingFacade, SettingRow>("backend-settings", [nameof(SettingRow.Name)], definition => definition with
        {
            EntitySet = "Settings",
            Description = "The settings of the service.",
            Allow = new(Update: true),
            Fields =
            [
                new() { Column = nameof(SettingRow.Name), Description = "As in the command line: Section:Name." },
                new() { Column = nameof(SettingRow.Value), IsEditable = true, Description = "What is in force; null where there is nothing but the default in words, *** for a secret. Set to null, it is what the service was started with." },
                Told(nameof(SettingRow.Default)),
                Told(nameof(SettingRow.Source), "Where the value comes from."),
                Told(nameof(SettingRow.Unit)),
                Told(nameof(SettingRow.Least)),
                Told(nameof(SettingRow.Most)),
                Told(nameof(SettingRow.Choices), "What is taken, separated by commas."),
                Told(nameof(SettingRow.NeedsRestart), "It is read when the service starts, and cannot be changed here."),
                Told(nameof(SettingRow.Description)),
            ],
        });

    private static FieldDefinition Told(string column, string? description = null) => new() { Column = column, IsCreatable = false, IsEditable = false, Description = description };
}
