using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using BackendApi.Resources;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>Makes the EDM and the entity sets of one snapshot out of complete documents.</summary>
internal sealed class EdmBuilder
{
    public const string Namespace = "BackendApi";
    public const string ContainerName = "Container";

    private readonly EdmModel model = new();
    private readonly EdmEntityContainer container = new(Namespace, ContainerName);
    private readonly TypeBuilder types;
    private readonly List<EntitySetModel> sets = [];
    private readonly SipHash tags;

    private EdmBuilder(HashSet<string> names, SipHash tags)
    {
        this.tags = tags;
        types = new(model, names);
        model.AddElement(container);
    }

    /// <summary>Names that entity sets described by documents cannot have.</summary>
    public static HashSet<string> ReservedNames(CompiledModules modules)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { ContainerName };
        names.UnionWith(OperationBuilder.Names(modules));
        names.UnionWith(Csdl.Annotations.OwnTerms.Select(term => term.Name));
        foreach (var structure in modules.Sets.SelectMany(set => set.Structures?.Values ?? []))
            AddStructures(structure.Type);
        return names;

        void AddStructures(StructuredType? structure)
        {
            if (structure is not null && names.Add(structure.Name))
                foreach (var member in structure.Members)
                    AddStructures(member.Structure);
        }
    }

    /// <param name="tags">What ETags are made by.</param>
    /// <param name="modules">Their sets are among the definitions.</param>
    /// <param name="isOffered">Leaves operations out; null leaves all in.</param>
    public static EdmBuild Build(IReadOnlyList<CompletedDefinition> definitions, SipHash tags, CompiledModules? modules = null, Predicate<ModuleOperation>? isOffered = null)
    {
        modules ??= CompiledModules.None;
        var names = ReservedNames(modules);
        foreach (var definition in definitions)
        {
            names.Add(definition.Name);
            names.UnionWith(definition.Derived.Select(derived => derived.Source.Name));
        }
        var builder = new EdmBuilder(names, tags);
        var models = new Dictionary<CompletedDefinition, EntitySetModel>(definitions.Count);
        foreach (var definition in definitions)
            models.Add(definition, builder.AddSet(definition, modules.Of(definition.Source)));
        AddNavigations(models);
        ChangeTracking.Share(builder.sets);
        builder.sets.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var operations = OperationBuilder.Add(builder.model, builder.container, builder.types, builder.sets, modules.Operations.Where(operation => isOffered?.Invoke(operation) != false));
        return new(builder.model, builder.container, builder.sets, builder.types.SharedComplexTypes, builder.types.EnumTypes, operations);
    }

    private EntitySetModel AddSet(CompletedDefinition definition, ModuleSet? compiled)
    {
        var type = types.AddEntityType(definition.Name, hasStream: definition.Media is not null);
        var members = types.AddMembers(type, definition.Name, definition.Fields, structures: compiled?.Structures);
        var byColumn = members.Columns.ToDictionary(property => property.Column.Name);
        var set = new EntitySetModel
        {
            Name = definition.Name,
            Alias = definition.Source.Alias,
            Definition = definition.ToDefinition(),
            Description = definition.Source.Description ?? definition.Table.Comment,
            Table = definition.Table,
            EntityType = type,
            Source = definition.Source.IsSingleton ? container.AddSingleton(definition.Name, type) : container.AddEntitySet(definition.Name, type),
            Members = members,
            PropertiesByName = members.Properties.ToFrozenDictionary(property => property.Name),
            Derived = [.. definition.Derived.Select(derived => AddDerived(type, derived))],
            Media = definition.Media,
            Streams = [.. definition.Streams.Select(stream => TypeBuilder.AddStream(type, stream))],
            Facade = compiled?.Facade,
            TakesDocuments = compiled?.TakesDocuments == true,
            Key = Find(definition.Key),
            AlternateKeys = [.. definition.AlternateKeys.Select(Find)],
            ETag = ETag(definition, byColumn),
            Search = Find(definition.Search),
            Changes = definition.Source.TrackChanges ? ChangeTracking.Of(definition) : null,
        };
        return Finish(set);

        PropertyModel[] Find(IReadOnlyList<CompletedField> fields) => [.. fields.Select(field => byColumn[field.Column.Name])];
    }

    /// <summary>From the column that the definition names, else from the database's own row version, else from the content. Without writes nobody needs it.</summary>
    private ETagModel? ETag(CompletedDefinition definition, IReadOnlyDictionary<string, PropertyModel> byColumn)
    {
        if (definition.Concurrency is { } named)
            return new ETagModel.Version(named, byColumn.GetValueOrDefault(named.Name), tags);
        if (definition.Source.Allow is { Update: false, Delete: false })
            return null;
        if (definition.Table.RowVersion is { } version)
            return new ETagModel.Version(version, byColumn.GetValueOrDefault(version.Name), tags);
        var columns = definition.Fields.Select(field => field.Column)
            .Concat(definition.Derived.SelectMany(derived => derived.Fields.Select(field => field.Column).Append(derived.Column)));
        return new ETagModel.Content([.. columns.DistinctBy(column => column.Name).OrderBy(column => column.Name, StringComparer.Ordinal)], tags);
    }

    private DerivedModel AddDerived(EdmEntityType baseType, CompletedDerived derived)
    {
        var type = types.AddEntityType(derived.Source.Name, baseType, baseType.HasStream);
        return new()
        {
            Name = derived.Source.Name,
            Type = type,
            Column = derived.Column,
            Value = derived.Value,
            Members = types.AddMembers(type, derived.Source.Name, derived.Fields),
        };
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

    private static void AddNavigations(Dictionary<CompletedDefinition, EntitySetModel> models)
    {
        foreach (var (definition, source) in models)
        {
            // A probe of unfinished documents leaves out sets that others lead to.
            var navigations = Navigations(source, source.EntityType, definition.Relations);
            for (var i = 0; i < definition.Derived.Count; i++)
                source.Derived[i].Navigations = Navigations(source, source.Derived[i].Type, definition.Derived[i].Relations);
            if (navigations.Length == 0)
                continue;
            source.Navigations = navigations;
            source.NavigationsByName = navigations.ToFrozenDictionary(navigation => navigation.Name);
        }
        foreach (var set in models.Values)
            foreach (var navigation in set.Navigations)
                Partner(navigation);

        NavigationModel[] Navigations(EntitySetModel source, EdmEntityType owner, IReadOnlyList<CompletedRelation> relations) =>
            [.. relations.Where(relation => models.ContainsKey(relation.Target)).Select(relation => AddNavigation(source, owner, models[relation.Target], relation))];
    }

    private static NavigationModel AddNavigation(EntitySetModel source, EdmEntityType owner, EntitySetModel target, CompletedRelation relation)
    {
        var constraint = relation.IsDependent ? Constraint(source, target, relation.On) : [];
        var edm = EdmNavigationProperty.CreateNavigationProperty(owner, new EdmNavigationPropertyInfo
        {
            Name = relation.Name,
            Target = target.EntityType,
            TargetMultiplicity = relation.IsCollection ? EdmMultiplicity.Many : relation.IsNullable ? EdmMultiplicity.ZeroOrOne : EdmMultiplicity.One,
            DependentProperties = constraint.Count == 0 ? null : constraint.Select(pair => pair.Source),
            PrincipalProperties = constraint.Count == 0 ? null : constraint.Select(pair => pair.Target),
        });
        owner.AddProperty(edm);
        source.Source.AddNavigationTarget(edm, target.Source);
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
            IsDependent = relation.IsDependent,
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
    IReadOnlyList<EdmComplexType> ComplexTypes, IReadOnlyList<EdmEnumType> EnumTypes, IReadOnlyList<OperationModel> Operations);
