using System.Globalization;
using System.Text.Json;
using BackendApi.Model;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <param name="IsSmall">Its values can be calculated with, several times over, and nothing overflows or is rounded.</param>
/// <param name="Name">As expressions name it: behind a complex property, or a cast to the derived type that has it.</param>
/// <param name="Folds">Its letters have one partner of the other case, in every table of characters.</param>
/// <param name="Items">The kind of a collection's items, which is stored as <see cref="Kind.Json"/>.</param>
/// <param name="Type">The derived type that has it; null for a property of all.</param>
/// <param name="IsOptional">Left out of rows that have none.</param>
internal sealed record Property(
    string Name, Kind Kind, bool IsNullable = true, bool IsSmall = false, bool Folds = false, bool IsFlags = false, Kind? Items = null, string? Type = null, bool IsOptional = false);

/// <param name="Name">With the cast behind it, if there is one.</param>
internal sealed record Navigation(string Name, Entity Target, bool IsMany, string From, string To)
{
    /// <summary>What answers call it.</summary>
    public string Member => Name.Split('/')[0];
}

/// <summary>A set, its table, and what leads on from it.</summary>
internal sealed class Entity(string set, IReadOnlyList<string> key, IReadOnlyList<Property> properties)
{
    public string Set { get; } = set;
    public IReadOnlyList<string> Key { get; } = key;
    public IReadOnlyList<Property> Properties { get; } = properties;
    public IReadOnlyList<Navigation> Navigations { get; set; } = [];

    public Property Property(string name) => Properties.First(property => property.Name == name);
}

/// <summary>An entity as it was downloaded, or a row of an aggregation.</summary>
internal sealed class Row(IReadOnlyDictionary<string, object?> values)
{
    private readonly Dictionary<string, IReadOnlyList<Row>> _links = [];

    public object? this[string property] => values[property];

    /// <summary>This row and what it leads to, with more properties.</summary>
    public Row With(IEnumerable<(string Name, object? Value)> more)
    {
        var row = new Row(values.Concat(more.Select(one => KeyValuePair.Create(one.Name, one.Value))).ToDictionary());
        foreach (var (navigation, targets) in _links)
            row.Link(navigation, targets);
        return row;
    }

    public IReadOnlyList<Row> Follow(string navigation) => _links[navigation];

    public void Link(string navigation, IReadOnlyList<Row> targets) => _links[navigation] = targets;
}

/// <summary>Places in places, items there, and notes on them: a column for each kind of value, and rows of a fixed seed with everything that is awkward.</summary>
internal static class Tables
{
    private const int Seed = 4_011;

    public const string GemType = "BackendApi.Gem";
    /// <summary>The property that tells the derived type, and what it says of a gem.</summary>
    public const string Sort = "Sort", OfGems = "gem";

    public static readonly string[] Colours = ["Red", "Green", "DarkBlue"];
    public static readonly string[] Finishes = ["Oiled", "Waxed", "Cut", "Set"];

    private static readonly Entity Place = new("Places", ["Id"],
    [
        new("Id", Kind.Int32, IsNullable: false), new("ParentId", Kind.Int32), new("Name", Kind.String), new("Code", Kind.String, Folds: true), new("Size", Kind.Int32, IsSmall: true),
        new("Open", Kind.Boolean), new("Since", Kind.Date), new("Opens", Kind.TimeOfDay), new("Rent", Kind.Decimal),
    ]);

