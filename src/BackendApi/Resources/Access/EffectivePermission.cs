using System.ComponentModel;
using BackendApi.Access;
using BackendApi.Access.Rights;

namespace BackendApi.Resources.Access;

[Description("What a caller may do with an entity set; * is every set that is not listed.")]
public sealed record EffectivePermission(
    string EntitySet, bool CanRead, bool CanCreate, bool CanUpdate, bool CanDelete, bool CanExecute, IReadOnlyList<string> Readable, IReadOnlyList<string> Writable, string? RowFilter,
    [property: Description("The caller's roles that grant it.")] IReadOnlyList<string> Roles)
{
    /// <summary>A row for each grant, as none of them can be added to another. Nobody may do nothing.</summary>
    internal static IReadOnlyList<EffectivePermission> Of(Caller? caller, AccessSnapshot access) => caller is null ? [] :
        [.. from set in caller.Permissions.Sets
            from grant in set.Permission.Grants
            select new EffectivePermission(
                set.EntitySet, grant.Verbs.HasFlag(Verbs.Read), grant.Verbs.HasFlag(Verbs.Create), grant.Verbs.HasFlag(Verbs.Update), grant.Verbs.HasFlag(Verbs.Delete), grant.Verbs.HasFlag(Verbs.Execute),
                grant.Readable.ToList(), grant.Writable.ToList(), grant.RowFilter, [.. caller.Roles.Where(role => access.Roles.GetValueOrDefault(role)?.Allows(set.EntitySet, grant) == true)])];
}
