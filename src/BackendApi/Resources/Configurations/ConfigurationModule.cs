using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Resources.Configurations;

/// <summary>What is published, as an entity set: read like any table, written as documents, with the history of every document and what can be done with them.</summary>
public sealed class ConfigurationModule : ResourceModule
{
    /// <summary>The entity set; roles name it.</summary>
    public const string Configurations = "DataExchangeConfigurations";

    internal const string ConfigurationsAlias = "backend-configurations";

    public override void Declare(ModuleBuilder module)
    {
        module.Table(StoreTables.Configurations);
        module.DocumentSet<ConfigurationFacade>(
            new()
            {
                Alias = ConfigurationsAlias, EntitySet = Configurations, Table = StoreTables.Configurations.Name.ToString(), Allow = new(Create: true, Update: true, Delete: true),
                Description = "The configurations that are published. A change is in effect when it is answered.",
                Fields = [.. ConfigurationMember.All.Select(member => member.ToField())],
                AlternateKeys = [],
            },
            ConfigurationMember.All.Where(member => member.Structure is not null).ToDictionary(member => member.Column, member => member.Structure!));
    }
}
