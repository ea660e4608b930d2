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
            if (type is not null)
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
    private readonly BodyLayouts odata = new(BodyDialect.OData);
    private readonly BodyLayouts dataExchange = new(BodyDialect.DataExchange);

    private bool? setsConstants;

    public required BodyMembers ByName { get; init; }

    /// <summary>The Data Exchange dialect's names: the columns of complex properties stand side by side with the others.</summary>
    public required BodyMembers ByAlias { get; init; }

    /// <summary>Every column below; of the shape of an entity in the order of their ordinals.</summary>
    public required BodyField[] Fields { get; init; }

    /// <summary>Of an entity: the fields of its key, in key order; null for a part that no body can say.</summary>
    public BodyField?[] Key { get; init; } = [];

    /// <summary>A change stores what no body says.</summary>
    public bool SetsConstants => setsConstants ??= Array.Exists(Fields, known => known.Constant is not null && known.Property.IsEditable);

    public BodyField? Field(PropertyModel property) => Array.Find(Fields, field => field.Property == property);

    public static BodyShape Of(EntitySetModel set, DerivedModel? type) => set.Bodies[type];

    public BodyLayouts Layouts(BodyDialect dialect) => dialect == BodyDialect.DataExchange ? dataExchange : odata;

    internal static BodyShape Make(EntitySetModel set, DerivedModel? type)
    {
        var structures = type is null ? [set.Members] : (Structure[])[set.Members, type.Members];
        return Make(structures, type is null ? set.Navigations : [.. set.Navigations, .. type.Navigations], set.Key, first: 0, set.Rights is null ? [] : Hidden(set, type));
    }

    /// <summary>What the definition stores by itself, in properties that the caller may not write.</summary>
    private static IEnumerable<PropertyModel> Hidden(EntitySetModel set, DerivedModel? type)
    {
        var own = set.Members.Columns.Concat(type?.Members.Columns ?? []).ToList();
        var all = set.Whole.Members.Columns.Concat(set.Whole.Derived.FirstOrDefault(derived => derived.Name == type?.Name)?.Members.Columns ?? []);
        return all.Where(property => property.Transform != TransformModel.None
            && !own.Exists(known => known.Path == property.Path && known.IsCreatable == property.IsCreatable && known.IsEditable == property.IsEditable));
    }

    private static BodyShape Make(IReadOnlyList<Structure> structures, IReadOnlyList<NavigationModel> navigations, IReadOnlyList<PropertyModel> key, int first, IEnumerable<PropertyModel>? hidden = null)
    {
        var byName = new Dictionary<string, BodyMember>();
        var byAlias = new Dictionary<string, BodyMember>();
        var fields = new List<BodyField>();
        foreach (var structure in structures)
        {
            foreach (var property in structure.Properties)
            {
                var member = new BodyMember.Field(new(property, first + fields.Count));
                fields.Add(member.Definition);
                byName.Add(property.Name, member);
                byAlias.TryAdd(property.Alias, member);
            }
            foreach (var complex in structure.Complex)
            {
                var shape = Make([complex.Members], [], [], first + fields.Count);
                fields.AddRange(shape.Fields);
                byName.Add(complex.Name, new BodyMember.Complex(complex, shape));
                foreach (var (alias, member) in shape.ByAlias.All)
                    byAlias.TryAdd(alias, member);
            }
        }
        foreach (var navigation in navigations)
        {
            byName.Add(navigation.Name, new BodyMember.Navigation(navigation));
            byAlias.TryAdd(navigation.Alias, new BodyMember.Navigation(navigation));
        }
        foreach (var property in hidden ?? [])
            fields.Add(new(property, first + fields.Count) { IsHidden = true });
        return new() { ByName = new(byName), ByAlias = new(byAlias), Fields = [.. fields], Key = [.. key.Select(part => fields.Find(field => field.Property == part))] };
    }
}

internal abstract record BodyMember
{
    public sealed record Field(BodyField Definition) : BodyMember;

    public sealed record Complex(ComplexModel Definition, BodyShape Shape) : BodyMember;

    public sealed record Navigation(NavigationModel Definition) : BodyMember;
}
