namespace BackendApi.Host.Demo;

/// <summary>A leaf of the category tree and the articles that it holds.</summary>
internal sealed record DemoArticle(string Department, string Range, string Category, string Name, decimal LowPrice, decimal HighPrice, double Kilograms);

/// <summary>The words from which the demo shop makes its names.</summary>
internal static class DemoWords
{
    public static readonly IReadOnlyList<DemoArticle> Articles =
    [
        .. Range("Kitchen", "Cookware", ("Pans", "Pan", 19, 129, 1.4), ("Pots", "Pot", 25, 189, 2.1), ("Kettles", "Kettle", 24, 99, 1.2)),
        .. Range("Kitchen", "Tableware", ("Plates", "Plate", 6, 39, 0.5), ("Bowls", "Bowl", 7, 49, 0.6), ("Mugs", "Mug", 8, 29, 0.4)),
        .. Range("Kitchen", "Cutlery", ("Knives", "Knife", 15, 219, 0.3), ("Spoons", "Spoon", 4, 29, 0.1), ("Cutting Boards", "Cutting Board", 14, 89, 1.1)),
        .. Range("Kitchen", "Storage", ("Jars", "Jar", 5, 35, 0.7), ("Lunch Boxes", "Lunch Box", 12, 45, 0.4), ("Bottles", "Bottle", 11, 49, 0.3)),
        .. Range("Living", "Seating", ("Chairs", "Chair", 79, 649, 7.5), ("Stools", "Stool", 39, 249, 4.2), ("Benches", "Bench", 119, 799, 14.0)),
        .. Range("Living", "Tables", ("Desks", "Desk", 149, 1199, 28.0), ("Side Tables", "Side Table", 49, 349, 6.5), ("Shelves", "Shelf", 29, 459, 9.0)),
        .. Range("Living", "Textiles", ("Blankets", "Blanket", 29, 199, 1.3), ("Cushions", "Cushion", 15, 89, 0.6), ("Rugs", "Rug", 59, 899, 6.0)),
        .. Range("Living", "Lighting", ("Floor Lamps", "Floor Lamp", 69, 499, 5.0), ("Desk Lamps", "Desk Lamp", 35, 249, 1.8), ("Lanterns", "Lantern", 19, 119, 1.1)),
        .. Range("Outdoor", "Camping", ("Tents", "Tent", 99, 899, 3.6), ("Sleeping Bags", "Sleeping Bag", 59, 399, 1.5), ("Stoves", "Stove", 35, 199, 0.8)),
        .. Range("Outdoor", "Bags", ("Backpacks", "Backpack", 49, 329, 1.3), ("Duffels", "Duffel", 45, 249, 1.1), ("Pouches", "Pouch", 9, 59, 0.2)),
        .. Range("Outdoor", "Garden", ("Planters", "Planter", 14, 189, 3.2), ("Watering Cans", "Watering Can", 17, 79, 0.9), ("Shears", "Shears", 19, 119, 0.7)),
        .. Range("Outdoor", "Cycling", ("Helmets", "Helmet", 39, 279, 0.3), ("Pumps", "Pump", 15, 99, 0.5), ("Panniers", "Pannier", 49, 219, 1.0)),
        .. Range("Office", "Paper", ("Notebooks", "Notebook", 5, 39, 0.3), ("Calendars", "Calendar", 9, 35, 0.2), ("Envelopes", "Envelope", 3, 19, 0.2)),
        .. Range("Office", "Writing", ("Pens", "Pen", 2, 149, 0.1), ("Pencils", "Pencil", 1, 25, 0.1), ("Markers", "Marker", 3, 29, 0.1)),
        .. Range("Office", "Organisers", ("Trays", "Tray", 9, 69, 0.8), ("Folders", "Folder", 4, 29, 0.3), ("Baskets", "Basket", 12, 79, 0.9)),
        .. Range("Workshop", "Hand Tools", ("Hammers", "Hammer", 12, 89, 0.9), ("Screwdrivers", "Screwdriver", 5, 59, 0.2), ("Pliers", "Pliers", 9, 79, 0.4)),
        .. Range("Workshop", "Measuring", ("Rulers", "Ruler", 3, 39, 0.1), ("Levels", "Level", 14, 129, 0.6), ("Callipers", "Calliper", 19, 199, 0.3)),
        .. Range("Workshop", "Wear", ("Aprons", "Apron", 19, 119, 0.5), ("Gloves", "Gloves", 6, 49, 0.2), ("Goggles", "Goggles", 8, 69, 0.2)),
    ];

