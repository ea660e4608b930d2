using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Resources.RunningSettings;

/// <summary>The product's own table of settings that were changed while the service runs.</summary>
public static class SettingTables
{
    public static readonly TableSchema Changed = new(
        new(null, "backend_setting"),
        [Column.Text("name", 128), Column.Text("value", 4000)],
        PrimaryKey: ["name"], UniqueKeys: [], ForeignKeys: []);

    public static readonly ProductArea Area = new("settings", [[new TableChange.Create(Changed)]]);
}
