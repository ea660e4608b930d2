using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using BackendApi.Model.Store;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

/// <summary>What is told of the history of a configuration, and what is done with it: it is added to, and never written anew.</summary>
internal sealed class ConfigurationHistory(Publisher publisher, DefinitionStore store) : IOrderedFacade
{
    public async ValueTask EnterAsync(OperationContext context) => await publisher.DraftAsync(context.Session, context.Cancellation);

    [Description("What has changed in the configuration from one version to another, or to what is stored now.")]
    public Task<IReadOnlyList<DocumentChange>> DiffAsync(
        BoundEntity configuration, OperationContext context, [Description("The number of any published version, also of one that changed other configurations.")] long from,
        [Description("What is stored now, when it is left out.")] long? to = null) => CompareAsync(context, (string)configuration.Key[0], from, to);

    [Description("Makes the configuration what it was at a version, as a new version.")]
    public Task<EntityKey> RollBackAsync(BoundEntity configuration, OperationContext context, [Description("The number of any published version.")] long version) =>
        ReturnAsync(context, (string)configuration.Key[0], version);

    internal async Task<IReadOnlyList<DocumentChange>> CompareAsync(OperationContext context, string alias, long from, long? to)
    {
        ConfigurationRights.RequireAll(context.Caller);
        using var before = Parse((await FindAsync(context, alias, from, "from")).Document);
        using var after = Parse((await FindAsync(context, alias, to, "to")).Document);
        return DocumentDiff.Of(before?.RootElement, after?.RootElement);
    }

    internal async Task<EntityKey> ReturnAsync(OperationContext context, string alias, long version)
    {
        ConfigurationRights.RequireAll(context.Caller);
        var draft = await publisher.DraftAsync(context.Session, context.Cancellation);
        var (number, document) = await FindAsync(context, alias, version, "version");
        if (document is null)
            throw new ServiceException(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"At version {version} there is no configuration '{alias}' to go back to."), "version");
        if (StoredDocument.Read(alias, document) is not DefinitionChange.Upsert change)
            throw new ServiceException(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"This release cannot read the configuration as it was at version {version}."), "version");
        if (!draft.Definitions.TryGetValue(alias, out var stored) || !StoredDocument.Same(stored, change.Definition))
            await draft.ApplyAsync(
                new(change), context.Caller, context.Cancellation, string.Create(CultureInfo.InvariantCulture, $"Back to version {number}"), VersionAction.RolledBack);
        return new(alias);
    }

    /// <summary>The document as a version left it, and the version that wrote it; null for the last one.</summary>
    private async Task<(long Number, string? Document)> FindAsync(OperationContext context, string alias, long? version, string parameter)
    {
        var latest = await store.ReadVersionAsync(context.Session, context.Cancellation);
        if (version < 0 || version > latest)
            throw new ServiceException(Errors.InvalidValue, string.Create(CultureInfo.InvariantCulture, $"There is no version {version}; the latest is {latest}."), parameter);
        return await store.ReadDocumentAsync(context.Session, alias, version ?? latest, context.Cancellation);
    }

    private static JsonDocument? Parse(string? document) => document is null ? null : JsonDocument.Parse(document);
}

/// <summary>The same for a version of a configuration, which need not be there any more.</summary>
internal sealed class VersionHistory(Publisher publisher, ConfigurationHistory history) : IOrderedFacade
{
    public async ValueTask EnterAsync(OperationContext context) => await publisher.DraftAsync(context.Session, context.Cancellation);

    [Description("What this version has changed in the configuration, or what has been changed from another version on.")]
    public Task<IReadOnlyList<DocumentChange>> DiffAsync(BoundEntity version, OperationContext context, [Description("The version before this one, when it is left out.")] long? since = null)
    {
        var (number, alias) = KeyOf(version);
        return history.CompareAsync(context, alias, since ?? number - 1, number);
    }

    [Description("Makes the configuration what it was at this version, as a new version; one that has been deleted is there again.")]
    public Task<EntityKey> RollBackAsync(BoundEntity version, OperationContext context)
    {
        var (number, alias) = KeyOf(version);
        return history.ReturnAsync(context, alias, number);
    }

    private static (long Number, string Alias) KeyOf(BoundEntity version) => ((long)version.Key[0], (string)version.Key[1]);
}
