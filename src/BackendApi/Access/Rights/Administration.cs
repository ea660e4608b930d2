using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Rights;

/// <summary>The rule that somebody is left who can do everything: without such a user only the database itself could let anybody in again.</summary>
internal static class Administration
{
    /// <summary>Asked at the end of a change of users or roles, which are in a row: two that each take one administrator away cannot both pass.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.Conflict"/></exception>
    public static async Task CheckAsync(Session session, Dialect dialect, CancellationToken cancellation)
    {
        var (name, locked) = (AccessTables.Users.Column("name")!, AccessTables.Users.Column("locked_at")!);
        var (role, all) = (AccessTables.Roles.Column("name")!, AccessTables.Roles.Column("has_all_rights")!);
        var (of, has) = (AccessTables.UserRoles.Columns[0], AccessTables.UserRoles.Columns[1]);
        SqlParameter yes = new(all.Type, true);
        await using var rows = await session.ReadAsync(dialect.Compose(
            $"SELECT u.{name} FROM {AccessTables.Users} u JOIN {AccessTables.UserRoles} h ON h.{of} = u.{name} JOIN {AccessTables.Roles} r ON r.{role} = h.{has} WHERE u.{locked} IS NULL AND r.{all} = {yes}"),
            cancellation);
        if (!await rows.ReadAsync(cancellation))
            throw new ServiceException(Errors.Conflict, "This would leave no user who is not locked and has all rights. Make another one first.");
    }
}
