using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>The items of a collection of primitive values, which a column of an entity holds as a JSON list or the request gives.</summary>
/// <param name="Only">Which entities have the collection; null for all.</param>
internal sealed record ListItems(Source Source, Term Item, Condition? Only)
{
    public Term Place { get; } = new Term.Place(Source);

    /// <summary>What options of the collection call an item (URL Conventions 5.1.1.14): a value is <c>$it</c>, in 4.01 <c>$this</c>; beside objects <c>$it</c> stays the entity.</summary>
    public static IReadOnlyList<string> NamesOf(Term item) => item.Kind == ValueKind.Json ? OfObjects : OfValues;

    private static readonly IReadOnlyList<string> OfValues = [Expression.Variable.Implicit, Expression.Variable.It, Expression.Variable.This];
    private static readonly IReadOnlyList<string> OfObjects = [Expression.Variable.Implicit, Expression.Variable.This];

    public static ListItems Of(Entity entity, PropertyModel collection, SourceNumbers numbers)
    {
        var source = numbers.Next(new SourceRows.List(entity.Column(collection)));
        var type = entity.Set.Derived.FirstOrDefault(derived => derived.Members.Columns.Contains(collection));
        return new(source, new Term.Item(source, collection.Items!.Value), type is null ? entity.IsCast : (entity with { Cast = type }).IsCast);
    }

    /// <summary>The items that the request gives.</summary>
    public static ListItems Of(string json, ValueKind kind, SourceNumbers numbers)
    {
        var source = numbers.Next(new SourceRows.List(new Term.Constant(Constants.TypeOf(ValueKind.String), json)));
        return new(source, new Term.Item(source, kind), Only: null);
    }

    public Subquery Rows(Condition? where) => new(Source, [], Condition.Both(Only, where));

    /// <summary>The list that the options leave of a collection.</summary>
    public static Term Chosen(Scope scope, Entity entity, PropertyModel collection, QueryOptions options)
    {
        Check(options);
        var items = Of(entity, collection, scope.Numbers);
        var planner = new ExpressionPlanner(scope, entity, scope.Computed);
        var where = Where(planner, items, options);
        var order = options.OrderBy.Select(item => new OrderTerm(planner.Value(item.Value, items.Item, isItem: true), item.IsDescending, 0)).ToArray();
        return new Term.ItemList(items.Source, Condition.Both(items.Only, where), order, options.Skip ?? 0, options.Top);
    }

    /// <summary>How many items a filter and a search leave.</summary>
    public static Term Counted(Scope scope, Entity entity, PropertyModel collection, QueryOptions options)
    {
        Check(options);
        var items = Of(entity, collection, scope.Numbers);
        return new Term.CountOf(items.Rows(Where(new(scope, entity, scope.Computed), items, options)));
    }

    private static Condition? Where(ExpressionPlanner planner, ListItems items, QueryOptions options) => Condition.Both(
        options.Filter is null ? null : planner.Where(options.Filter, items.Item), options.Search is null ? null : SearchPlanner.Where(items.Item, options.Search));

    /// <summary>Something of the collection is chosen, or counted.</summary>
    public static bool AreAsked(QueryOptions options) =>
        options.Filter is not null || options.Search is not null || options.OrderBy.Count > 0 || options.Top is not null || options.Skip is not null;

    public static void Check(QueryOptions options)
    {
        if (options.Select is not null)
            throw ExpressionPlanner.NotSupported("$select of members of the items of a collection");
        if (options.Compute.Count > 0)
            throw ExpressionPlanner.NotSupported("$compute in a collection of values");
    }
}
