using System.Globalization;
using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Host.Demo;

/// <summary>
/// The rows of the demo shop, some 50,000, the same on every machine and every database. Identities are left to the database, which counts from
/// 1 in a new table: the n-th row of a table is the one that others refer to as n.
/// </summary>
internal sealed class DemoRows
{
    private const int Suppliers = 120, Products = 2_600, Customers = 3_000, Addresses = 3_800, Orders = 6_000;

    // Any fixed seed does; Random keeps its sequence for a seed from release to release.
    private const int Seed = 20_240_229;
    private static readonly DateTimeOffset Opening = new(2023, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly (string Code, string Name, string Country, string Currency, bool Online)[] Stores =
    [
        ("AMS", "Amsterdam Canal House", "NL", "EUR", false),
        ("BER", "Berlin Courtyard", "DE", "EUR", false),
        ("ZRH", "Zürich Lakeside", "CH", "CHF", false),
        ("WEB", "Online Shop", "DE", "EUR", true),
    ];

    private readonly int[] _articles = new int[Products];
    private readonly decimal[] _euros = new decimal[Products];
    private readonly List<object?[]> _orders = new(Orders), _items = new(Orders * 3);

    public DemoRows()
    {
        var random = Draw(0);
        for (var product = 0; product < Products; product++)
        {
            _articles[product] = random.Next(DemoWords.Articles.Count);
            var article = DemoWords.Articles[_articles[product]];
            // Most things are nearer to the low end, and every price ends in 9.
            var spread = (decimal)Math.Pow(random.NextDouble(), 2);
            _euros[product] = decimal.Floor(article.LowPrice + (article.HighPrice - article.LowPrice) * spread) + 0.99m;
        }
        Order(Draw(1));
    }

    /// <summary>The rows as steps of <see cref="ProductTables"/>, each table after those that it refers to.</summary>
    public IEnumerable<TableChange> Inserts() =>
    [
        Insert(DemoTables.Category, ["parent_id", "name", "slug", "position", "is_visible"], CategoryRows()),
        Insert(DemoTables.Supplier, ["name", "country", "email", "rating", "lead_time_days"], SupplierRows()),
        Insert(DemoTables.Product,
            ["sku", "name", "description", "supplier_id", "weight", "ean", "is_active", "available_from", "external_id", "created_at", "updated_at"], ProductRows()),
        Insert(DemoTables.ProductCategory, ["product_id", "category_id"], ProductCategoryRows()),
        Insert(DemoTables.Store, ["code", "name", "country", "currency", "is_online"], Stores.Select(store => Row(store.Code, store.Name, store.Country, store.Currency, store.Online))),
        Insert(DemoTables.Price, ["product_id", "currency", "type", "amount", "valid_from", "valid_to"], PriceRows()),
        Insert(DemoTables.Stock, ["product_id", "store_id", "quantity", "reserved", "is_never_out_of_stock", "updated_at"], StockRows()),
        Insert(DemoTables.Customer,
            ["number", "first_name", "last_name", "email", "company", "date_of_birth", "accepts_newsletter", "created_at", "updated_at"], CustomerRows()),
        Insert(DemoTables.CustomerAddress, ["customer_id", "street", "postal_code", "city", "country", "is_default"], AddressRows()),
        Insert(DemoTables.SalesOrder,
            ["number", "customer_id", "store_id", "status", "currency", "total", "note", "ordered_at", "shipped_at", "created_at", "updated_at"], _orders),
        Insert(DemoTables.OrderItem, ["order_id", "line", "product_id", "quantity", "unit_price", "discount"], _items),
    ];

    private static TableChange.Insert Insert(TableSchema table, string[] columns, IEnumerable<IReadOnlyList<object?>> rows) => new(table, columns, rows);

    /// <summary>A sequence of its own for each table, so that a change to one leaves the rows of the others alone; begun anew whenever its rows are asked for.</summary>
    private static Random Draw(int table) => new(Seed + table);

    private static object?[] Row(params object?[] values) => values;

    private static IEnumerable<object?[]> CategoryRows()
    {
        foreach (var (index, name) in Departments.Index())
            yield return Row(null, name, Slug(name), index + 1, true);
        foreach (var (index, (department, name)) in Ranges.Index())
            yield return Row(Departments.IndexOf(department) + 1, name, Slug($"{department} {name}"), index + 1, true);
        foreach (var (index, article) in DemoWords.Articles.Index())
            yield return Row(RangeOf(article), article.Category, Slug($"{article.Department} {article.Category}"), index + 1, index % 17 != 16);
    }

    private static List<string> Departments { get; } = [.. DemoWords.Articles.Select(article => article.Department).Distinct()];
    private static List<(string Department, string Name)> Ranges { get; } = [.. DemoWords.Articles.Select(article => (article.Department, article.Range)).Distinct()];

    private static int RangeOf(DemoArticle article) => Departments.Count + Ranges.IndexOf((article.Department, article.Range)) + 1;

    private static int LeafOf(int article) => Departments.Count + Ranges.Count + article + 1;

    private static IEnumerable<object?[]> SupplierRows()
    {
        var random = Draw(2);
        for (var supplier = 0; supplier < Suppliers; supplier++)
        {
            var name = $"{DemoWords.LastNames[supplier % DemoWords.LastNames.Count]} {DemoWords.CompanyForms[supplier % 7 % DemoWords.CompanyForms.Count]}";
            yield return Row(
                name, Pick(random, DemoWords.Cities).Country, random.Next(8) == 0 ? null : $"orders@{Slug(name)}.example",
                random.Next(10) == 0 ? null : 1 + random.Next(41) / 10m, 1 + random.Next(30));
        }
    }

    private IEnumerable<object?[]> ProductRows()
    {
        var random = Draw(3);
        for (var product = 0; product < Products; product++)
        {
            var article = DemoWords.Articles[_articles[product]];
            var style = Pick(random, DemoWords.Styles);
            var name = random.Next(3) == 0 ? $"{style} {article.Name}" : $"{style} {article.Name} {Pick(random, DemoWords.Variants)}";
            var created = Opening.AddMinutes(random.Next(60 * 24 * 200));
            yield return Row(
                $"{article.Department[..2].ToUpperInvariant()}-{product + 1:00000}",
                name,
                random.Next(12) == 0 ? null : $"{name} from our {article.Range.ToLowerInvariant()} range. {Pick(random, DemoWords.Benefits)}",
                random.Next(25) == 0 ? null : 1 + random.Next(Suppliers),
                random.Next(20) == 0 ? null : decimal.Round((decimal)(article.Kilograms * (0.6 + random.NextDouble())), 3),
                random.Next(10) == 0 ? null : Ean(product),
                random.Next(15) != 0,
                random.Next(6) == 0 ? DateOnly.FromDateTime(created.UtcDateTime).AddDays(30 + random.Next(200)) : null,
                Identity(random),
                created,
                created.AddMinutes(random.Next(60 * 24 * 500)));
        }
    }

    private IEnumerable<object?[]> ProductCategoryRows()
    {
        var random = Draw(4);
        for (var product = 0; product < Products; product++)
        {
            yield return Row(product + 1, LeafOf(_articles[product]));
            if (random.Next(2) == 0)
                yield return Row(product + 1, RangeOf(DemoWords.Articles[_articles[product]]));
        }
    }

    private IEnumerable<object?[]> PriceRows()
    {
        var random = Draw(5);
        for (var product = 0; product < Products; product++)
        {
            var sale = random.Next(4) == 0 ? new DateOnly(2024, 1, 1).AddDays(random.Next(300)) : (DateOnly?)null;
            foreach (var currency in (string[])["EUR", "CHF"])
            {
                var regular = InCurrency(_euros[product], currency);
                yield return Row(product + 1, currency, "regular", regular, null, null);
                if (sale is { } from)
                    yield return Row(product + 1, currency, "sale", decimal.Floor(regular * 0.8m) + 0.99m, from, from.AddDays(14 + random.Next(30)));
            }
        }
    }

    private static IEnumerable<object?[]> StockRows()
    {
        var random = Draw(6);
        for (var product = 0; product < Products; product++)
            for (var store = 0; store < Stores.Length; store++)
            {
                var quantity = random.Next(8) == 0 ? 0 : random.Next(Stores[store].Online ? 400 : 60);
                yield return Row(
                    product + 1, store + 1, quantity, quantity == 0 ? 0 : random.Next(Math.Min(quantity, 6)), random.Next(40) == 0, Opening.AddMinutes(random.Next(60 * 24 * 700)));
            }
    }

    private static IEnumerable<object?[]> CustomerRows()
    {
        var random = Draw(7);
        for (var customer = 0; customer < Customers; customer++)
        {
            var (first, last) = (Pick(random, DemoWords.FirstNames), Pick(random, DemoWords.LastNames));
            var created = Opening.AddMinutes(random.Next(60 * 24 * 600));
            yield return Row(
                $"C{customer + 1:000000}", first, last, $"{Slug($"{first} {last}")}.{customer + 1}@mail.example",
                random.Next(5) == 0 ? $"{last} {Pick(random, DemoWords.CompanyForms)}" : null,
                random.Next(4) == 0 ? null : new DateOnly(1950, 1, 1).AddDays(random.Next(365 * 55)),
                random.Next(3) == 0, created, created.AddMinutes(random.Next(60 * 24 * 100)));
        }
    }

    private static IEnumerable<object?[]> AddressRows()
    {
        var random = Draw(8);
        for (var address = 0; address < Addresses; address++)
        {
            var (city, country) = Pick(random, DemoWords.Cities);
            yield return Row(
                address < Customers ? address + 1 : 1 + random.Next(Customers), $"{Pick(random, DemoWords.Streets)} {1 + random.Next(180)}",
                random.Next(1_000, 100_000).ToString(CultureInfo.InvariantCulture), city, country, address < Customers);
        }
    }

    /// <summary>Orders and items together: an order's total is the sum of its items.</summary>
    private void Order(Random random)
    {
        for (var order = 0; order < Orders; order++)
        {
            var store = random.Next(2) == 0 ? Stores.Length - 1 : random.Next(Stores.Length);
            var currency = Stores[store].Currency;
            var total = 0m;
            var lines = 1 + random.Next(4);
            for (var line = 1; line <= lines; line++)
            {
                var product = random.Next(Products);
                var quantity = 1 + (random.Next(3) == 0 ? random.Next(5) : 0);
                var price = InCurrency(_euros[product], currency);
                var discount = random.Next(9) == 0 ? decimal.Round(price * quantity / 10, 2) : (decimal?)null;
                _items.Add(Row(order + 1, line, product + 1, quantity, price, discount));
                total += price * quantity - (discount ?? 0);
            }
            var ordered = Opening.AddMinutes(60 * 24 * 30 + order * 140L + random.Next(140)).AddSeconds(random.Next(60));
            // The last orders are still on their way.
            var status = order > Orders - 300 ? random.Next(4) : random.Next(12) == 0 ? 5 : 3 + random.Next(2);
            var shipped = status is 3 or 4 ? ordered.AddHours(6 + random.Next(90)) : (DateTimeOffset?)null;
            _orders.Add(Row(
                $"{ordered.Year}-{order + 1:000000}", 1 + random.Next(Customers), store + 1, DemoTables.OrderStatuses[status], currency, total,
                random.Next(20) == 0 ? Pick(random, DemoWords.Notes) : null, ordered, shipped, ordered, shipped ?? ordered.AddMinutes(random.Next(600))));
        }
    }

    private static decimal InCurrency(decimal euros, string currency) => currency == "CHF" ? decimal.Floor(euros * 1.1m) + 0.90m : euros;

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static Guid Identity(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        // Version 4, variant 1: what tools that look closely expect of a random one.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Ean(int product)
    {
        // 200 to 299 are the prefixes for numbers that are valid within one shop only.
        var digits = string.Create(CultureInfo.InvariantCulture, $"200{product + 1:000000000}");
        var sum = digits.Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 1 : 3)).Sum();
        return digits + ((10 - sum % 10) % 10).ToString(CultureInfo.InvariantCulture);
    }

    private static string Slug(string name)
    {
        var slug = new System.Text.StringBuilder(name.Length);
        foreach (var character in name.Normalize(System.Text.NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(character))
                slug.Append(char.ToLowerInvariant(character));
            else if (character == 'ø')
                slug.Append('o');
            else if (character == ' ' && slug.Length > 0)
                slug.Append('-');
        }
        return slug.ToString();
    }
}
