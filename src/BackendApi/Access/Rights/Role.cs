namespace BackendApi.Access.Rights;

/// <summary>Rights under a name, which users, keys and clients can have.</summary>
/// <param name="Grants">What it grants on which set; <see cref="Permissions.EverySet"/> is every set.</param>
public sealed record Role(string Name, bool HasAllRights, IReadOnlyList<(string EntitySet, SetGrant Grant)> Grants, string? Description = null)
{
    /// <summary>The role alone allows all that <paramref name="grant"/> does on that set.</summary>
    internal bool Allows(string entitySet, SetGrant grant) =>
        HasAllRights || Grants.Any(each => (each.EntitySet == entitySet || each.EntitySet == Permissions.EverySet) && grant.IsWithin(each.Grant));
}
