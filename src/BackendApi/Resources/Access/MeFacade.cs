using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Users;

namespace BackendApi.Resources.Access;

/// <summary>The caller as the singleton <c>Me</c> shows them.</summary>
/// <param name="Roles">A JSON list of names.</param>
/// <param name="Claims">A JSON list of objects.</param>
public sealed record Me(string Name, CallerKind Kind, string? UserName, bool HasAllRights, bool? HasSecondFactor, string Roles, string Claims);

/// <summary>Supplies the singleton <c>Me</c>: for each caller the one entity that they are.</summary>
public sealed class MeFacade(AccessDirectory directory) : RowFacade<Me>
{
    public override async ValueTask<IReadOnlyList<Me>> ReadAsync(OperationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var caller = context.Caller;
        var owner = caller.Kind switch
        {
            CallerKind.User => caller.Name,
            CallerKind.ApiKey => await FirstAsync(context, AccessTables.ApiKeys, "owner_name", "name", caller.Name),
            _ => null,
        };
        var user = owner is null ? null : (await directory.CurrentAsync(context.Cancellation)).Users.GetValueOrDefault(owner);
        var claims = caller.Claims.OrderBy(claim => claim.Key, StringComparer.Ordinal).Select(claim => new ClaimValue(claim.Key, claim.Value));
        return [new(caller.Name, caller.Kind, owner, caller.Permissions.IsUnrestricted, user?.HasSecondFactor, JsonSerializer.Serialize(caller.Roles), JsonSerializer.Serialize(claims))];
    }

    private static async Task<string?> FirstAsync(OperationContext context, Model.TableSchema table, string column, string key, string value)
    {
        string? found = null;
        await foreach (var row in context.Session.RowsAsync(context.Dialect, table, [column], [(key, value)], context.Cancellation))
            found = row.TextOrNull(0);
        return found;
    }
}
