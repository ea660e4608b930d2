using System.Data.Common;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Rights;

/// <summary>Keeps roles and what they grant. A change is seen by every node within two seconds.</summary>
public sealed class RoleStore(Dialect dialect, TimeProvider clock)
{
    /// <exception cref="ServiceException"><see cref="Errors.Conflict"/>: there is such a role; <see cref="Errors.InvalidValue"/>: the name cannot be one.</exception>
    public Task CreateAsync(Session session, string name, string? description, bool hasAllRights, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            Names.Check(name);
            if (await session.AnyAsync(dialect, AccessTables.Roles, [("name", name)], cancellation))
                throw new ServiceException(Errors.Conflict, $"There is a role '{name}'.", "name");
            var now = clock.GetUtcNow();
            await session.InsertAsync(dialect, AccessTables.Roles, ["name", "description", "has_all_rights", "created_at", "changed_at"],
                [name, description.Trimmed(), hasAllRights, now, now], cancellation);
        }, cancellation);

    public Task UpdateAsync(Session session, string name, string? description, bool hasAllRights, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, name, cancellation);
            await session.ExecuteAsync(dialect.Update(AccessTables.Roles,
                [("description", description.Trimmed()), ("has_all_rights", hasAllRights), ("changed_at", clock.GetUtcNow())], [("name", name)]), cancellation);
            await Administration.CheckAsync(session, dialect, cancellation);
        }, cancellation);

    /// <summary>Takes the role from all who have it.</summary>
    public Task DeleteAsync(Session session, string name, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, name, cancellation);
            foreach (var table in new[] { AccessTables.UserRoles, AccessTables.ApiKeyRoles, AccessTables.ClientRoles, AccessTables.Permissions })
                await session.ExecuteAsync(dialect.Delete(table, [("role_name", name)]), cancellation);
            await session.ExecuteAsync(dialect.Delete(AccessTables.Roles, [("name", name)]), cancellation);
            await Administration.CheckAsync(session, dialect, cancellation);
        }, cancellation);

    /// <summary>Sets what the role grants on one entity set, or on <see cref="Permissions.EverySet"/>, whatever it granted before.</summary>
    public Task GrantAsync(Session session, string role, string entitySet, SetGrant grant, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
        {
            await FindAsync(session, role, cancellation);
            if (entitySet.Length is 0 or > 128)
                throw new ServiceException(Errors.InvalidValue, "The name of an entity set is expected, or * for all of them.", "entitySet");
            await session.ExecuteAsync(dialect.Delete(AccessTables.Permissions, [("role_name", role), ("entity_set", entitySet)]), cancellation);
            await session.InsertAsync(dialect, AccessTables.Permissions,
                ["role_name", "entity_set", "can_read", "can_create", "can_update", "can_delete", "can_execute", "readable", "writable", "row_filter"],
                [
                    role, entitySet, grant.Verbs.HasFlag(Verbs.Read), grant.Verbs.HasFlag(Verbs.Create), grant.Verbs.HasFlag(Verbs.Update), grant.Verbs.HasFlag(Verbs.Delete),
                    grant.Verbs.HasFlag(Verbs.Execute), grant.Readable.ToJson(), grant.Writable.ToJson(), grant.RowFilter.Trimmed(),
                ], cancellation);
        }, cancellation);

    /// <returns>False when the role granted nothing there.</returns>
    public Task<bool> RevokeAsync(Session session, string role, string entitySet, CancellationToken cancellation) =>
        session.ChangeAsync(dialect, async () =>
            await session.ExecuteAsync(dialect.Delete(AccessTables.Permissions, [("role_name", role), ("entity_set", entitySet)]), cancellation) > 0, cancellation);

    /// <summary>The grant of a row whose columns from <paramref name="first"/> on are those of the table, in their order.</summary>
    internal static SetGrant GrantOf(Dialect dialect, DbDataReader row, int first)
    {
        var verbs = Verbs.None;
        ReadOnlySpan<Verbs> inOrder = [Verbs.Read, Verbs.Create, Verbs.Update, Verbs.Delete, Verbs.Execute];
        for (var i = 0; i < inOrder.Length; i++)
            if (dialect.Values.Boolean(row, first + i))
                verbs |= inOrder[i];
        return new(verbs, ColumnMask.FromJson(row.GetString(first + 5)), ColumnMask.FromJson(row.GetString(first + 6)), row.TextOrNull(first + 7));
    }

    /// <summary>Gives exactly these roles to whom a row of <paramref name="table"/> names. Part of a change of its own.</summary>
    internal static async Task SetAsync(
        Session session, Dialect dialect, Model.TableSchema table, string of, IReadOnlyCollection<string> roles, CancellationToken cancellation)
    {
        var column = table.PrimaryKey[0];
        var had = new List<string>();
        await foreach (var row in session.RowsAsync(dialect, table, ["role_name"], [(column, of)], cancellation))
            had.Add(row.GetString(0));
        foreach (var role in had.Except(roles, StringComparer.Ordinal))
            await session.ExecuteAsync(dialect.Delete(table, [(column, of), ("role_name", role)]), cancellation);
        foreach (var role in roles.Except(had, StringComparer.Ordinal))
        {
            if (!await session.AnyAsync(dialect, AccessTables.Roles, [("name", role)], cancellation))
                throw new ServiceException(Errors.ReferenceNotFound, $"There is no role '{role}'.", "roles");
            await session.InsertAsync(dialect, table, [column, "role_name"], [of, role], cancellation);
        }
    }

    private async Task FindAsync(Session session, string name, CancellationToken cancellation)
    {
        if (!await session.AnyAsync(dialect, AccessTables.Roles, [("name", name)], cancellation))
            throw new ServiceException(Errors.EntityNotFound, $"There is no role '{name}'.");
    }
}
