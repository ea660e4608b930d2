namespace BackendApi.Resources;

/// <summary>
/// Says whose entities a parameter of type <see cref="EntityKey"/>, or a list of them, names. Clients give a reference or the entity; the method gets the keys of entities that are there and that the
/// caller can read.
/// </summary>
/// <param name="set">The alias or name of a set, of any module or stored definition. While it is not published, the operation is not there.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EntityOfAttribute(string set) : Attribute
{
    public string Set => set;
}
