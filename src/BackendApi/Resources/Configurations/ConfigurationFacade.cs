using System.Text.Json;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

/// <summary>
/// The rules of the set <c>DataExchangeConfigurations</c>: a change is a publish. It is answered when this node serves it, and a mistake anywhere leaves everything as it was.
/// </summary>
internal sealed class ConfigurationFacade(Publisher publisher) : DocumentFacade
{
    public override async ValueTask EnterAsync(OperationContext context) => await publisher.DraftAsync(context.Session, context.Cancellation);

    /// <summary>Takes the configuration document, also one of Spryker's installer, or the entity as a GET shows it.</summary>
    public override async Task<IReadOnlyList<object>> CreateAsync(OperationContext context, JsonElement body)
    {
        var draft = await publisher.DraftAsync(context.Session, context.Cancellation);
        var (definitions, mistakes) = DefinitionReader.Read(ConfigurationDocument.FromBody(body, keepNulls: false));
        var definition = definitions[0];
        if (draft.Definitions.ContainsKey(definition.Alias))
            throw new ServiceException(Errors.Conflict, $"A configuration with the alias '{definition.Alias}' exists. Change it with PATCH.", "alias");
        await draft.ApplyAsync(new([new DefinitionChange.Upsert(definition)], mistakes), context.Caller, context.Cancellation);
        return [definition.Alias];
    }

    public override async Task UpdateAsync(OperationContext context, IReadOnlyList<object> key, JsonElement body)
    {
        var alias = (string)key[0];
        var patch = ConfigurationDocument.FromBody(body, keepNulls: true);
        if (patch.TryGetProperty("alias", out var named) && !(named.ValueKind == JsonValueKind.String && named.GetString() == alias))
            throw new ServiceException(Errors.InvalidBody, "The alias identifies the configuration and cannot be changed. Create another configuration and delete this one.", "alias");
        var draft = await publisher.DraftAsync(context.Session, context.Cancellation);
        var stored = Stored(draft, alias);
        var (definitions, mistakes) = DefinitionPatch.Apply(stored, patch);
        if (mistakes.Count > 0 || !StoredDocument.Same(definitions[0], stored))
            await draft.ApplyAsync(new([new DefinitionChange.Upsert(definitions[0])], mistakes), context.Caller, context.Cancellation);
    }

    public override async Task DeleteAsync(OperationContext context, IReadOnlyList<object> key)
    {
        var draft = await publisher.DraftAsync(context.Session, context.Cancellation);
        await draft.ApplyAsync(new(new DefinitionChange.Delete((string)key[0])), context.Caller, context.Cancellation);
    }

    internal static EndpointDefinition Stored(Draft draft, string alias) => draft.Definitions.TryGetValue(alias, out var stored)
        ? stored
        : throw new ServiceException(Errors.Conflict, $"This release cannot read the configuration '{alias}': a newer one has written it. Delete it, or publish it anew.");
}
