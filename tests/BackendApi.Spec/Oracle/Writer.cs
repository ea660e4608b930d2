using System.Globalization;
using System.Text.Json;
using System.Xml;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>An expression as it stands in a URL, not encoded yet, with the parentheses that the precedence of the operators needs and no others.</summary>
internal static class Writer
{
    private const int Unary = 7, Primary = 9;

    public static string Text(Expression expression) => expression switch
    {
        Expression.Constant(var kind, var value) => Literal(kind, value),
        Expression.Path path => Path(path.Variable, path.Steps, path.Property),
        Expression.Named named => named.Name,
        Expression.Call call => $"{call.Function}({string.Join(',', call.Arguments.Select(Text))})",
        // With blanks, because 11:20 is a time of day.
        Expression.Case choice => $"case({string.Join(',', choice.Branches.Select(branch => $"{Text(branch.Condition)} : {Text(branch.Value)}"))}{(choice.Else is null ? "" : $",true:{Text(choice.Else)}")})",
        Expression.Cast cast => $"cast({Text(cast.Operand)},Edm.{cast.Kind})",
        Expression.Operation operation => $"{Within(operation.Left, Precedence(operation))} {operation.Operator} {Within(operation.Right, Precedence(operation) + 1)}",
        Expression.Prefixed { Operator: "-" } negated => $"-{Within(negated.Operand, Primary)}",
        Expression.Prefixed negated => $"not {Within(negated.Operand, Unary)}",
        Expression.In(var item, var list) => $"{Within(item, Unary + 2)} in ({string.Join(',', list.Select(Text))})",
        Expression.Lambda lambda => $"{Path(lambda.Variable, lambda.Steps, lambda.IsAll ? "all" : "any")}({(lambda.Predicate is null ? "" : $"{lambda.Item}:{Text(lambda.Predicate)}")})",
        Expression.Count count => Path(count.Variable, [count.Navigation], "$count") + (count.Filter is null ? "" : $"($filter={Text(count.Filter)})"),
        Expression.Items items => $"{Text(items.List)}/{(items.IsAll ? "all" : "any")}({(items.Predicate is null ? "" : $"{items.Item}:{Text(items.Predicate)}")})",
        Expression.ItemCount count => $"{Text(count.List)}/$count{(count.Filter is null ? "" : $"($filter={Text(count.Filter)})")}",
        Expression.ItemIn(var item, var list) => $"{Text(item)} in {Text(list)}",
        Expression.Contains contains => $"{contains.Function}({Text(contains.List)},{JsonSerializer.Serialize(contains.Part)})",
        Expression.Matches matches => $"matchesPattern({Text(matches.Operand)},{Literal(Kind.String, matches.Pattern.Text)})",
        Expression.IsOf isOf => $"isof({Text(isOf.Operand)},Edm.{isOf.Type})",
        Expression.IsGem gem => $"isof({string.Join(',', new[] { Path(gem.Variable, gem.Steps, ""), Tables.GemType }.Where(part => part.Length > 0))})",
        Expression.Complex complex => $"{Path(complex.Variable, [], complex.Name)} {complex.Operator} null",
        Expression.Leads leads => $"{Path(leads.Variable, [], leads.Navigation.Name)} {leads.Operator} null",
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    public static string Literal(Kind kind, object? value) => (kind, value) switch
    {
        (_, null) => "null",
        (Kind.String or Kind.Enum, string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        (Kind.Duration, TimeSpan span) => $"duration'{XmlConvert.ToString(span)}'",
        (_, bool truth) => truth ? "true" : "false",
        // Without an exponent a number is a decimal, which has other digits.
        (_, double number) => number.ToString("R", CultureInfo.InvariantCulture) is var digits && (Math.Abs(number) < 1e6 || digits.Contains('E', StringComparison.Ordinal)) ? digits : digits + "E0",
        (_, DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (_, TimeOnly time) => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        (_, DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + "Z",
        (_, IFormattable other) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string Path(string variable, IEnumerable<Navigation> steps, string last) =>
        string.Join('/', steps.Select(step => step.Name).Prepend(variable).Append(last).Where(part => part.Length > 0));

    private static string Within(Expression expression, int precedence) => Precedence(expression) < precedence ? $"({Text(expression)})" : Text(expression);

    /// <summary>URL Conventions, 5.1.1.16.</summary>
    private static int Precedence(Expression expression) => expression switch
    {
        Expression.Operation { Operator: "or" } => 1,
        Expression.Operation { Operator: "and" } => 2,
        Expression.Operation { Operator: "eq" or "ne" } or Expression.Leads or Expression.Complex => 3,
        Expression.Operation { Operator: "gt" or "ge" or "lt" or "le" } => 4,
        Expression.Operation { Operator: "add" or "sub" } => 5,
        Expression.Operation { Operator: "has" } => Unary + 1,
        Expression.Operation => 6,
        Expression.Prefixed => Unary,
        Expression.In or Expression.ItemIn => Unary + 1,
        // A sign belongs to a number, so that two of them meet behind a minus.
        Expression.Constant { Value: int or long or decimal or double } => Unary + 1,
        _ => Primary,
    };
}
