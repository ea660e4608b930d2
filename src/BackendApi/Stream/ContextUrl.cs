using System.Text;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using Microsoft.OData.Edm;

namespace BackendApi.Stream;

/// <summary>Context URLs (Protocol 10), absolute, in the form of 4.0 or of 4.01.</summary>
internal static class ContextUrl
{
    public static string Collection(string root, EntityShape shape, bool isV401) => shape.Form switch
    {
        ShapeForm.Reference => root + "$metadata#Collection($ref)",
        ShapeForm.CrossJoin => root + "$metadata#Collection(Edm.ComplexType)",
        _ => IsWhole(shape) ? Plain(root, shape, "") : Of(root, shape, isV401).ToString(),
    };

    /// <summary>What has changed in a collection (Protocol 10.11).</summary>
    public static string Delta(string root, EntityShape shape, bool isV401) => Of(root, shape, isV401).Append("/$delta").ToString();

    /// <summary>An entity that is gone from it, as 4.0 writes it (Protocol 10.12).</summary>
    public static string DeletedEntity(string root, EntitySetModel set) => $"{root}$metadata#{set.Name}/$deletedEntity";

    public static string Entity(string root, EntityShape shape, bool isV401)
    {
        var suffix = shape.Set.IsSingleton ? "" : "/$entity";
        return shape.Form == ShapeForm.Reference ? root + "$metadata#$ref"
            : IsWhole(shape) ? Plain(root, shape, suffix)
            : Of(root, shape, isV401).Append(suffix).ToString();
    }

    /// <summary>A complex property of one entity.</summary>
    /// <param name="entity">The entity's URL relative to the service root.</param>
    public static string Complex(string root, string entity, ShapeComplex complex)
    {
        var url = Property(root, entity, complex.Complex.Path);
        if (!complex.IsPartial)
            return url;
        var list = new StringBuilder();
        Members(list, complex.Members.Properties, complex.Members.Complex, "");
        return $"{url}({list})";
    }

    /// <param name="entity">The entity's URL relative to the service root.</param>
    public static string Property(string root, string entity, string property) => $"{root}$metadata#{entity}/{property}";

    /// <summary>The segment that says that everything is of a derived type.</summary>
    public static string Cast(DerivedModel? type) => type is null ? "" : "/" + type.Type.FullTypeName();

    /// <summary>The usual entity, as its type declares it: there is no select list.</summary>
    private static bool IsWhole(EntityShape shape)
    {
        if (shape.Form != ShapeForm.Entity || shape.IsPartial || shape.Objects.Count + shape.SelectedNavigations.Count + shape.References.Count + shape.Collections.Count > 0)
            return false;
        foreach (var column in shape.Properties)
            if (column.Property.IsDynamic)
                return false;
        return true;
    }

    private static string Plain(string root, EntityShape shape, string suffix) =>
        shape.Type is null ? string.Concat(root, "$metadata#", shape.Set.Name, suffix) : string.Concat(root, "$metadata#", shape.Set.Name, Cast(shape.Type) + suffix);

    private static StringBuilder Of(string root, EntityShape shape, bool isV401)
    {
        var text = new StringBuilder(root).Append("$metadata#").Append(shape.Set.Name);
        text.Append(Cast(shape.Type));
        var list = List(shape, isV401);
        if (shape.Form == ShapeForm.Transient && list.Length == 0)
            list.Append("@Core.AnyStructure");
        return list.Length == 0 ? text : text.Append('(').Append(list).Append(')');
    }

    /// <summary>
    /// The select list (Protocol 10.9). In 4.0 an expanded navigation without options of its own is left out: older readers refuse the empty
    /// parentheses that 4.01 wants. References and numbers are not part of it; a plus sign says that the expansion goes on in itself.
    /// </summary>
    /// <param name="except">The navigation that a plus sign already stands for.</param>
    private static StringBuilder List(EntityShape shape, bool isV401, NavigationModel? except = null)
    {
        var list = new StringBuilder();
        foreach (var nested in shape.Objects)
            if (List(nested.Shape, isV401) is { Length: > 0 } inside)
                Separate(list).Append(nested.Name).Append('(').Append(inside).Append(')');
        // Of what $apply makes only what every row has (Data Aggregation 3.1.1).
        var properties = shape.Properties.Where(column => column.Presence.Count == 0);
        if (shape.IsPartial)
        {
            Members(list, properties, shape.Complex, "");
            foreach (var derived in shape.Types?.Derived ?? [])
                Members(list, derived.Members.Properties, derived.Members.Complex, shape.Type is null ? derived.Type.Type.FullTypeName() + "/" : "");
        }
        else
        {
            foreach (var column in properties)
                if (column.Property.IsDynamic)
                    Separate(list.Length == 0 ? list.Append('*') : list).Append(column.Property.Name);
        }
        if (shape.IsPartial)
            foreach (var stream in shape.Streams)
                Separate(list).Append(stream.Stream.Name);
        foreach (var navigation in shape.SelectedNavigations)
            Separate(list).Append(navigation.Name);
        foreach (var reference in shape.References)
            if (reference.Shape.Form == ShapeForm.Reference && shape.Form == ShapeForm.Transient)
                Separate(list).Append(reference.Navigation.Name);
            else if (reference.Shape.Form == ShapeForm.Entity)
                Nested(reference.Navigation, reference.Shape, reference.IsRecursive, reference.OnlyFor);
        foreach (var collection in shape.Collections)
            if (collection.Form == ExpandForm.Entities)
                Nested(collection.Navigation, collection.Rows.Shape, collection.IsRecursive, collection.OnlyFor);
        return list;

        void Nested(NavigationModel navigation, EntityShape nested, bool isRecursive, DerivedModel? onlyFor)
        {
            if (navigation == except)
                return;
            var inner = List(nested, isV401, isRecursive ? navigation : null);
            if (nested.Form == ShapeForm.Transient && inner.Length == 0)
                inner.Append("@Core.AnyStructure");
            if (shape.Form == ShapeForm.Transient && inner.Length == 0 && !isV401)
                Separate(list).Append(navigation.Name);
            else if (isV401 || inner.Length > 0)
                Separate(list).Append(onlyFor is null ? "" : onlyFor.Type.FullTypeName() + "/").Append(navigation.Name).Append(isRecursive ? "+(" : "(").Append(inner).Append(')');
        }
    }

    /// <summary>A complex property by its name, or by paths to those of its members that were selected.</summary>
    private static void Members(StringBuilder list, IEnumerable<ShapeProperty> properties, IReadOnlyList<ShapeComplex> complex, string prefix)
    {
        foreach (var column in properties)
            Separate(list).Append(prefix).Append(column.Property.Name);
        foreach (var member in complex)
            if (member.IsPartial)
                Members(list, member.Members.Properties, member.Members.Complex, $"{prefix}{member.Complex.Name}/");
            else
                Separate(list).Append(prefix).Append(member.Complex.Name);
    }

    private static StringBuilder Separate(StringBuilder list) => list.Length == 0 ? list : list.Append(',');
}
