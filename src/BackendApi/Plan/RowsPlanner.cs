using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>Plans the rows of one set: filter, what is selected, what is expanded, a total order, a bounded page.</summary>
internal static class RowsPlanner
{
    /// <param name="depth">How many expansions stand above these rows.</param>
    /// <param name="asReferences">The references of the rows instead of their properties.</param>
    /// <param name="owners">Where <c>$apply</c> transforms the rows of many owners, each owner's by themselves.</param>
    public static RowsPlan Collection(Scope scope, Condition? where, QueryOptions options, PlanLimits limits, int depth = 0, bool asReferences = false, Groups? owners = null)
    {
        var columns = new SelectList();
        var applied = Applied(ref scope, ref where, options, owners);
        scope.Compute(options.Compute);
        var filtered = Filtered(scope, where, options);
        var planner = new ShapePlanner(columns, limits);
        var shape = asReferences ? planner.Reference(scope.Root)
            : scope.IsCrossJoin ? planner.CrossJoined(scope, options)
            : !scope.AreEntities ? new MemberShapes(columns, planner).Shape(scope, options, depth)
            : planner.Shape(scope, scope.Root, options, depth);
        var order = Ordered(scope, options, columns, applied);
        return new()
        {
            Set = scope.Root.Set,
            From = scope.Root.Source,
            Joins = scope.Joins,
            Where = filtered,
            OrderBy = order,
            Columns = columns.Terms,
            Shape = shape,
            Skip = options.Skip ?? 0,
            Top = options.Top,
            PageSize = depth == 0 ? limits.PageSize : limits.MaxPageSize,
            WithCount = options.Count == true,
            Owner = applied?.Groups?.Values[0],
        };
    }

    public static RowsPlan Single(Scope scope, Condition? where, QueryOptions options, PlanLimits limits, bool asReference)
    {
        var columns = new SelectList();
        scope.Compute(options.Compute);
        var planner = new ShapePlanner(columns, limits);
        return One(scope, where, columns, asReference ? planner.Reference(scope.Root) : planner.Shape(scope, scope.Root, options, depth: 0));
    }

    /// <param name="options">Those of a collection; a single value has none.</param>
    public static RowsPlan Property(Scope scope, Condition? where, PropertyModel property, QueryOptions options)
    {
        var columns = new SelectList();
        if (property.Items is not null)
            ListItems.Check(options);
        var isChosen = property.Items is not null && ListItems.AreAsked(options);
        var ordinal = columns.Add(isChosen ? ListItems.Chosen(scope, scope.Root, property, options) : scope.Root.Column(property));
        int? count = property.Items is not null && options.Count == true ? columns.Add(ListItems.Counted(scope, scope.Root, property, options)) : null;
        var key = scope.Root.Set.Key.Select(part => columns.Add(scope.Root.Column(part))).ToArray();
        return One(scope, where, columns, new(scope.Root.Set, [new(property, ordinal, IsNullable: true) { Count = count }], [], [], key, null, ETag(scope, columns), IsPartial: true) { Type = scope.Root.Type });
    }

    public static RowsPlan Counted(Scope scope, Condition? where, QueryOptions options)
    {
        Applied(ref scope, ref where, options);
        scope.Compute(options.Compute);
        return One(scope, Filtered(scope, where, options), new SelectList(), new(scope.Root.Set, [], [], [], [], null, null, IsPartial: true));
    }

    /// <summary>The number of items of a collection.</summary>
    public static RowsPlan ItemCount(Scope scope, Condition? where, PropertyModel property, QueryOptions options)
    {
        var columns = new SelectList();
        columns.Add(ListItems.Counted(scope, scope.Root, property, options));
        return One(scope, where, columns, new(scope.Root.Set, [], [], [], [], null, null, IsPartial: true));
    }

