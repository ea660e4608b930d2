using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using BackendApi.Resources;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>Makes the EDM and the entity sets of one snapshot out of complete documents and compiled sets.</summary>
internal sealed class EdmBuilder
{
    public const string Namespace = "BackendApi";
    public const string ContainerName = "Container";

    private readonly EdmModel model = new();
    private readonly EdmEntityContainer container = new(Namespace, ContainerName);
    private readonly Dictionary<string, EdmComplexType> complexTypes = [];
    private readonly List<EdmEnumType> enumTypes = [];
    private readonly List<EntitySetModel> sets = [];
    /// <summary>Types, container and terms share one namespace.</summary>
    private readonly HashSet<string> typeNames = new(StringComparer.OrdinalIgnoreCase);

    private EdmBuilder() => model.AddElement(container);

    /// <summary>Names that entity sets described by documents cannot have.</summary>
    public static HashSet<string> ReservedNames(IReadOnlyList<ResourceSet> resources)
    {
        var names = new HashSet<string>(resources.Select(resource => resource.Name), StringComparer.OrdinalIgnoreCase) { ContainerName };
        names.UnionWith(Csdl.Annotations.OwnTerms.Select(term => term.Name));
        foreach (var property in resources.SelectMany(resource => resource.Properties))
            AddStructures(property.Structure);
        return names;

        void AddStructures(StructuredType? structure)
        {
            if (structure is not null && names.Add(structure.Name))
                foreach (var member in structure.Members)
                    AddStructures(member.Structure);
        }
    }

    public static EdmBuild Build(IReadOnlyList<CompletedDefinition> definitions, IReadOnlyList<ResourceSet> resources)
    {
        var builder = new EdmBuilder();
        builder.typeNames.UnionWith(ReservedNames(resources));
        builder.typeNames.UnionWith(definitions.Select(definition => definition.Name));
        foreach (var resource in resources)
            builder.AddSet(resource);
        var models = new Dictionary<CompletedDefinition, EntitySetModel>(definitions.Count);
        foreach (var definition in definitions)
            models.Add(definition, builder.AddSet(definition));
        AddNavigations(models);
        builder.sets.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return new(builder.model, builder.container, builder.sets, [.. builder.complexTypes.Values], builder.enumTypes);
    }

    private EntitySetModel AddSet(CompletedDefinition definition)
    {
        var type = AddType(definition.Name);
        var properties = definition.Fields.Select(field => AddProperty(type, field)).ToArray();
        var byColumn = properties.ToDictionary(property => property.Column.Name);
        var set = new EntitySetModel
        {
            Name = definition.Name,
            Alias = definition.Source.Alias,
            Definition = definition.ToDefinition(),
            Description = definition.Source.Description ?? definition.Table.Comment,
            Table = definition.Table,
            EntityType = type,
            EntitySet = container.AddEntitySet(definition.Name, type),
            Properties = properties,
            PropertiesByName = properties.ToFrozenDictionary(property => property.Name),
            Key = Find(definition.Key),
            AlternateKeys = [.. definition.AlternateKeys.Select(Find)],
            Concurrency = definition.Concurrency is { } field ? byColumn[field.Column.Name] : null,
            Search = Find(definition.Search),
        };
        return Finish(set);

        PropertyModel[] Find(IReadOnlyList<CompletedField> fields) => [.. fields.Select(field => byColumn[field.Column.Name])];
    }

