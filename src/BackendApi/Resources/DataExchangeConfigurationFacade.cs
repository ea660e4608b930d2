using System.Text.Json;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Support;

namespace BackendApi.Resources;

/// <summary>
/// The rules behind <see cref="DataExchangeConfigurations"/>: a change is a publish. It is answered when this node serves it, and a mistake
/// anywhere leaves everything as it was.
/// </summary>
/// <param name="publisher">Asked for late: the publisher knows the compiled sets, and so this facade.</param>
public sealed class DataExchangeConfigurationFacade(Func<Publisher> publisher) : DocumentFacade
{
    /// <summary>Takes the configuration document, also one of Spryker's installer, or the entity as a GET shows it.</summary>
    public override async Task<IReadOnlyList<object>> CreateAsync(Caller caller, JsonElement body, CancellationToken cancellation)
    {
        var (definitions, mistakes) = DefinitionReader.Read(ConfigurationDocument.FromBody(body, keepNulls: false));
        var definition = definitions[0];
        await publisher().PublishAsync(caller, null, current => current.ContainsKey(definition.Alias)
            ? throw new ServiceException(Errors.Conflict, $"A configuration with the alias '{definition.Alias}' exists. Change it with PATCH.", "alias")
            : new([new DefinitionChange.Upsert(definition)], mistakes), cancellation, subject: definition.Alias);
        return [definition.Alias];
    }

    public override async Task UpdateAsync(Caller caller, IReadOnlyList<object> key, JsonElement body, CancellationToken cancellation)
    {
        var alias = (string)key[0];
        var patch = ConfigurationDocument.FromBody(body, keepNulls: true);
        if (patch.TryGetProperty("alias", out var named) && !(named.ValueKind == JsonValueKind.String && named.GetString() == alias))
            throw new ServiceException(Errors.InvalidBody, "The alias identifies the configuration and cannot be changed. Create another configuration and delete this one.", "alias");

        await publisher().PublishAsync(caller, null, current =>
        {
            var stored = Find(current, alias);
            var (definitions, mistakes) = DefinitionPatch.Apply(stored, patch);
            return mistakes.Count == 0 && StoredDocument.Same(definitions[0], stored)
                ? Proposal.Nothing
                : new([new DefinitionChange.Upsert(definitions[0])], mistakes);
        }, cancellation, subject: alias);
    }

    public override async Task DeleteAsync(Caller caller, IReadOnlyList<object> key, CancellationToken cancellation)
    {
        var alias = (string)key[0];
        await publisher().PublishAsync(caller, null, current => new(new DefinitionChange.Delete(Find(current, alias).Alias)), cancellation);
    }

    private static EndpointDefinition Find(IReadOnlyDictionary<string, EndpointDefinition> current, string alias) =>
        current.TryGetValue(alias, out var stored)
            ? stored
            : throw new ServiceException(Errors.EntityNotFound, $"There is no configuration with the alias '{alias}'.");
}