    private static readonly Entity Item = new("Items", ["Id"],
    [
        new("Id", Kind.Int64, IsNullable: false), new("PlaceId", Kind.Int32), new("Title", Kind.String), new("Code", Kind.String, Folds: true), new("Colour", Kind.Enum),
        new("Number", Kind.Int32), new("Big", Kind.Int64), new("Amount", Kind.Decimal), new("Ratio", Kind.Double),
        new("Quantity", Kind.Int32, IsSmall: true), new("Price", Kind.Decimal, IsSmall: true), new("Weight", Kind.Double, IsSmall: true),
        new("Flag", Kind.Boolean), new("Sure", Kind.Boolean, IsNullable: false), new("Day", Kind.Date), new("At", Kind.DateTimeOffset), new("Time", Kind.TimeOfDay),
        new("Span", Kind.Duration), new("Token", Kind.Guid),
        new(Sort, Kind.String, IsNullable: false), new("Finish", Kind.Enum, IsFlags: true), new("Spot/Shelf", Kind.String, Folds: true), new("Spot/Row", Kind.Int32, IsSmall: true),
        new("Tags", Kind.Json, Items: Kind.String), new("Marks", Kind.Json, Items: Kind.Int32),
        new($"{GemType}/Carat", Kind.Int32, IsSmall: true, Type: GemType, IsOptional: true), new($"{GemType}/Shape", Kind.String, Type: GemType, IsOptional: true),
    ]);

    /// <summary>Items of the derived type, whose own properties need no cast.</summary>
    private static readonly Entity Gem = new($"Items/{GemType}", Item.Key, [.. Item.Properties.Select(property => property.Type is null ? property : property with { Name = Plain(property), IsOptional = false })]);

    private static readonly Entity Note = new("Notes", ["ItemId", "No"],
    [
        new("ItemId", Kind.Int64, IsNullable: false), new("No", Kind.Int32, IsNullable: false, IsSmall: true), new("PlaceId", Kind.Int32), new("Text", Kind.String), new("Code", Kind.String, Folds: true),
        new("Score", Kind.Int32, IsSmall: true), new("Cost", Kind.Decimal, IsSmall: true), new("At", Kind.DateTimeOffset), new("Flag", Kind.Boolean),
    ]);

    static Tables()
    {
        Place.Navigations =
        [
            new("Parent", Place, false, "ParentId", "Id"), new("Children", Place, true, "Id", "ParentId"), new("Items", Item, true, "Id", "PlaceId"), new("Notes", Note, true, "Id", "PlaceId"),
            new($"Items/{GemType}", Gem, true, "Id", "PlaceId"),
        ];
        Item.Navigations = [new("Place", Place, false, "PlaceId", "Id"), new("Notes", Note, true, "Id", "ItemId")];
        Gem.Navigations = Item.Navigations;
        Note.Navigations = [new("Item", Item, false, "ItemId", "Id"), new("Place", Place, false, "PlaceId", "Id"), new($"Item/{GemType}", Gem, false, "ItemId", "Id")];
    }

    /// <summary>Those with a table.</summary>
    public static IReadOnlyList<Entity> Entities => [Place, Item, Note];

    /// <summary>What queries are about, with the entity whose table holds it.</summary>
    public static IReadOnlyList<(Entity Asked, Entity Stored)> Asked => [(Place, Place), (Item, Item), (Note, Note), (Item, Item), (Gem, Item)];

    public static bool IsGem(Row row) => row[Sort] is OfGems;

    /// <summary>What an item's values are for its own type: without those of a derived type that it has not, and with those under the names that the type itself gives them.</summary>
    public static Row Meant(Entity entity, IReadOnlyDictionary<string, object?> values)
    {
        var isGem = entity == Item && values[Sort] is OfGems;
        var meant = new Dictionary<string, object?>();
        foreach (var property in entity.Properties)
        {
            var value = property.Type is null || isGem ? values[property.Name] : null;
            meant[property.Name] = meant[Plain(property)] = property.Items is null ? value : value ?? new List<object?>();
        }
        return new(meant);
    }

    /// <summary>With their rows, in an order in which every foreign key finds its target.</summary>
    public static IReadOnlyList<(TableSchema Table, object?[][] Rows)> Filled() => [.. Entities.Zip(Rows(), Table)];

