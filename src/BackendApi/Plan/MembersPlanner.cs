using System.Collections.Immutable;
using BackendApi.Model;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>Plans the structural members of a row: which of them <c>$select</c> leaves, and the columns that they read.</summary>
/// <param name="entity">Whose members they are.</param>
/// <param name="select">Null for every member.</param>
internal sealed class MembersPlanner(SelectList columns, Scope scope, Entity entity, IReadOnlyList<SelectItem>? select)
{
    /// <summary>Null where the option selects everything anyway.</summary>
    public static IReadOnlyList<SelectItem>? Selected(QueryOptions options) =>
        options.Select is null || options.Select.Any(item => item.IsAll) ? null : options.Select;

    public ShapeMembers Own() => Members(entity.Set.Members, select, cast: null);

    public ShapeComplex Complex(ComplexModel complex)
    {
        var members = Members(complex.Members, select, cast: null);
        // The value is null when all of its columns are, also those that are not shown; behind an outer join it can be missing as a whole.
        var presence = complex.IsNullable || entity.Source.IsOptional ? complex.Members.Columns.Select(column => columns.Add(entity.Column(column))).ToArray() : null;
        return new(complex, members, presence, IsPartial: select is not null);
    }

    /// <summary>What rows of derived types show besides; null for a set without such types.</summary>
    public ShapeTypes? Types()
    {
        if (entity.Set.Derived.Count == 0)
            return null;
        if (entity.Type is { } known)
            return new(null, known.Column, [new(known, Members(known.Members, select, cast: null))]);
        var column = entity.Set.Derived[0].Column;
        return new(columns.Add(Navigating.Column(entity.Source, column)), column, [.. entity.Set.Derived.Select(Derived)]);
    }

    private ShapeDerived Derived(DerivedModel derived)
    {
        var own = Members(derived.Members, select, derived.Type);
        if (select is null)
            return new(derived, own);
        // A property of the set's own type that is selected for this type only.
        var inherited = Members(entity.Set.Members, select, derived.Type);
        return new(derived, new([.. inherited.Properties, .. own.Properties], [.. inherited.Complex, .. own.Complex]));
    }

    private ShapeMembers Members(Structure structure, IReadOnlyList<SelectItem>? wanted, IEdmType? cast)
    {
        var properties = ImmutableArray.CreateBuilder<ShapeProperty>(structure.Properties.Count);
        foreach (var property in structure.Properties)
            if (wanted is null || Selection(property.Edm, wanted, cast, out _))
                properties.Add(Property(property, wanted));
        if (structure.Complex.Count == 0)
            return new(properties.DrainToImmutable(), []);

        var complex = new List<ShapeComplex>();
        foreach (var member in structure.Complex)
        {
            IReadOnlyList<SelectItem>? inner = null;
            if (wanted is null || Selection(member.Edm, wanted, cast, out inner))
                complex.Add(new MembersPlanner(columns, scope, entity, inner).Complex(member));
        }
        return new(properties.DrainToImmutable(), complex);
    }

    private ShapeProperty Property(PropertyModel property, IReadOnlyList<SelectItem>? wanted)
    {
        var column = entity.Column(property);
        if (property.Items is not null && wanted?.Any(item => item.Path.Count > 1 && ReferenceEquals(item.Path[0], property.Edm)) == true)
            throw ExpressionPlanner.NotSupported("$select of members of the items of a collection");
        if (property.Items is null || wanted?.FirstOrDefault(item => item.Path is [var only] && ReferenceEquals(only, property.Edm))?.Options is not { } options)
            return new(property, columns.Add(column), column.IsNullable);
        ListItems.Check(options);
        var list = ListItems.AreAsked(options) ? ListItems.Chosen(scope, entity, property, options) : column;
        return new(property, columns.Add(list), list.IsNullable)
        {
            Count = options.Count == true ? columns.Add(ListItems.Counted(scope, entity, property, options)) : null,
        };
    }

    /// <summary>Whether a member is selected, and what of it: null for the whole.</summary>
    private bool Selection(IEdmProperty member, IReadOnlyList<SelectItem> wanted, IEdmType? cast, out IReadOnlyList<SelectItem>? inner)
    {
        var isSelected = false;
        var isWhole = false;
        var parts = new List<SelectItem>();
        foreach (var item in wanted)
        {
            if (item.Path.Count == 0 || !ReferenceEquals(item.Path[0], member) || !ReferenceEquals(Restricting(item.Cast), cast))
                continue;
            isSelected = true;
            if (item.Path.Count > 1)
                parts.Add(item with { Path = [.. item.Path.Skip(1)], Cast = null });
            else if (item.Options is { } options && Selected(options) is { } nested)
                parts.AddRange(nested);
            else
                isWhole = true;
        }
        inner = isWhole ? null : parts;
        return isSelected;
    }

    /// <summary>A cast to a type that the entity has anyway restricts nothing.</summary>
    private IEdmType? Restricting(IEdmType? cast) =>
        cast is not null && entity.Set.DerivedFrom(cast) is { } derived && derived != entity.Type ? cast : null;
}
