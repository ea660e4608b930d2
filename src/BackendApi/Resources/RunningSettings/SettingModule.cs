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
                new() { Column = nameof(SettingRow.Default) },
                new() { Column = nameof(SettingRow.Source), Description = "Where the value comes from." },
                new() { Column = nameof(SettingRow.Unit) },
                new() { Column = nameof(SettingRow.Least) },
                new() { Column = nameof(SettingRow.Most) },
                new() { Column = nameof(SettingRow.Choices), Description = "What is taken, separated by commas." },
                new() { Column = nameof(SettingRow.NeedsRestart), Description = "It is read when the service starts, and cannot be changed here." },
                new() { Column = nameof(SettingRow.Description) },
            ],
        });
}
