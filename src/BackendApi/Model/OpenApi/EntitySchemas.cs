using System.Text.Json;
using BackendApi.Model.Csdl;
using BackendApi.Parse.Bodies;
using Microsoft.OData.Edm;

namespace BackendApi.Model.OpenApi;

/// <summary>
/// Schemas of the types of a set (OData to OpenAPI Mapping 1.0, 4.6.1): what is shown, what a POST takes, and what PATCH and PUT take, for the set's own type, its derived types and its
/// complex types.
/// </summary>
/// <param name="filled">Columns that a relation can fill: a body need not give them.</param>
internal sealed class EntitySchemas(Utf8JsonWriter json, EntitySetModel set, IReadOnlySet<ColumnSchema> filled)
{
    private const string Create = "-create";
    private const string Update = "-update";

    private readonly SetVerbs _verbs = SetVerbs.Of(set);

    public void Write()
    {
        foreach (var complex in set.AllComplex)
            WriteComplex(complex);
        WriteType(null);
        foreach (var derived in set.Derived)
            WriteType(derived);
    }

    public static void WriteEnum(Utf8JsonWriter json, EdmEnumType type)
    {
        using var _ = json.Object(Components.Of(type));
        json.WriteString("type", "string");
        // Several flags are one text, with commas.
        if (type.IsFlags)
            json.WriteString("description", $"Members separated by commas: {string.Join(", ", type.Members.Select(member => member.Name))}");
        else
            json.Texts("enum", type.Members.Select(member => member.Name));
    }

    /// <summary>A complex type that no set makes of its columns.</summary>
    public static void WriteComplex(Utf8JsonWriter json, EdmComplexType type)
    {
        using var _ = json.Object(Components.Of(type));
        json.WriteString("type", "object");
        using var properties = json.Object("properties");
        foreach (var property in type.DeclaredProperties)
            json.Schema(property.Name, inner => ValueSchemas.Write(inner, property.Type));
    }

    private void WriteType(DerivedModel? type)
    {
        var members = type?.Members ?? set.Members;
        var navigations = type?.Navigations ?? set.Navigations;
        var name = Components.Of(set, type);
        if (_verbs.CanRead)
        {
            Schema(name, type is null ? null : Components.Of(set), () =>
            {
                Shown(members);
                if (type is null && set.ShowsSecret)
                    ShownOnce();
                foreach (var navigation in navigations.Where(navigation => SetVerbs.Of(navigation.Target).CanRead))
                    Related(navigation);
            });
            Collection(Components.Collection(set, type), name);
        }
        var shape = BodyShape.Of(set, type);
        if (_verbs.CanCreate)
            Schema(name + Create, type is null ? null : Components.Of(set) + Create, () =>
            {
                Written(members, shape, Create, field => field.Property.IsCreatable);
                foreach (var navigation in navigations.Where(navigation => navigation.IsEditable))
                    Nested(navigation);
            }, Required(members, shape));
        if (_verbs.CanUpdate)
            Schema(name + Update, type is null ? null : Components.Of(set) + Update, () =>
            {
                Written(members, shape, Update, field => field.Property.IsEditable);
                foreach (var navigation in navigations.Where(navigation => navigation.IsEditable))
                    Bind(navigation);
            });
    }

    private void WriteComplex(ComplexModel complex)
    {
        var name = Components.Of(complex.Type);
        var shape = BodyShape.Of(set, null);
        if (_verbs.CanRead)
            Schema(name, null, () => Shown(complex.Members));
        if (_verbs.CanCreate)
            Schema(name + Create, null, () => Written(complex.Members, shape, Create, field => field.Property.IsCreatable), Required(complex.Members, shape));
        if (_verbs.CanUpdate)
            Schema(name + Update, null, () => Written(complex.Members, shape, Update, field => field.Property.IsEditable));
    }

    /// <param name="based">The component that it adds to.</param>
    private void Schema(string name, string? based, Action properties, IEnumerable<string>? required = null)
    {
        using var _ = json.Object(name);
        if (based is null)
        {
            Members();
            return;
        }
        using var all = json.Array("allOf");
        using (json.Object())
            json.Reference("schemas", based);
        using (json.Object())
            Members();

        void Members()
        {
            json.WriteString("type", "object");
            using (json.Object("properties"))
                properties();
            // An empty list is none that OpenAPI knows.
            if (required?.ToList() is { Count: > 0 } names)
                json.Texts("required", names);
        }
    }

