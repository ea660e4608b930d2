using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary><c>join</c> and <c>outerjoin</c> (Data Aggregation 3.5.1): a row for each of the related entities, or for each row that is made of them.</summary>
internal static class Joining
{
    public static Rowset Plan(Rowset rows, Transformation.Join join)
    {
        rows = rows.Copy();
        var scope = rows.Scope;
        var navigation = scope.Members is null ? scope.Root.Set.NavigationsByName.GetValueOrDefault(join.Navigation.Name) : null;
        if (navigation is null)
            throw ExpressionPlanner.NotSupported("join to what is joined");
        var isFiltered = join.Then.All(step => step is Transformation.Identity or Transformation.Filter or Transformation.Search);
        rows = join.IsOuter ? rows : rows with { Groups = rows.Groups?.Narrowed() };
        return isFiltered && !(join.IsOuter && (join.Then.Count > 0 || navigation.Through is not null))
            ? Entities(rows, navigation, join)
            : Transformed(rows, navigation, join, isUnique: isFiltered && navigation.Through is null);
    }

    /// <summary>The table itself is joined.</summary>
    private static Rowset Entities(Rowset rows, NavigationModel navigation, Transformation.Join join)
    {
        var scope = rows.Scope;
        var target = scope.Follow(scope.Root, navigation, join.IsOuter);
        foreach (var step in join.Then)
            if (step is Transformation.Filter filter)
                rows = rows.Filtered(new ExpressionPlanner(scope, target, Computing.Nothing).Where(filter.Predicate));
            else if (step is Transformation.Search search)
                rows = rows.Filtered(SearchPlanner.Where(target, search.Text));
        var joined = new Joined(join.Alias, target, navigation.Through is null);
        scope.Join(joined);
        return rows with { Key = [.. rows.Key, .. joined.Key] };
    }

    /// <summary>
    /// The related entities of all rows, transformed in groups, one for each row that they belong to: a nested statement, joined by what tells the groups
    /// apart. Where nothing is related there is no group.
    /// </summary>
    private static Rowset Transformed(Rowset rows, NavigationModel navigation, Transformation.Join join, bool isUnique)
    {
        var scope = rows.Scope;
        var (related, sources) = OfOwners(navigation, scope.Numbers);
        related = Applying.Plan(related, join.Then);
        related = related.Nested([], out _, isOptional: join.IsOuter);
        var owner = related.Groups!.Values;
        scope.Follow(related.Scope.Root.Source, Condition.AllOf([.. sources.Select((column, i) =>
            (Condition)new Condition.Compare(Comparison.Equal, owner[i], Navigating.Column(scope.Root.Source, column), IsExact: owner[i].Definition.Type.IsOperand))]));
        IReadOnlyList<Term> key = [.. rows.Key, .. related.Key];
        IReadOnlyList<OrderTerm> order = related.Order.Count == 0 ? rows.Order : [.. rows.Order, .. rows.Key.Select(part => new OrderTerm(part, IsDescending: false, 0)), .. related.Order];
        if (related.AreEntities && related.Scope.Computed.Count == 0)
        {
            scope.Join(new(join.Alias, related.Scope.Root, isUnique));
            return rows with { Key = key, Order = order };
        }
        scope.Append(related.Scope.Joins);
        var members = related.Members.Concat(related.Scope.Computed.Select(item => new Member(item.Key, Computing.Property(scope.Root.Set, item.Key, item.Value), item.Value)));
        return rows with
        {
            Scope = scope.Copy(null, [.. scope.Added, .. members.Select(member => member with { Path = $"{join.Alias}/{member.Path}", Owner = join.IsOuter ? owner[0] : null })]),
            Key = key,
            Order = order,
        };
    }

    /// <summary>The entities that a navigation leads to from everywhere, in groups by where they are reached from, and the columns there.</summary>
    public static (Rowset Rows, IEnumerable<ColumnSchema> Sources) OfOwners(NavigationModel navigation, SourceNumbers numbers)
    {
        var scope = new Scope(navigation.Target, numbers.Next(navigation.Target), numbers);
        var rows = Rowset.Of(scope, Navigating.RowFilter(scope.Root, numbers));
        if (navigation.Through is not { } through)
            return (Groups.Split(rows, [.. navigation.On.Select(pair => Navigating.Column(scope.Root.Source, pair.Target))]), navigation.On.Select(pair => pair.Source));

        var link = numbers.Next(through.Table);
        scope.Follow(link, Navigating.Joined(link, through.To, scope.Root.Source));
        return (Groups.Split(rows, [.. through.On.Select(pair => Navigating.Column(link, pair.Link))]), through.On.Select(pair => pair.Source));
    }
}
