using BackendApi.Plan;

namespace BackendApi.Sql;

/// <summary>The statements that answer a plan of rows.</summary>
internal static class ReadStatements
{
    /// <summary>The rows after <see cref="RowsPlan.After"/>, at most <paramref name="take"/>.</summary>
    public static Select Rows(RowsPlan plan, long? take) => new()
    {
        Columns = plan.Columns,
        From = plan.From,
        Joins = plan.Joins,
        Where = plan.After is null ? plan.Where : Condition.Both(plan.Where, Paging.After(plan.OrderBy, plan.After)),
        OrderBy = plan.OrderBy,
        Skip = plan.Skip,
        Take = take,
    };

    /// <summary>The number of all rows: without paging, <c>$top</c> and <c>$skip</c> (Protocol 11.2.6.5).</summary>
    public static Select Count(RowsPlan plan) => new()
    {
        Columns = [],
        From = plan.From,
        Joins = plan.Joins,
        Where = plan.Where,
        Form = SelectForm.Count,
    };

    public static Select Any(Subquery rows) => new()
    {
        Columns = [],
        From = rows.From,
        Joins = rows.Joins,
        Where = rows.Where,
        Form = SelectForm.Any,
    };

    /// <summary>Those of the plan's rows that have these keys, a list for each part of the key; each row begins with its place in the lists and stands in their order.</summary>
    public static Select OfKeys(RowsPlan plan, IReadOnlyList<IReadOnlyList<object>> keys) => new()
    {
        Columns = plan.Columns,
        From = plan.From,
        Joins = plan.Joins,
        Where = plan.Where,
        OrderBy = plan.OrderBy,
        Owners = new([.. plan.Set.Key.Select(part => Navigating.Column(plan.From, part.Column))], keys, Link: null),
    };

    /// <summary>The rows of an expanded collection for many owners, or their number for each owner.</summary>
    public static Select OfOwners(ShapeCollection collection, IReadOnlyList<IReadOnlyList<object>> owners, SelectForm form) => new()
    {
        Columns = collection.Rows.Columns,
        From = collection.Rows.From,
        Joins = collection.Rows.Joins,
        Where = collection.Rows.Where,
        OrderBy = collection.Rows.OrderBy,
        Skip = collection.Rows.Skip,
        Take = collection.Rows.Top,
        Form = form,
        Owners = new(collection.Lookup, owners, collection.Link) { Position = collection.Rows.Owner },
    };
}
