using System.Globalization;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <param name="Steps">To the entities that are aggregated, each once; none for the rows themselves.</param>
/// <param name="Value">Null: their number.</param>
internal sealed record Aggregate(IReadOnlyList<Navigation> Steps, Expression? Value, string Method, string Alias)
{
    /// <summary>Of the result (Data Aggregation, 3.1.3).</summary>
    public Kind Kind => (Method, Value?.Kind) switch
    {
        ("min" or "max", { } kind) => kind,
        ("sum", Kind.Int32) => Kind.Int64,
        ("sum" or "average", Kind.Double) => Kind.Double,
        _ => Kind.Decimal,
    };

    public string Text
    {
        get
        {
            var path = string.Concat(Steps.Select(step => step.Name + "/"));
            return Value is null ? $"{path}$count as {Alias}" : $"{path}{Writer.Text(Value)} with {Method} as {Alias}";
        }
    }

    public object? Of(IReadOnlyList<Row> rows)
    {
        var members = Steps.Aggregate(rows, (reached, step) => [.. reached.SelectMany(row => row.Follow(step.Name)).Distinct()]);
        if (Value is null)
            return (decimal)members.Count;
        var values = members.Select(row => Evaluator.Value(Value, row)).OfType<object>().ToList();
        return Method switch
        {
            "countdistinct" => (decimal)values.Select(value => Json.Text(new("", Value.Kind), value)).Distinct().Count(),
            _ when values.Count == 0 => null,
            "min" => values.Min(Comparer<object>.Create(Evaluator.Compare)),
            "max" => values.Max(Comparer<object>.Create(Evaluator.Compare)),
            "sum" when Kind == Kind.Double => values.Sum(value => (double)value),
            "average" when Kind == Kind.Double => values.Average(value => (double)value),
            "sum" => values.Sum(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
            _ => Math.Round(values.Average(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)), 10, MidpointRounding.AwayFromZero),
        };
    }
}