    private EntitySetModel AddSet(ResourceSet resource)
    {
        var type = AddType(resource.Name);
        var properties = resource.Properties.Select(property => AddProperty(type, property, resource)).ToArray();
        var byName = properties.ToFrozenDictionary(property => property.Name);
        var set = new EntitySetModel
        {
            Name = resource.Name,
            Alias = resource.Name,
            Definition = new() { Alias = resource.Name, EntitySet = resource.Name, Table = resource.Table.Name.ToString(), Description = resource.Description },
            Resource = resource,
            Description = resource.Description,
            Table = resource.Table,
            EntityType = type,
            EntitySet = container.AddEntitySet(resource.Name, type),
            Properties = properties,
            PropertiesByName = byName,
            Key = [.. resource.Key.Select(name => byName[name])],
            AlternateKeys = [],
            Search = [.. properties.Where(property => property.Kind == ValueKind.String && property.Column.Type.Kind == ValueKind.String)],
        };
        return Finish(set);
    }

    private EdmEntityType AddType(string name)
    {
        var type = new EdmEntityType(Namespace, name);
        model.AddElement(type);
        return type;
    }

    private EntitySetModel Finish(EntitySetModel set)
    {
        set.EntityType.AddKeys(set.Key.Select(property => property.Edm));
        // The URL parser of requests resolves alternate keys through the model.
        foreach (var key in set.AlternateKeys)
            model.AddAlternateKeyAnnotation(set.EntityType, key.ToDictionary(property => property.Name, property => (IEdmProperty)property.Edm));
        sets.Add(set);
        return set;
    }

    private PropertyModel AddProperty(EdmEntityType type, CompletedField field)
    {
        var definition = field.Definition;
        var reference = field.Kind == ValueKind.Enum
            ? new EdmEnumTypeReference(AddEnumType(type.Name + field.Name, definition), field.IsNullable)
            : PrimitiveType(field.Kind, field.IsNullable, field.Column.Type.MaxLength, definition.Precision, definition.Scale);
        return new()
        {
            Name = field.Name,
            Alias = definition.Alias ?? field.Name,
            Column = field.Column,
            Kind = field.Kind,
            IsNullable = field.IsNullable,
            Edm = type.AddStructuralProperty(field.Name, reference),
            JsonName = JsonEncodedText.Encode(field.Name),
            JsonAlias = JsonEncodedText.Encode(definition.Alias ?? field.Name),
            Definition = definition,
            Members = definition.Members,
            Description = definition.Description,
            IsCreatable = definition.IsCreatable == true,
            IsEditable = definition.IsEditable == true,
        };
    }

    private PropertyModel AddProperty(EdmEntityType type, ResourceProperty property, ResourceSet resource)
    {
        var column = resource.Table.Column(property.Column)
            ?? throw new InvalidOperationException($"The compiled set {resource.Name} names the column {property.Column}, which its table lacks.");
        var isKey = resource.Key.Contains(property.Name);
        var kind = property.Structure is not null || property.IsCollection ? ValueKind.Json : column.Type.Kind;
        var isNullable = column.IsNullable && !isKey && !property.IsCollection;
        var single = property.Structure is null
            ? PrimitiveType(FieldTypes.DefaultFor(column), isNullable, column.Type.MaxLength, column.Type.Precision, column.Type.Scale)
            : new EdmComplexTypeReference(AddComplexType(property.Structure), isNullable);
        return new()
        {
            Name = property.Name,
            Alias = property.Name,
            Column = column,
            Kind = kind,
            IsNullable = isNullable,
            Edm = type.AddStructuralProperty(property.Name, property.IsCollection ? EdmCoreModel.GetCollection(single) : single),
            JsonName = JsonEncodedText.Encode(property.Name),
            JsonAlias = JsonEncodedText.Encode(property.Name),
            Description = property.Description,
            IsCreatable = !column.IsGenerated && !column.IsIdentity,
            IsEditable = !column.IsGenerated && !column.IsIdentity && !isKey,
        };
    }

    private EdmEnumType AddEnumType(string name, FieldDefinition definition)
    {
        var members = definition.Members!;
        var underlying = members.Count > 31 && definition.IsFlags ? EdmPrimitiveTypeKind.Int64 : EdmPrimitiveTypeKind.Int32;
        var type = new EdmEnumType(Namespace, Identifiers.Unique(name.Length > Identifiers.MaxLength ? name[..Identifiers.MaxLength] : name, typeNames), underlying, definition.IsFlags);
        for (var i = 0; i < members.Count; i++)
            type.AddMember(members[i].Name, new EdmEnumMemberValue(definition.IsFlags ? 1L << i : i));
        model.AddElement(type);
        enumTypes.Add(type);
        return type;
    }

