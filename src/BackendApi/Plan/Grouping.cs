using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary><c>groupby</c> and <c>aggregate</c> (Data Aggregation 3.2): one row for each group, or one row for all.</summary>
internal static class Grouping
{
    /// <summary>One row for each group of the rows, or one for all of them.</summary>
    public static Rowset Plan(Rowset rows, IReadOnlyList<AggregateItem> items)
    {
        rows = rows.Copy();
        if (rows.Groups is { CanBeEmpty: true } || items.Any(item => item.Path.Count > 0 || item.From is not null))
            return Related.Plan(rows, items);
        var planner = new ExpressionPlanner(rows.Scope);
        var values = items.Select(item => (item, Call(item, item.Value is null ? null : planner.Value(item.Value)))).ToArray();
        return Grouped(rows.Scope, rows.Where, rows.Groups, values);
    }

    /// <param name="scope">What is grouped.</param>
    /// <param name="groups">With the values as the scope knows them.</param>
    public static Rowset Grouped(Scope scope, Condition? where, Groups? groups, IReadOnlyList<(AggregateItem Item, Term.Call Value)> values)
    {
        var keys = groups?.Values ?? [];
        // The same names whether the collection is expanded or read by itself: a next link leads from the one to the other.
        var owners = groups?.Owners ?? 0;
        ColumnSchema[] columns =
        [
            .. keys.Select((key, i) => new ColumnSchema(i < owners ? $"o{i}" : $"c{i - owners}", key.Definition.Type with { IsOperand = true }, key.IsNullable)),
            .. values.Select((value, i) => new ColumnSchema($"c{keys.Count - owners + i}", TypeOf(value.Value), value.Value.IsNullable)),
        ];
        var terms = groups?.Keys ?? [];
        var select = new Select
        {
            Columns = [.. terms, .. values.Select(value => value.Value)],
            From = scope.Root.Source,
            Joins = scope.Joins,
            Where = where,
            GroupBy = terms,
        };
        var source = scope.Numbers.Next(new SourceRows.Query([select], columns));
        Term.Column Column(int index, Term value, PropertyModel? property) => new(source, columns[index], value.Kind, value.IsNullable, property);
        var members = values.Select((value, i) =>
        {
            var column = Column(keys.Count + i, value.Value, null);
            return new Member(value.Item.Name, Computing.Property(scope.Root.Set, value.Item.Name, column), column);
        });
        Term.Column[] common = [.. keys.Select((key, i) => Column(i, key, key.Property))];
        return new(new Scope(scope.Root.Set, source, scope.Numbers) { Members = [.. members] }, Where: null, [.. common.Skip(owners)])
        {
            Groups = groups is null ? null : groups with { Values = common, CanBeEmpty = false },
        };
    }

    public static Term.Call Call(AggregateItem item, Term? operand)
    {
        if (operand is null)
            return new(Aggregates.CountRows, [], ValueKind.Decimal, IsNullable: false);
        // Each entity is reached once.
        if (item.Value is null)
            item = item with { Method = Aggregates.Count };
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