    /// <summary>The stream stands last, because the headers go before it, and it is read as it is sent.</summary>
    public static RowsPlan Media(Scope scope, Condition? where, MediaModel media)
    {
        var columns = new SelectList();
        int? type = media.ContentTypeColumn is { } column ? columns.Add(Navigating.Column(scope.Root.Source, column)) : null;
        // The content that a tag is made of does not hold the stream.
        var etag = scope.Root.Set.ETag is ETagModel.Version ? ETag(scope, columns) : null;
        columns.Add(Navigating.Column(scope.Root.Source, media.Column));
        return One(scope, where, columns, new(scope.Root.Set, [], [], [], [], null, etag, IsPartial: true) { MediaType = type });
    }

    public static RowsPlan Complex(Scope scope, Condition? where, ComplexModel complex, QueryOptions options)
    {
        var columns = new SelectList();
        var shape = new MembersPlanner(columns, scope, scope.Root, MembersPlanner.Selected(options)).Complex(complex);
        var key = scope.Root.Set.Key.Select(part => columns.Add(scope.Root.Column(part))).ToArray();
        return One(scope, where, columns, new(scope.Root.Set, [], [], [], key, null, ETag(scope, columns), IsPartial: true) { Complex = [shape], Type = scope.Root.Type });
    }

    private static int[]? ETag(Scope scope, SelectList columns) => scope.Root.Set.ETag is null ? null : [.. scope.Root.ETagColumns().Select(columns.Add)];

    private static RowsPlan One(Scope scope, Condition? where, SelectList columns, EntityShape shape) => new()
    {
        Set = scope.Root.Set,
        From = scope.Root.Source,
        Joins = scope.Joins,
        Where = where,
        OrderBy = [],
        Columns = columns.Terms,
        Shape = shape,
        PageSize = 1,
    };

    /// <summary><c>$apply</c> comes first: the other options are about its result.</summary>
    private static Rowset? Applied(ref Scope scope, ref Condition? where, QueryOptions options, Groups? owners = null)
    {
        if (options.Apply is null)
            return null;
        var rows = Applying.Plan(Rowset.Of(scope, where) with { Groups = owners }, options.Apply);
        (scope, where) = (rows.Scope, rows.Where);
        return rows;
    }

    private static Condition? Filtered(Scope scope, Condition? where, QueryOptions options)
    {
        if (options.Search is not null && scope.Members is not null)
            throw ExpressionPlanner.NotSupported("$search over what $apply has aggregated");
        if (options.Search is not null)
            where = Condition.Both(where, SearchPlanner.Where(scope.Root, options.Search));
        return options.Filter is null ? where : Condition.Both(where, new ExpressionPlanner(scope).Where(options.Filter));
    }

    /// <summary>The client's order, then the key: without a total order a page could repeat or lose rows.</summary>
    private static List<OrderTerm> Ordered(Scope scope, QueryOptions options, SelectList columns, Rowset? applied)
    {
        var order = new List<OrderTerm>(options.OrderBy.Count + 1);
        var planner = options.OrderBy.Count > 0 ? new ExpressionPlanner(scope) : null;
        foreach (var item in options.OrderBy)
        {
            var value = planner!.Value(item.Value);
            // The same in every row; and SQL Server takes no parameter for an order.
            if (value is Term.Constant)
                continue;
            if (value.Kind is ValueKind.Binary or ValueKind.Json)
                throw new ServiceException(Errors.TypeMismatch, "Binary and JSON values have no order.", "$orderby");
            order.Add(new(value, item.IsDescending, columns.Add(value)));
        }
        foreach (var term in applied?.Order ?? [])
            Add(term.Value, term.IsDescending);
        if (applied is null)
            foreach (var entity in scope.Entities)
                foreach (var part in entity.Set.Key)
                    Add(entity.Column(part));
        foreach (var part in applied?.Key ?? [])
            Add(part);
        return order;

        void Add(Term value, bool isDescending = false)
        {
            var ordinal = columns.Add(value);
            if (!order.Exists(term => term.Ordinal == ordinal))
                order.Add(new(value, isDescending, ordinal));
        }
    }
}