    private EdmComplexType AddComplexType(StructuredType structure)
    {
        if (complexTypes.TryGetValue(structure.Name, out var known))
            return known;
        var type = new EdmComplexType(Namespace, structure.Name);
        complexTypes.Add(structure.Name, type);
        foreach (var member in structure.Members)
        {
            var isNullable = member.IsNullable && !member.IsCollection;
            IEdmTypeReference single = member.Structure is null
                ? PrimitiveType(member.Kind, isNullable, null, null, null)
                : new EdmComplexTypeReference(AddComplexType(member.Structure), isNullable);
            type.AddStructuralProperty(member.Name, member.IsCollection ? EdmCoreModel.GetCollection(single) : single);
        }
        model.AddElement(type);
        return type;
    }

    private static IEdmTypeReference PrimitiveType(ValueKind kind, bool isNullable, int? maxLength, int? precision, int? scale)
    {
        // Fractions of a second beyond 100 ns do not exist in the values that we carry.
        const int MostFractionalDigits = 7;
        // What a reader's decimal is sure to hold; said where the column itself states no limit.
        const int MostDecimalDigits = 28;
        var type = kind.Primitive();
        return type switch
        {
            // EdmCoreModel.GetDecimal takes two absent facets for a scale of 0.
            EdmPrimitiveTypeKind.Decimal => new EdmDecimalTypeReference(EdmCoreModel.Instance.GetPrimitiveType(type), isNullable, precision ?? MostDecimalDigits, scale),
            EdmPrimitiveTypeKind.DateTimeOffset or EdmPrimitiveTypeKind.TimeOfDay or EdmPrimitiveTypeKind.Duration =>
                EdmCoreModel.Instance.GetTemporal(type, Math.Min(precision ?? MostFractionalDigits, MostFractionalDigits), isNullable),
            EdmPrimitiveTypeKind.String => EdmCoreModel.Instance.GetString(false, kind == ValueKind.String ? maxLength : null, true, isNullable),
            EdmPrimitiveTypeKind.Binary => EdmCoreModel.Instance.GetBinary(false, maxLength, isNullable),
            _ => EdmCoreModel.Instance.GetPrimitive(type, isNullable),
        };
    }

    private static void AddNavigations(Dictionary<CompletedDefinition, EntitySetModel> models)
    {
        foreach (var (definition, source) in models)
        {
            // A probe of unfinished documents leaves out sets that others lead to.
            var navigations = definition.Relations.Where(relation => models.ContainsKey(relation.Target))
                .Select(relation => AddNavigation(source, models[relation.Target], relation)).ToArray();
            if (navigations.Length == 0)
                continue;
            source.Navigations = navigations;
            source.NavigationsByName = navigations.ToFrozenDictionary(navigation => navigation.Name);
        }
        foreach (var set in models.Values)
            foreach (var navigation in set.Navigations)
                Partner(navigation);
    }

