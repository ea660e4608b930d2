using System.ComponentModel;
using BackendApi.Model.Store;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

[Description("What keeps a stored configuration from being served, with the place in its document.")]
public sealed record DefinitionProblem(string Alias, string Path, string Message);

/// <summary>Whether configurations are served.</summary>
internal sealed class ConfigurationState(Publisher publisher) : IOrderedFacade
{
    public async ValueTask EnterAsync(OperationContext context) => await publisher.DraftAsync(context.Session, context.Cancellation);

    [Description("Serves the configuration.")]
    public Task<EntityKey> ActivateAsync(BoundEntity configuration, OperationContext context) => SetAsync(configuration, context, isActive: true);

    [Description("Takes the configuration off and keeps it.")]
    public Task<EntityKey> DeactivateAsync(BoundEntity configuration, OperationContext context) => SetAsync(configuration, context, isActive: false);

    [Description("Stored configurations that this node does not serve, and why.")]
    public IReadOnlyList<DefinitionProblem> DefinitionProblems(BoundCollection configurations, OperationContext context)
    {
        ConfigurationRights.RequireAll(context.Caller);
        return [.. publisher.Problems.Select(problem => new DefinitionProblem(problem.Document, problem.Path, problem.Message))];
    }

    private async Task<EntityKey> SetAsync(BoundEntity configuration, OperationContext context, bool isActive)
    {
        ConfigurationRights.RequireAll(context.Caller);
        var draft = await publisher.DraftAsync(context.Session, context.Cancellation);
        var stored = ConfigurationFacade.Stored(draft, (string)configuration.Key[0]);
        if (stored.IsActive != isActive)
            await draft.ApplyAsync(new(new DefinitionChange.Upsert(stored with { IsActive = isActive })), context.Caller, context.Cancellation);
        return new(configuration.Key);
    }
}