    /// <summary>The values of each table's columns, by the names of their properties.</summary>
    public static IReadOnlyList<List<Dictionary<string, object?>>> Rows()
    {
        var random = new Random(Seed);
        var places = Rows(Place, 14, random, (row, i) => { row["Id"] = i + 1; row["ParentId"] = i < 2 || i % 5 == 0 ? null : random.Next(1, i + 1); });
        var items = Rows(Item, 60, random, (row, i) => { row["Id"] = i == 59 ? long.MaxValue : i * 3L - 6; row["PlaceId"] = i % 9 == 0 ? null : random.Next(1, 12); row[Sort] = random.Next(3) switch { 0 => OfGems, 1 => "ore", _ => "" }; });
        var notes = Rows(Note, 110, random, (row, i) => { row["ItemId"] = i % 2 == 0 ? 0L : items[i / 3]["Id"]; row["No"] = i; row["PlaceId"] = i % 7 == 0 ? null : random.Next(1, 15); });
        return [places, items, notes];
    }

    public static string Definitions => JsonSerializer.Serialize(Entities.Select(entity => new
    {
        alias = entity.Set.ToLowerInvariant(),
        table = Name(entity.Set),
        search = entity.Properties.Where(Search.Covers).Select(property => Name(property.Name)),
        fields = entity.Properties.Where(property => property.Type is null).Select(Field),
        relations = entity.Navigations.Where(navigation => navigation.Target != Gem).Select(navigation => new
        {
            name = navigation.Name,
            target = navigation.Target.Set.ToLowerInvariant(),
            multiplicity = navigation.IsMany ? "many" : "one",
            on = new[] { new { column = Name(navigation.From), targetColumn = Name(navigation.To) } },
        }),
        derived = entity == Item ? new[] { new { name = "Gem", column = Name(Sort), value = OfGems, fields = entity.Properties.Where(property => property.Type is not null).Select(Field) } } : [],
    }));

    private static object Field(Property property) => property switch
    {
        { Kind: Kind.Enum } => new { column = Name(property.Name), name = property.Name, type = "enum", isFlags = property.IsFlags, members = (property.IsFlags ? Finishes : Colours).Select(member => new { name = member }) },
        { Items: { } items } => new { column = Name(property.Name), name = property.Name, type = $"collection({FieldTypes.NameOf(items)})" },
        _ => new { column = Name(property.Name), name = Plain(property) },
    };

    /// <summary>Without the cast.</summary>
    private static string Plain(Property property) => property.Type is null ? property.Name : property.Name.Split('/')[^1];

    private static string Name(string name) => "o_" + name.ToLowerInvariant().Replace('/', '_').Replace('.', '_');

    private static (TableSchema, object?[][]) Table(Entity entity, List<Dictionary<string, object?>> rows) =>
        (new(new(null, Name(entity.Set)),
            [.. entity.Properties.Select(property => new ColumnSchema(Name(property.Name), Type(property), property.IsNullable))],
            [.. entity.Key.Select(Name)], [],
            [.. entity.Navigations.Where(navigation => !navigation.IsMany && navigation.Target != Gem).Select(navigation => new ForeignKey(
                $"fk_{Name(entity.Set)}_{Name(navigation.Name)}", [Name(navigation.From)], new(null, Name(navigation.Target.Set)), [Name(navigation.To)]))]),
        [.. rows.Select(row => entity.Properties.Select(property => property.Items is not null && row[property.Name] is { } items ? JsonSerializer.Serialize(items) : row[property.Name]).ToArray())]);

    private static ColumnType Type(Property property) => property.Kind switch
    {
        Kind.String => new(Kind.String, "", property.Folds ? 20 : 250),
        Kind.Enum => new(Kind.String, "", 40),
        Kind.Decimal when property.IsSmall => new(Kind.Decimal, "", null, 10, 2),
        Kind.Decimal => new(Kind.Decimal, "", null, 19, 4),
        var kind => new(kind, ""),
    };

    private static List<Dictionary<string, object?>> Rows(Entity entity, int count, Random random, Action<Dictionary<string, object?>, int> keys)
    {
        var rows = new List<Dictionary<string, object?>>();
        for (var i = 0; i < count; i++)
        {
            var row = entity.Properties.ToDictionary(property => property.Name, property => property.IsNullable && random.Next(5) == 0 ? null : (object?)Values.Any(property, random));
            keys(row, i);
            rows.Add(row);
        }
        return rows;
    }
}
