using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary><c>groupby</c> and <c>aggregate</c> (Data Aggregation 3.2): one row for each group, or one row for all.</summary>
internal static class Grouping
{
    public static Rowset Plan(Rowset rows, IReadOnlyList<GroupingPath> paths, IReadOnlyList<AggregateItem> items)
    {
        rows = rows.Copy();
        if (paths.Any(path => new ExpressionPlanner(rows.Scope).Value(path.Value) is not Term.Column))
            // A database groups by expressions only where it sees that they are the same, which parameters hide from it.
            rows = rows.Nested();
        return items.All(item => item.Path.Count == 0) ? Direct(rows, paths, items) : Related.Plan(rows, paths, items);
    }

    /// <summary>The rows themselves are aggregated.</summary>
    private static Rowset Direct(Rowset rows, IReadOnlyList<GroupingPath> paths, IReadOnlyList<AggregateItem> items)
    {
        var planner = new ExpressionPlanner(rows.Scope);
        var keys = paths.Select(path => (path, (Term.Column)planner.Value(path.Value))).ToArray();
        var values = items.Select(item => (item, Call(item, item.Value is null ? null : planner.Value(item.Value)))).ToArray();
        return Grouped(rows.Scope, rows.Where, keys, values);
    }

    /// <param name="scope">What is grouped.</param>
    public static Rowset Grouped(Scope scope, Condition? where, IReadOnlyList<(GroupingPath Path, Term.Column Value)> keys, IReadOnlyList<(AggregateItem Item, Term.Call Value)> values)
    {
        Term[] groups = [.. keys.Select(key => GroupKey(key.Value))];
        ColumnSchema[] columns =
        [
            .. keys.Select((key, i) => new ColumnSchema($"c{i}", key.Value.Definition.Type with { IsOperand = true }, key.Value.IsNullable)),
            .. values.Select((value, i) => new ColumnSchema($"c{keys.Count + i}", TypeOf(value.Value), value.Value.IsNullable)),
        ];
        var select = new Select
        {
            Columns = [.. groups, .. values.Select(value => value.Value)],
            From = scope.Root.Source,
            Joins = scope.Joins,
            Where = where,
            GroupBy = groups,
        };
        var source = scope.Numbers.Next(new SourceRows.Query([select], columns));
        Term.Column Column(int index, Term value, PropertyModel? property) => new(source, columns[index], value.Kind, value.IsNullable, property);
        var members = new List<Member>(columns.Length);
        for (var i = 0; i < keys.Count; i++)
        {
            var (path, value) = keys[i];
            var column = Column(i, value, value.Property);
            members.Add(new(path.Path, value.Property is { IsDynamic: false } declared ? declared : Computing.Property(scope.Root.Set, path.Path, column), column));
        }
        for (var i = 0; i < values.Count; i++)
        {
            var column = Column(keys.Count + i, values[i].Value, null);
            members.Add(new(values[i].Item.Name, Computing.Property(scope.Root.Set, values[i].Item.Name, column), column));
        }
        return new(new Scope(scope.Root.Set, source, scope.Numbers) { Members = members }, Where: null, [.. members.Take(keys.Count).Select(member => member.Value)]);
    }

    public static Term.Call Call(AggregateItem item, Term? operand)
    {
        if (operand is null)
            return new(Aggregates.CountRows, [], ValueKind.Decimal, IsNullable: false);
        var isCount = ReferenceEquals(item.Method, Aggregates.CountDistinct) || ReferenceEquals(item.Method, Aggregates.Count);
        var kind = isCount ? ValueKind.Decimal : Functions.Match(item.Method, operand.Kind)!.Result!.Value;
        return new(item.Method, [isCount ? GroupKey(operand) : operand], kind, !isCount);
    }

    /// <summary>Text is grouped by its characters.</summary>
    public static Term GroupKey(Term value) =>
        value.Kind is ValueKind.String or ValueKind.Enum or ValueKind.Json ? new Term.Call(Aggregates.Group, [value], value.Kind, value.IsNullable) : value;

    /// <summary>What a column with the result of an aggregation holds.</summary>
    public static ColumnType TypeOf(Term.Call call)
    {
        var operand = call.Arguments is [Term.Column column] ? column.Definition.Type : null;
        if (ReferenceEquals(call.Function, Aggregates.Min) || ReferenceEquals(call.Function, Aggregates.Max))
            return (operand ?? Constants.TypeOf(call.Kind)) with { IsOperand = true };
        if (call.Kind != ValueKind.Decimal)
            return Constants.TypeOf(call.Kind) with { IsOperand = true };
        if (ReferenceEquals(call.Function, Aggregates.Sum))
            return new(ValueKind.Decimal, ColumnType.Exact, Scale: operand?.Scale);
        return ReferenceEquals(call.Function, Aggregates.Average)
            ? new(ValueKind.Decimal, ColumnType.Exact)
            : new(ValueKind.Decimal, "", Scale: 0) { IsOperand = true };
    }
}
