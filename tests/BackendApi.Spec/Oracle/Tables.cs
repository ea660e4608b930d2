using System.Globalization;
using System.Text.Json;
using BackendApi.Model;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <param name="IsSmall">Its values can be calculated with, several times over, and nothing overflows or is rounded.</param>
/// <param name="Folds">Its letters have one partner of the other case, in every table of characters.</param>
internal sealed record Property(string Name, Kind Kind, bool IsNullable = true, bool IsSmall = false, bool Folds = false);

internal sealed record Navigation(string Name, Entity Target, bool IsMany, string From, string To);

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

    public IReadOnlyList<Row> Follow(string navigation) => _links[navigation];

    public void Link(string navigation, IReadOnlyList<Row> targets) => _links[navigation] = targets;
}

/// <summary>Places in places, items there, and notes on them: a column for each kind of value, and rows of a fixed seed with everything that is awkward.</summary>
internal static class Tables
{
    private const int Seed = 4_011;

    public static readonly string[] Colours = ["Red", "Green", "DarkBlue"];

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
    ]);

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
        ];
        Item.Navigations = [new("Place", Place, false, "PlaceId", "Id"), new("Notes", Note, true, "Id", "ItemId")];
        Note.Navigations = [new("Item", Item, false, "ItemId", "Id"), new("Place", Place, false, "PlaceId", "Id")];
    }

    public static IReadOnlyList<Entity> Entities => [Place, Item, Note];

    /// <summary>With their rows, in an order in which every foreign key finds its target.</summary>
    public static IReadOnlyList<(TableSchema Table, object?[][] Rows)> Filled()
    {
        var random = new Random(Seed);
        var places = Rows(Place, 14, random, (row, i) => { row["Id"] = i + 1; row["ParentId"] = i < 2 || i % 5 == 0 ? null : random.Next(1, i + 1); });
        var items = Rows(Item, 60, random, (row, i) => { row["Id"] = i == 59 ? long.MaxValue : i * 3L - 6; row["PlaceId"] = i % 9 == 0 ? null : random.Next(1, 12); });
        var notes = Rows(Note, 110, random, (row, i) => { row["ItemId"] = i % 2 == 0 ? 0L : items[i / 3]["Id"]; row["No"] = i; row["PlaceId"] = i % 7 == 0 ? null : random.Next(1, 15); });
        return [Table(Place, places), Table(Item, items), Table(Note, notes)];
    }

    public static string Definitions => JsonSerializer.Serialize(Entities.Select(entity => new
    {
        alias = entity.Set.ToLowerInvariant(),
        table = Name(entity.Set),
        search = entity.Properties.Where(property => property.Kind == Kind.String).Select(property => Name(property.Name)),
        fields = entity.Properties.Select(property => property.Kind == Kind.Enum
            ? (object)new { column = Name(property.Name), name = property.Name, type = "enum", members = Colours.Select(colour => new { name = colour }) }
            : new { column = Name(property.Name), name = property.Name }),
        relations = entity.Navigations.Select(navigation => new
        {
            name = navigation.Name,
            target = navigation.Target.Set.ToLowerInvariant(),
            multiplicity = navigation.IsMany ? "many" : "one",
            on = new[] { new { column = Name(navigation.From), targetColumn = Name(navigation.To) } },
        }),
    }));

    private static string Name(string name) => "o_" + name.ToLowerInvariant();

    private static (TableSchema, object?[][]) Table(Entity entity, List<Dictionary<string, object?>> rows) =>
        (new(new(null, Name(entity.Set)),
            [.. entity.Properties.Select(property => new ColumnSchema(Name(property.Name), Type(property), property.IsNullable))],
            [.. entity.Key.Select(Name)], [],
            [.. entity.Navigations.Where(navigation => !navigation.IsMany).Select(navigation => new ForeignKey(
                $"fk_{Name(entity.Set)}_{Name(navigation.Name)}", [Name(navigation.From)], new(null, Name(navigation.Target.Set)), [Name(navigation.To)]))]),
        [.. rows.Select(row => entity.Properties.Select(property => row[property.Name]).ToArray())]);

    private static ColumnType Type(Property property) => property.Kind switch
    {
        Kind.String => new(Kind.String, "", property.Folds ? 20 : 250),
        Kind.Enum => new(Kind.String, "", 20),
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

/// <summary>Values that tie, that are the least and the greatest, and that other tables of characters or calendars stumble over.</summary>
internal static class Values
{
    private static readonly string[] Texts =
    [
        "", " ", "  x ", "ab", "ab ", " ab", "Ada", "ada", "ADA", "Äpfel", "äpfel", "e\u0301", "\u00e9", "Straße", "日本語", "😀", "a😀b", "😀😀", "\uffee", "\ue000", "O'Neil", "''", "50%", "a_b", "[a]",
        "tab\there", "line\nbreak\r", "back\\slash", "\"quoted\"", "x&y=z;w,v", "a+b/c", "null", "0", "#", "(a)", "{b}", new string('z', 200),
    ];

    private static readonly string[] Codes = ["", "A", "a", "AbC", "abc", "ABC", "äöü", "ÄÖÜ", "Éa", "éA", "x1 ", " X1", "zz", "a-b"];
    private static readonly int[] Integers = [int.MinValue, int.MinValue + 1, -100, -1, 0, 1, 2, 5, 7, 1_000_000, int.MaxValue - 1, int.MaxValue];
    private static readonly long[] Longs = [long.MinValue, long.MinValue + 1, -9_007_199_254_740_993, -1, 0, 1, 42, 9_007_199_254_740_992, 9_007_199_254_740_993, long.MaxValue - 1, long.MaxValue];
    /// <summary>Fifteen digits: as many as a number keeps in SQLite.</summary>
    private static readonly decimal[] Decimals =
        [-99_999_999_999.9999m, -1234.5678m, -0.5m, -0.0001m, 0m, 0.0001m, 0.5m, 1.5m, 2.5m, 19.99m, 20m, 10_000_000_000.0001m, 99_999_999_999.9998m, 99_999_999_999.9999m];
    private static readonly decimal[] Prices = [-9.99m, -0.5m, 0m, 0.01m, 0.5m, 1m, 1.5m, 2.5m, 19.99m, 20m, 100m, 9999.99m];
    private static readonly double[] Doubles = [-double.MaxValue, -1e300, -2.5, -0.1, 0, 4.9e-324, 1e-300, 0.1, 0.3, 0.5, 1.5, 2.5, 1e15 + 0.5, 4_503_599_627_370_497, 9_007_199_254_740_991, 1e22, double.MaxValue];
    private static readonly string[] Days = ["0001-01-01", "0001-12-31", "1582-10-10", "1900-02-28", "1970-01-01", "2000-02-29", "2023-12-31", "2024-02-29", "2024-03-01", "9999-12-30", "9999-12-31"];
    private static readonly string[] Clocks = ["00:00:00", "00:00:00.000001", "00:00:01", "07:08:09.5", "12:00:00", "12:00:00.123456", "23:59:59", "23:59:59.999999"];
    private static readonly string[] Spans = ["-00:00:00.000001", "00:00:00", "00:00:00.000001", "00:00:01", "01:30:00", "23:59:59.999999", "1.00:00:00", "-1.12:00:00", "400.05:06:07.008", "-2.00:00:00.5", "30.00:00:00"];
    private static readonly Guid[] Guids = [Guid.Empty, new("00000000-0000-0000-0000-000000000001"), new("abcdefab-cdef-abcd-efab-cdefabcdefab"), new("ffffffff-ffff-ffff-ffff-ffffffffffff")];

    public static object Any(Property property, Random random) => property.Kind switch
    {
        Kind.String => (property.Folds ? Codes : Texts).Any(random),
        Kind.Enum => Tables.Colours.Any(random),
        Kind.Int32 when property.IsSmall => random.Next(-6, 12),
        Kind.Int32 => Integers.Any(random),
        Kind.Int64 => Longs.Any(random),
        Kind.Decimal => (property.IsSmall ? Prices : Decimals).Any(random),
        Kind.Double when property.IsSmall => random.Next(-12, 12) / 4.0,
        Kind.Double => Doubles.Any(random),
        Kind.Boolean => random.Next(2) == 0,
        Kind.Date => DateOnly.Parse(Days.Any(random), CultureInfo.InvariantCulture),
        Kind.TimeOfDay => TimeOnly.Parse(Clocks.Any(random), CultureInfo.InvariantCulture),
        Kind.DateTimeOffset => DateTimeOffset.Parse($"{Days.Any(random)}T{Clocks.Any(random)}Z", CultureInfo.InvariantCulture),
        Kind.Duration => TimeSpan.Parse(Spans.Any(random), CultureInfo.InvariantCulture),
        Kind.Guid => Guids.Any(random),
        var kind => throw new ArgumentOutOfRangeException(nameof(property), kind, null),
    };

    public static T Any<T>(this IReadOnlyList<T> values, Random random) => values[random.Next(values.Count)];
}
