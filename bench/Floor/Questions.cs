using Microsoft.Extensions.Primitives;

namespace BackendApi.Bench.Floor;

/// <summary>The questions; each answers with the bytes of the OData answer.</summary>
internal abstract class Questions
{
    /// <summary>Rows of a page of an export, and of every other page.</summary>
    protected const int ExportPage = 1000, Page = 100;

    public const string OrderColumns = "id, customer_id, status, currency, total, is_paid, placed_at, note";

    /// <summary>100 orders of one status above an amount, in order of their keys.</summary>
    public abstract Task PageAsync(HttpContext http, string status, decimal above);

    public abstract Task ByKeyAsync(HttpContext http, int id);

    /// <summary>100 orders after a key, each with its items.</summary>
    public abstract Task WithItemsAsync(HttpContext http, int after);

    /// <summary>1,000 rows after a key, and a link to the next ones.</summary>
    public abstract Task ExportAsync(HttpContext http, string table, int after);

    /// <summary>20 customers after a key, each with its orders, each with its items.</summary>
    public abstract Task TwoLevelsAsync(HttpContext http, int after);

    /// <summary>One of the <see cref="Listings"/>. A page that is followed by another ends with a link, whatever it says.</summary>
    public abstract Task ListAsync(HttpContext http, string name, StringValues values);
}
