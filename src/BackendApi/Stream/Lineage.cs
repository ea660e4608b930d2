using BackendApi.Model;

namespace BackendApi.Stream;

/// <summary>
/// An entity and those around it, as far as <c>$levels=max</c> can come back to them. Where it does, a reference ends the cycle (Protocol 11.2.5.2.1.1).
/// </summary>
internal sealed record Lineage(EntitySetModel Set, string Url, Lineage? Above)
{
    public bool Holds(EntitySetModel set, string url)
    {
        for (var entity = this; entity is not null; entity = entity.Above)
            if (ReferenceEquals(entity.Set, set) && entity.Url == url)
                return true;
        return false;
    }
}
