using BackendApi.Access.Users;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access.Rights;

/// <summary>The rule that somebody is left who can sign in and do everything: without such a user only the database itself could let anybody in again.</summary>
internal static class Administration
{
    /// <summary>Asked at the end of a change of users or roles, which are in a row: two that each take one administrator away cannot both pass.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.Conflict"/></exception>
    public static async Task CheckAsync(Session session, Dialect dialect, CancellationToken cancellation)
    {
        var (name, locked) = (AccessTables.Users.Column("name")!, AccessTables.Users.Column("locked_at")!);
        var (role, all) = (AccessTables.Roles.Column("name")!, AccessTables.Roles.Column("has_all_rights")!);
        var (of, has) = (AccessTables.UserRoles.Columns[0], AccessTables.UserRoles.Columns[1]);
        var hash = AccessTables.Users.Column("password_hash")!;
        SqlParameter yes = new(all.Type, true), none = new(hash.Type, UserPasswordHasher.OfNoPassword);
        await using var rows = await session.ReadAsync(dialect.Compose(
            $"SELECT u.{name} FROM {AccessTables.Users} u JOIN {AccessTables.UserRoles} h ON h.{of} = u.{name} JOIN {AccessTables.Roles} r ON r.{role} = h.{has} WHERE u.{locked} IS NULL AND u.{hash} <> {none} AND r.{all} = {yes}"),
            cancellation);
        if (!await rows.ReadAsync(cancellation))
            throw new ServiceException(Errors.Conflict, "This would leave nobody with all rights who can sign in. Give them to another user first, one with a password who is not locked.");
    }
}
