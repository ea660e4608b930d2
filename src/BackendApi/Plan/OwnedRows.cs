using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>
/// <c>$apply</c> in <c>$expand</c> (Data Aggregation 3.8): the rows of an expanded collection are transformed in groups, one for each owner. The owners
/// make the groups, so that one without rows has a group too.
/// </summary>
internal static class OwnedRows
{
    private static readonly ColumnSchema Position = new("ord", Constants.TypeOf(ValueKind.Int64) with { IsOperand = true }, IsNullable: false);

    /// <summary>Joins the owners to the scope of the collection's rows.</summary>
    public static Groups Of(Scope scope, NavigationModel navigation)
    {
        var numbers = scope.Numbers;
        var owners = numbers.Next(new SourceRows.Owners());
        if (navigation.Through is not { } through)
        {
            scope.Follow(owners, Found(owners, [.. navigation.On.Select(pair => Navigating.Column(scope.Root.Source, pair.Target))]));
        }
        else
        {
            // One source for both, so that the other joins have the places that they have on the path to the collection.
            var link = numbers.Next(through.Table);
            var keys = owners;
            ColumnSchema[] columns = [Position, .. through.To.Select((pair, i) => new ColumnSchema($"l{i}", pair.Link.Type, pair.Link.IsNullable))];
            var select = new Select
            {
                Columns = [PositionOf(keys), .. through.To.Select(pair => Navigating.Column(link, pair.Link))],
                From = keys,
                Joins = [new(link, Found(keys, [.. through.On.Select(pair => Navigating.Column(link, pair.Link))]), IsOuter: false)],
            };
            owners = numbers.Next(new SourceRows.Query([select], columns));
            scope.Follow(owners, Navigating.Joined(owners, [.. through.To.Select((pair, i) => (columns[i + 1], pair.Target))], scope.Root.Source));
        }
        var all = numbers.Next(new SourceRows.Owners());
        return new([PositionOf(owners)], new Select { Columns = [PositionOf(all)], From = all }, Outer: null) { Owners = 1, CanBeEmpty = true };
    }

    private static Term.Column PositionOf(Source owners) => new(owners, Position, ValueKind.Int64, IsNullable: false);

    private static Condition Found(Source owners, IReadOnlyList<Term.Column> lookup) => Condition.AllOf(
    [
        .. lookup.Select((column, i) => (Condition)new Condition.Compare(
            Comparison.Equal, column, new Term.Column(owners, new($"k{i}", column.Definition.Type with { IsOperand = true }, IsNullable: false), column.Kind, IsNullable: false), IsExact: false)),
    ]);
}