    private static NavigationModel AddNavigation(EntitySetModel source, EntitySetModel target, CompletedRelation relation)
    {
        var constraint = relation.IsDependent ? Constraint(source, target, relation.On) : [];
        var edm = EdmNavigationProperty.CreateNavigationProperty(source.EntityType, new EdmNavigationPropertyInfo
        {
            Name = relation.Name,
            Target = target.EntityType,
            TargetMultiplicity = relation.IsCollection ? EdmMultiplicity.Many : relation.IsNullable ? EdmMultiplicity.ZeroOrOne : EdmMultiplicity.One,
            DependentProperties = constraint.Count == 0 ? null : constraint.Select(pair => pair.Source),
            PrincipalProperties = constraint.Count == 0 ? null : constraint.Select(pair => pair.Target),
        });
        source.EntityType.AddProperty(edm);
        source.EntitySet.AddNavigationTarget(edm, target.EntitySet);
        return new()
        {
            Name = relation.Name,
            Alias = relation.Alias ?? relation.Name,
            Source = source,
            Target = target,
            IsCollection = relation.IsCollection,
            IsNullable = relation.IsNullable,
            On = relation.On,
            Through = relation.Through,
            Edm = edm,
            JsonName = JsonEncodedText.Encode(relation.Name),
            JsonAlias = JsonEncodedText.Encode(relation.Alias ?? relation.Name),
            IsEditable = relation.IsEditable,
        };
    }

    /// <summary>The joined properties when all columns are exposed and alike in type; else nothing.</summary>
    private static List<(IEdmStructuralProperty Source, IEdmStructuralProperty Target)> Constraint(
        EntitySetModel source, EntitySetModel target, IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> on)
    {
        var pairs = new List<(IEdmStructuralProperty, IEdmStructuralProperty)>(on.Count);
        foreach (var (from, to) in on)
            if (Exposed(source, from) is { } dependent && Exposed(target, to) is { } principal && dependent.Kind == principal.Kind && dependent.Kind != ValueKind.Enum)
                pairs.Add((dependent.Edm, principal.Edm));
        return pairs.Count == on.Count ? pairs : [];
    }

    private static PropertyModel? Exposed(EntitySetModel set, ColumnSchema column)
    {
        foreach (var property in set.Properties)
            if (property.Column.Name == column.Name)
                return property;
        return null;
    }

    /// <summary>Two navigations are partners when each leads back over the same columns, and no third one does.</summary>
    private static void Partner(NavigationModel navigation)
    {
        if (navigation.Partner is not null)
            return;
        if (OnlyMirror(navigation) is not { Partner: null } mirror || OnlyMirror(mirror) != navigation)
            return;
        navigation.Partner = mirror;
        mirror.Partner = navigation;
        navigation.Source.EntityType.SetNavigationPropertyPartner(
            (EdmNavigationProperty)navigation.Edm, new EdmPathExpression(navigation.Name), (EdmNavigationProperty)mirror.Edm, new EdmPathExpression(mirror.Name));
    }

    /// <summary>The one navigation of the target that leads back; null when there is none, or several.</summary>
    private static NavigationModel? OnlyMirror(NavigationModel navigation)
    {
        NavigationModel? found = null;
        foreach (var other in navigation.Target.Navigations)
            if (other != navigation && other.Target == navigation.Source && IsMirror(navigation, other))
            {
                if (found is not null)
                    return null;
                found = other;
            }
        return found;
    }

    private static bool IsMirror(NavigationModel one, NavigationModel other) => (one.Through, other.Through) switch
    {
        (null, null) => IsReverse(one.On, other.On),
        ({ } left, { } right) => left.Table == right.Table && IsReverse(left.On, right.To) && IsReverse(right.On, left.To),
        _ => false,
    };

    private static bool IsReverse(IReadOnlyList<(ColumnSchema From, ColumnSchema To)> there, IReadOnlyList<(ColumnSchema From, ColumnSchema To)> back)
    {
        foreach (var (from, to) in there)
        {
            var found = false;
            foreach (var pair in back)
                found |= pair.From.Name == to.Name && pair.To.Name == from.Name;
            if (!found)
                return false;
        }
        return there.Count == back.Count;
    }
}

/// <param name="Sets">In order of their names.</param>
internal sealed record EdmBuild(
    EdmModel Model, EdmEntityContainer Container, IReadOnlyList<EntitySetModel> Sets,
    IReadOnlyList<EdmComplexType> ComplexTypes, IReadOnlyList<EdmEnumType> EnumTypes);