    private void Shown(Structure members)
    {
        foreach (var property in members.Properties)
            json.Schema(property.Name, inner => ValueSchemas.Read(inner, property));
        foreach (var complex in members.Complex)
            json.Schema(complex.Name, inner => ValueSchemas.Write(inner, complex.Edm.Type));
    }

    private void ShownOnce() => json.Schema(Annotations.ShownOnce, inner =>
    {
        inner.WriteString("type", "string");
        inner.WriteBoolean("readOnly", true);
        inner.WriteString("description", "The secret of a new entity, in the answer to the POST that makes it and in no other.");
    });

    private void Related(NavigationModel navigation)
    {
        var target = Components.Schema(Components.Of(navigation.Target));
        if (navigation.IsCollection)
            json.Schema(navigation.Name, Components.ListOf(target));
        else
            json.Schema(navigation.Name, inner => ValueSchemas.Write(inner, navigation.Edm.Type));
    }

    private void Written(Structure members, BodyShape shape, string suffix, Predicate<BodyField> isWritten)
    {
        foreach (var property in members.Properties)
            if (FieldOf(shape, property) is { Constant: null, IsComputed: false } field && isWritten(field))
                json.Schema(property.Name, inner => ValueSchemas.Written(inner, field));
        foreach (var complex in members.Complex)
            if (complex.Members.Columns.Any(property => suffix == Create ? property.IsCreatable : property.IsEditable))
                json.Schema(complex.Name, inner => ValueSchemas.Write(inner, complex.Edm.Type, suffix));
    }

    /// <summary>A field of a complex type can be one of a derived type's.</summary>
    private BodyField? FieldOf(BodyShape shape, PropertyModel property) =>
        shape.Field(property) ?? set.Derived.Select(derived => BodyShape.Of(set, derived).Field(property)).FirstOrDefault(field => field is not null);

    private IEnumerable<string> Required(Structure members, BodyShape shape) =>
        members.Properties.Where(property => FieldOf(shape, property) is { } field && IsRequired(field, filled)).Select(property => property.Name)
            .Concat(members.Complex.Where(complex => complex.Members.Columns.Any(property => FieldOf(shape, property) is { } field && IsRequired(field, filled))).Select(complex => complex.Name));

    /// <summary>In a new row.</summary>
    internal static bool IsRequired(BodyField field, IReadOnlySet<ColumnSchema> filled) =>
        field is { IsRequired: true, Property.IsCreatable: true, Default: null, Constant: null, IsComputed: false, Placeholder: null } && !filled.Contains(field.Property.Column);

    /// <summary>Columns of each set that refer to other sets by relations which can be written: of its own, and of those that lead to it.</summary>
    internal static ILookup<EntitySetModel, ColumnSchema> Filled(IEnumerable<EntitySetModel> sets) => sets
        .SelectMany(set => set.NavigationPaths.Select(path => path.Navigation)).Where(navigation => navigation is { IsEditable: true, Through: null })
        .SelectMany(navigation => navigation.On.Select(pair => navigation.IsDependent ? (Set: navigation.Source, Column: pair.Source) : (Set: navigation.Target, Column: pair.Target)))
        .ToLookup(filled => filled.Set, filled => filled.Column);

    private void Nested(NavigationModel navigation)
    {
        if (SetVerbs.Of(navigation.Target).CanCreate)
        {
            var created = Components.Schema(Components.Create(navigation.Target));
            json.Schema(navigation.Name, navigation.IsCollection ? Components.ListOf(created) : created);
        }
        Bind(navigation);
    }

    /// <summary>Entities that are there already, by their addresses.</summary>
    private void Bind(NavigationModel navigation) => json.Schema($"{navigation.Name}@odata.bind", inner =>
    {
        SchemaWriter id = text => text.WriteString("type", "string");
        if (navigation.IsCollection)
            Components.ListOf(id)(inner);
        else
            id(inner);
        inner.WriteString("example", $"{navigation.Target.Name}(…)");
    });

    private void Collection(string name, string item)
    {
        using var _ = json.Object(name);
        json.WriteString("type", "object");
        using var properties = json.Object("properties");
        json.Schema("@odata.count", Components.Schema("count"));
        json.Schema("@odata.nextLink", inner => inner.WriteString("type", "string"));
        json.Schema("value", Components.ListOf(Components.Schema(item)));
    }
}
