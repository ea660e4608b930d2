using BackendApi.Model;
using BackendApi.Model.Store;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Resources.Configurations;

/// <summary>What is published, as an entity set: read like any table, written as documents, with the history of every document and what can be done with them.</summary>
public sealed class ConfigurationModule : ResourceModule
{
    /// <summary>The entity set; roles name it.</summary>
    public const string Configurations = "DataExchangeConfigurations";

    internal const string ConfigurationsAlias = "backend-configurations";
    internal const string VersionsAlias = "backend-configuration-versions";

    public override void Declare(ModuleBuilder module)
    {
        module.Table(StoreTables.Configurations);
        module.Table(StoreTables.Versions);
        var configurations = DeclareConfigurations(module);
        var versions = DeclareVersions(module);

        configurations.Action<ConfigurationState>(nameof(ConfigurationState.ActivateAsync));
        configurations.Action<ConfigurationState>(nameof(ConfigurationState.DeactivateAsync));
        configurations.Function<ConfigurationState>(nameof(ConfigurationState.DefinitionProblems));
        configurations.Function<ConfigurationHistory>(nameof(ConfigurationHistory.DiffAsync));
        configurations.Action<ConfigurationHistory>(nameof(ConfigurationHistory.RollBackAsync));
        configurations.Action<DefinitionTrial>(nameof(DefinitionTrial.TestDefinitionAsync));
        configurations.Function<DatabaseTables>(nameof(DatabaseTables.PublishableTablesAsync));
        configurations.Function<DatabaseTables>(nameof(DatabaseTables.SuggestDefinitionAsync));
        configurations.Function<DatabaseTables>(nameof(DatabaseTables.PreviewTableAsync));
        configurations.Function<ConfigurationDependents>(nameof(ConfigurationDependents.DependentsAsync));
        configurations.Function<ConfigurationTransfer>(nameof(ConfigurationTransfer.ExportDefinitions));
        configurations.Action<ConfigurationTransfer>(nameof(ConfigurationTransfer.ImportDefinitionsAsync));
        versions.Function<VersionHistory>(nameof(VersionHistory.DiffAsync));
        versions.Action<VersionHistory>(nameof(VersionHistory.RollBackAsync)).ReturnsFrom(ConfigurationsAlias);
    }

    public override void AddServices(IServiceCollection services) => services.AddSingleton<RowPreview>();

    private static ModuleEntitySet DeclareConfigurations(ModuleBuilder module) =>
        module.DocumentSet<ConfigurationFacade>(
            new()
            {
                Alias = ConfigurationsAlias, EntitySet = Configurations, Table = StoreTables.Configurations.Name.ToString(), Allow = new(Create: true, Update: true, Delete: true),
                Description = "The configurations that are published. A change is in effect when it is answered.",
                Fields = [.. ConfigurationMember.All.Select(member => member.ToField())],
                AlternateKeys = [],
                Relations = [new() { Name = "Versions", Target = VersionsAlias, Multiplicity = "many", On = [new("alias", "alias")] }],
            },
            ConfigurationMember.All.Where(member => member.Structure is not null).ToDictionary(member => member.Column, member => member.Structure!));

    private static ModuleEntitySet DeclareVersions(ModuleBuilder module) =>
        module.EntitySet(new()
        {
            Alias = VersionsAlias, EntitySet = "DataExchangeConfigurationVersions", Table = StoreTables.Versions.Name.ToString(),
            Description = "What every publish has changed, a row for each configuration; also of configurations that are no more.",
            Fields =
            [
                Told("number", "Of the publish; all that was published together has the same."),
                Told("alias", "The configuration."),
                Told("action", "What was done.") with { Type = "enum", Members = [.. Enum.GetNames<VersionAction>().Select(name => new EnumMember(name))] },
                Told("published_at", "When it was published."),
                Told("published_by", "The name of the caller."),
                Told("comment", "What the service has to say about it."),
                Told("document", "The configuration document as JSON; null when it was deleted.") with { Type = "json" },
            ],
            Relations = [new() { Name = "Configuration", Target = ConfigurationsAlias, Multiplicity = "one", On = [new("alias", "alias")] }],
        });

    private static FieldDefinition Told(string column, string description) => new() { Column = column, IsCreatable = false, IsEditable = false, Description = description };
}