    public static readonly IReadOnlyList<string> Styles =
    [
        "Alpine", "Amber", "Aurora", "Birch", "Cedar", "Coastal", "Compact", "Copenhagen", "Dune", "Ember", "Fjord", "Forest", "Harbour", "Heritage", "Indigo",
        "Juniper", "Kyoto", "Linden", "Lunar", "Maple", "Meadow", "Mistral", "Moss", "Nordic", "Oslo", "Pebble", "Porto", "Prairie", "Quarry", "Riva", "Saffron",
        "Sienna", "Slate", "Solstice", "Tundra", "Umbra", "Verano", "Willow", "Yukon", "Zephyr",
    ];

    public static readonly IReadOnlyList<string> Variants =
        ["Classic", "Mini", "Large", "Pro", "Light", "Double", "Round", "Tall", "Slim", "Set of Two", "Travel", "Studio"];

    public static readonly IReadOnlyList<string> Benefits =
    [
        "Made to last, easy to repair.", "Finished by hand in small batches.", "Light enough to take along.", "Wipes clean with a damp cloth.",
        "Comes in recycled packaging.", "Fits most standard accessories.", "Spare parts are available for ten years.", "Tested for daily use.",
    ];

    public static readonly IReadOnlyList<string> FirstNames =
    [
        "Ada", "Aisha", "Alma", "Amir", "Anna", "Ben", "Björn", "Carla", "Chloé", "Daniel", "Elena", "Emil", "Fatima", "Felix", "Finn", "Grace", "Hana", "Hugo", "Ida",
        "Ingrid", "Ivan", "Jakub", "Jana", "Jonas", "José", "Julia", "Kai", "Karim", "Lea", "Leon", "Lina", "Luca", "Maja", "Marco", "Maria", "Mateo", "Mila", "Nadia",
        "Nina", "Noah", "Olga", "Omar", "Oskar", "Paula", "Pierre", "Rosa", "Samuel", "Sara", "Sofia", "Søren", "Tara", "Theo", "Uma", "Vera", "Viktor", "Wanda", "Yara", "Zoë",
    ];

    public static readonly IReadOnlyList<string> LastNames =
    [
        "Abreu", "Almeida", "Andersen", "Bauer", "Becker", "Bianchi", "Bonnet", "Bruun", "Costa", "Dubois", "Dvořák", "Eriksson", "Fischer", "Garcia", "Haas", "Hansen",
        "Horvat", "Jansen", "Johansson", "Kaya", "Keller", "Kowalski", "Kruse", "Larsen", "Laurent", "Lindqvist", "Lopez", "Maier", "Martin", "Meyer", "Moreau", "Müller",
        "Nagy", "Nielsen", "Novak", "O'Brien", "Olsen", "Peeters", "Petrov", "Popescu", "Ricci", "Romano", "Rossi", "Roth", "Sanchez", "Schmidt", "Silva", "Smit", "Sørensen",
        "Tanaka", "Torres", "Urban", "van Dijk", "Vasile", "Virtanen", "Weber", "Wagner", "Wójcik", "Yilmaz", "Zimmer",
    ];

    public static readonly IReadOnlyList<string> Streets =
        ["Bridge Street", "Church Lane", "Garden Road", "Harbour Street", "High Street", "Lime Avenue", "Market Square", "Mill Road", "Oak Street", "Park Avenue", "School Lane", "Station Road"];

    public static readonly IReadOnlyList<(string City, string Country)> Cities =
    [
        ("Amsterdam", "NL"), ("Utrecht", "NL"), ("Berlin", "DE"), ("Hamburg", "DE"), ("Köln", "DE"), ("Leipzig", "DE"), ("Vienna", "AT"), ("Graz", "AT"), ("Zürich", "CH"),
        ("Geneva", "CH"), ("Paris", "FR"), ("Lyon", "FR"), ("Lille", "FR"), ("Copenhagen", "DK"), ("Aarhus", "DK"), ("Stockholm", "SE"), ("Malmö", "SE"), ("Prague", "CZ"),
    ];

    public static readonly IReadOnlyList<string> CompanyForms = ["Trading", "Design", "Supplies", "Works", "Studio", "Partners"];

    public static readonly IReadOnlyList<string> Notes =
        ["Please ring twice.", "Leave with the neighbour.", "Gift: no invoice in the parcel.", "Deliver after 5 pm.", "Call before delivery.", "Fragile, handle with care."];

    private static IEnumerable<DemoArticle> Range(
        string department, string range, params (string Category, string Name, int Low, int High, double Kilograms)[] articles) =>
        articles.Select(article => new DemoArticle(department, range, article.Category, article.Name, article.Low, article.High, article.Kilograms));
}
