using System.Collections.Frozen;
using System.Text.Json;

namespace BackendApi.Access.Rights;

/// <summary>
/// What a caller may do, worked out once for a snapshot and shared by all callers with the same roles. Immutable. Whoever plans a request asks
/// <see cref="IsUnrestricted"/> first: it costs a caller with all rights one comparison.
/// </summary>
public sealed class Permissions
{
    /// <summary>Stands for every entity set in a role.</summary>
    public const string EverySet = "*";

    public static readonly Permissions All = new(FrozenDictionary<string, SetPermission>.Empty, SetPermission.Everything);
    public static readonly Permissions None = new(FrozenDictionary<string, SetPermission>.Empty, SetPermission.Nothing);

    private readonly FrozenDictionary<string, SetPermission> _sets;
    private readonly SetPermission _others;
    private Kept? _identity;

    private Permissions(FrozenDictionary<string, SetPermission> sets, SetPermission others)
    {
        (_sets, _others) = (sets, others);
        IsUnrestricted = others.IsUnrestricted && sets.Count == 0;
        IsReadOnly = (others.Verbs & ~Verbs.Read) == 0 && sets.Values.All(set => (set.Verbs & ~Verbs.Read) == 0);
    }

    /// <summary>Everything may be done with every set, also with those that are published later.</summary>
    public bool IsUnrestricted { get; }

    /// <summary>Nothing may be changed or executed anywhere.</summary>
    public bool IsReadOnly { get; }

    /// <summary>
    /// The same for permissions that allow the same, whoever has them: what is made of permissions is kept under it, because each scoped token and each reading of the roles brings another object.
    /// </summary>
    internal Digest Identity => (_identity ??= new(Digest.Of(JsonSerializer.Serialize(
        Sets.Select(set => set.Permission.Grants.Select(grant => $"{(int)grant.Verbs} {grant.Readable.ToJson()} {grant.Writable.ToJson()} {grant.RowFilter ?? "-"}{grant.RowFilter is not null}")
            .Order(StringComparer.Ordinal).Prepend(set.EntitySet)))))).Value;

    /// <summary>Every set that is told apart, in the order of their names, and <see cref="EverySet"/> for all others.</summary>
    public IEnumerable<(string EntitySet, SetPermission Permission)> Sets =>
        _sets.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => (each.Key, each.Value)).Prepend((EverySet, _others));

    /// <summary>What may be done with that set, by its name in the EDM. A set that no role names is one that <see cref="EverySet"/> stands for, or nothing.</summary>
    public SetPermission On(string entitySet) => _sets.GetValueOrDefault(entitySet) ?? _others;

    /// <summary>The union of roles.</summary>
    internal static Permissions Of(IEnumerable<Role> roles)
    {
        var all = roles.ToList();
        if (all.Exists(role => role.HasAllRights))
            return All;
        var grants = all.SelectMany(role => role.Grants).ToLookup(each => each.EntitySet, each => each.Grant, StringComparer.Ordinal);
        var others = grants[EverySet].ToList();
        var sets = grants.Where(each => each.Key != EverySet).ToFrozenDictionary(each => each.Key, each => SetPermission.Of(each.Concat(others)), StringComparer.Ordinal);
        return sets.Count == 0 && others.Count == 0 ? None : new(sets, SetPermission.Of(others));
    }

    /// <summary>What these allow, and <paramref name="scopes"/> too.</summary>
    public Permissions NarrowedTo(Scopes scopes)
    {
        if (scopes.IsUnlimited)
            return this;
        var sets = _sets.Keys.Union(scopes.Sets).ToFrozenDictionary(set => set, set => On(set).NarrowedTo(scopes.Of(set)), StringComparer.Ordinal);
        return new(sets, _others.NarrowedTo(scopes.OfEverySet));
    }

    private sealed record Kept(Digest Value);
}
