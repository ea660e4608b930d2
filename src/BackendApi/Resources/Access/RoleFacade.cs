using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Support;

namespace BackendApi.Resources.Access;

/// <summary>The rules of the set <c>Roles</c>.</summary>
public sealed class RoleFacade(RoleStore roles, TimeProvider clock) : Facade
{
    public override async ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            var name = (string)row["Name"]!;
            if (Names.Mistake(name) is { } mistake)
            {
                row.Refuse(mistake, "Name");
                continue;
            }
            await roles.CreateAsync(step.Session, name, (string?)row["Description"], row["HasAllRights"] is true, cancellation);
            row.Stored();
        }
    }

    public override async ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
            if (row.Has("Description") || row.Has("HasAllRights"))
                row["ChangedAt"] = clock.GetUtcNow();
        await step.Session.ChangeAsync(step.Dialect, async () =>
        {
            await step.StoreAsync();
            await Administration.CheckAsync(step.Session, step.Dialect, cancellation);
        }, cancellation);
    }

    public override async ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            await roles.DeleteAsync(step.Session, (string)row.Key![0], cancellation);
            row.Stored();
        }
    }
}

/// <summary>The rules of the set <c>Permissions</c>.</summary>
public sealed class PermissionFacade(Model.Models models, ODataSettings settings) : Facade
{
    public override ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
    {
        foreach (var row in step.Rows)
            foreach (var mask in new[] { "Readable", "Writable" })
                if (!row.Has(mask))
                    row[mask] = ColumnMask.All.ToJson();
        return ChangeAsync(step, cancellation);
    }

    public override ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation) => ChangeAsync(step, cancellation);

    public override ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation) => ChangeAsync(step, cancellation);

    private async ValueTask ChangeAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            if (row.Key is { } key)
                Check(row, (string)key[1]);
            else if (row["EntitySet"] is string { Length: > 0 } set)
                Check(row, set);
            else
                row.Refuse("The name of an entity set is expected, or * for all of them.", "EntitySet");
            foreach (var mask in new[] { "Readable", "Writable" })
                if (row.Has(mask) && ApiKeyFacade.Texts(row[mask]).Contains(""))
                    row.Refuse("Names of properties are expected, or * for all of them.", mask);
        }
        await step.Session.ChangeAsync(step.Dialect, async () => await step.StoreAsync(), cancellation);
    }

    /// <summary>A filter that cannot be read would hide everything, or stop every request of the role.</summary>
    private void Check(WriteRow row, string entitySet)
    {
        if (!row.Has("RowFilter") || row["RowFilter"] is not string filter)
            return;
        if (RowFilters.Mistake(filter, entitySet, models.Current, settings) is { } mistake)
            row.Refuse(mistake, "RowFilter");
    }
}
