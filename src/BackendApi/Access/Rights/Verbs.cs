namespace BackendApi.Access.Rights;

/// <summary>What can be done with an entity set. <see cref="Execute"/> is a function or action bound to it, or an unbound one of that name.</summary>
[Flags]
public enum Verbs
{
    None = 0,
    Read = 1,
    Create = 2,
    Update = 4,
    Delete = 8,
    Execute = 16,
    All = Read | Create | Update | Delete | Execute,
}
