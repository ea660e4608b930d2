using System.ComponentModel;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

public enum DependentKind { Configuration, Navigation, Permission, ApiKey, OAuthClient }

[Description(
    "What refers to the set of a configuration: another configuration, a navigation property of one, a permission of a role, an API key or an OAuth client. What PreventsDeactivation or PreventsDelete has to be changed before; all else loses what it refers to.")]
public sealed record Dependent(DependentKind Kind, string Name, string Path, string Message, bool PreventsDeactivation, bool PreventsDelete);

/// <summary>What would break without a configuration. It is tried, so that nothing which can refer to a set is forgotten.</summary>
internal sealed class ConfigurationDependents(Publisher publisher, Models models, ODataSettings settings)
{
    [Description("What refers to the set of the configuration, and so would break if it were deactivated or deleted.")]
    public async Task<IReadOnlyList<Dependent>> DependentsAsync(BoundEntity configuration, OperationContext context)
    {
        ConfigurationRights.RequireAll(context.Caller);
        var alias = (string)configuration.Key[0];
        if (!publisher.Definitions.TryGetValue(alias, out var stored))
            return [];
        var set = models.Current.ByAlias.GetValueOrDefault(alias);
        var name = set?.Name ?? stored.EntitySet ?? Identifiers.PascalCase(alias, "Set");
        var (deactivated, onDeactivation) = await publisher.TryAsync(new DefinitionChange.Upsert(stored with { IsActive = false }), context.Cancellation);
        var (deleted, onDelete) = await publisher.TryAsync(new DefinitionChange.Delete(alias), context.Cancellation);
        return
        [
            .. Configurations(onDeactivation, onDelete),
            .. set is null ? [] : Navigations(set, deleted ?? deactivated),
            .. await PermissionsAsync(name, deleted ?? deactivated, context),
            .. await ScopesAsync(name, DependentKind.ApiKey, AccessTables.ApiKeys, "name", context),
            .. await ScopesAsync(name, DependentKind.OAuthClient, AccessTables.Clients, "id", context),
        ];
    }

    private static IEnumerable<Dependent> Configurations(IReadOnlyList<DefinitionMistake> onDeactivation, IReadOnlyList<DefinitionMistake> onDelete) =>
        onDelete.Concat(onDeactivation).DistinctBy(mistake => (mistake.Document, mistake.Path)).Select(mistake => new Dependent(
            DependentKind.Configuration, mistake.Document, mistake.Path, mistake.Message, Holds(onDeactivation, mistake), Holds(onDelete, mistake)));

    private static bool Holds(IReadOnlyList<DefinitionMistake> mistakes, DefinitionMistake wanted) =>
        mistakes.Any(mistake => mistake.Document == wanted.Document && mistake.Path == wanted.Path);

    /// <param name="without">The model without the set; null where others prevent it.</param>
    private IEnumerable<Dependent> Navigations(EntitySetModel set, ModelSnapshot? without) =>
        from other in models.Current.EntitySets.Values
        where other != set
        from each in other.NavigationPaths
        where each.Navigation.Target == set
        where without is null || without.EntitySets.GetValueOrDefault(other.Name)?.NavigationPaths.Any(known => known.Path == each.Path) != true
        orderby other.Name
        select new Dependent(DependentKind.Navigation, other.Name, each.Path, $"{other.Name} would have no {each.Path} any more.", false, false);

    private async Task<List<Dependent>> PermissionsAsync(string set, ModelSnapshot? without, OperationContext context)
    {
        var found = new List<Dependent>();
        await foreach (var row in context.Session.RowsAsync(context.Dialect, AccessTables.Permissions, ["role_name", "entity_set", "row_filter"], [], context.Cancellation))
        {
            var (role, entitySet, filter) = (row.GetString(0), row.GetString(1), row.TextOrNull(2));
            if (entitySet == set)
                found.Add(new(DependentKind.Permission, role, entitySet, $"The role grants rights on {set}, which would mean nothing.", false, false));
            else if (filter is not null && without is not null && RowFilters.Mistake(filter, entitySet, models.Current, settings) is null
                && RowFilters.Mistake(filter, entitySet, without, settings) is { } mistake)
                found.Add(new(DependentKind.Permission, role, entitySet, $"The row filter of the role would show nothing: {mistake}", false, false));
        }
        return found;
    }

    private static async Task<List<Dependent>> ScopesAsync(string set, DependentKind kind, TableSchema table, string name, OperationContext context)
    {
        var found = new List<Dependent>();
        await foreach (var row in context.Session.RowsAsync(context.Dialect, table, [name, "scopes"], [], context.Cancellation))
            if (Scopes.FromJson(row.GetString(1)).Sets.Contains(set))
                found.Add(new(kind, row.GetString(0), "scopes", $"It is made for {set}.", false, false));
        return found;
    }
}
