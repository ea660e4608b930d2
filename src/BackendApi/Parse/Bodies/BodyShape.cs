using System.Collections.Frozen;
using BackendApi.Model;

namespace BackendApi.Parse.Bodies;

/// <summary>The shapes of one set's entities, each made when a body first needs it and kept as long as the snapshot.</summary>
internal sealed class BodyShapes(EntitySetModel set)
{
    private readonly BodyShape[] shapes = new BodyShape[set.Derived.Count + 1];

    public BodyShape this[DerivedModel? type]
    {
        get
        {
            var index = 0;
            for (var i = 0; i < set.Derived.Count; i++)
                if (ReferenceEquals(set.Derived[i], type))
                    index = i + 1;
            // Two threads may make the same; either will do.
            return shapes[index] ??= BodyShape.Make(set, type);
        }
    }
}

/// <summary>What a body can say of an entity of one type, or of a complex value: the members by the names that each dialect has for them.</summary>
internal sealed class BodyShape
{
    public required FrozenDictionary<string, BodyMember> ByName { get; init; }

    /// <summary>The Data Exchange dialect's names: the columns of complex properties stand side by side with the others.</summary>
    public required FrozenDictionary<string, BodyMember> ByAlias { get; init; }

    /// <summary>Every column below.</summary>
    public required IReadOnlyList<BodyField> Fields { get; init; }

    public static BodyShape Of(EntitySetModel set, DerivedModel? type) => set.Bodies[type];

    public FrozenDictionary<string, BodyMember> Members(BodyDialect dialect) => dialect == BodyDialect.DataExchange ? ByAlias : ByName;

    internal static BodyShape Make(EntitySetModel set, DerivedModel? type)
    {
        var structures = type is null ? [set.Members] : (Structure[])[set.Members, type.Members];
        return Make(structures, type is null ? set.Navigations : [.. set.Navigations, .. type.Navigations]);
    }

    private static BodyShape Make(IReadOnlyList<Structure> structures, IReadOnlyList<NavigationModel> navigations)
    {
        var byName = new Dictionary<string, BodyMember>();
        var byAlias = new Dictionary<string, BodyMember>();
        var fields = new List<BodyField>();
        foreach (var structure in structures)
        {
            foreach (var property in structure.Properties)
            {
                var field = new BodyField(property);
                fields.Add(field);
                byName.Add(property.Name, new BodyMember.Field(field));
                byAlias.TryAdd(property.Alias, new BodyMember.Field(field));
            }
            foreach (var complex in structure.Complex)
            {
                var shape = Make([complex.Members], []);
                fields.AddRange(shape.Fields);
                byName.Add(complex.Name, new BodyMember.Complex(complex, shape));
                foreach (var (alias, member) in shape.ByAlias)
                    byAlias.TryAdd(alias, member);
            }
        }
        foreach (var navigation in navigations)
        {
            byName.Add(navigation.Name, new BodyMember.Navigation(navigation));
            byAlias.TryAdd(navigation.Alias, new BodyMember.Navigation(navigation));
        }
        return new() { ByName = byName.ToFrozenDictionary(), ByAlias = byAlias.ToFrozenDictionary(), Fields = fields };
    }
}

internal abstract record BodyMember
{
    public sealed record Field(BodyField Definition) : BodyMember;

    public sealed record Complex(ComplexModel Definition, BodyShape Shape) : BodyMember;

    public sealed record Navigation(NavigationModel Definition) : BodyMember;
}
