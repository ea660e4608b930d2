using System.Collections.Frozen;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>
/// <c>$crossjoin(A,B)</c> (URL Conventions 4.15). A row of it is planned as an entity without properties of its own, whose navigation properties
/// are the joined sets: then filter, order and expansion are those of any entity.
/// </summary>
internal static class CrossJoin
{
    public static Scope Of(ModelSnapshot model, PathSegment.CrossJoin join, SourceNumbers numbers)
    {
        var sets = join.Sets.Select(set => model.EntitySets[set.Name]).ToList();
        var row = Row(sets, (IEdmComplexType)join.Type.ElementType().Definition);
        var entities = sets.Select(set => new Entity(set, numbers.Next(set))).ToList();
        var scope = new Scope(row, entities[0].Source, numbers);
        scope.CrossJoin([.. row.Navigations.Zip(entities)]);
        return scope;
    }

    private static EntitySetModel Row(List<EntitySetModel> sets, IEdmComplexType type)
    {
        var entityType = new EdmEntityType("Edm", "ComplexType");
        var name = $"$crossjoin({string.Join(',', sets.Select(set => set.Name))})";
        var row = new EntitySetModel
        {
            Name = name, Alias = name, Definition = sets[0].Definition, Table = sets[0].Table, EntityType = entityType,
            Source = new EdmEntitySet(new EdmEntityContainer("Edm", "CrossJoin"), name, entityType),
            Members = Structure.Empty, PropertiesByName = FrozenDictionary<string, PropertyModel>.Empty, Key = [], AlternateKeys = [], Search = [],
        };
        row.Navigations = [.. sets.Select(set => new NavigationModel
        {
            Name = set.Name, Alias = set.Alias, Source = row, Target = set, IsCollection = false, IsNullable = false, On = [],
            Edm = (IEdmNavigationProperty)type.FindProperty(set.Name),
            JsonName = JsonEncodedText.Encode(set.Name), JsonAlias = JsonEncodedText.Encode(set.Alias),
        })];
        row.NavigationsByName = row.Navigations.ToFrozenDictionary(navigation => navigation.Name);
        return row;
    }
}
