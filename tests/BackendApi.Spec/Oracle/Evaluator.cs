using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>What an expression is for a row, as URL Conventions 5.1.1 defines it. Whole numbers are computed with as <see cref="long"/>.</summary>
internal static class Evaluator
{
    /// <summary>Rows by the names of variables.</summary>
    internal sealed record Scope(Row It, string Variable = "", Row? Element = null, Scope? Outer = null)
    {
        public Row this[string variable] => variable.Length == 0 ? It : variable == Variable ? Element! : Outer![variable];
    }

    public static bool IsTrue(Expression condition, Row row) => Value(condition, new Scope(row)) is true;

    public static object? Value(Expression expression, Row row) => Value(expression, new Scope(row));

    private static object? Value(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value;
            case Expression.Named named:
                return Value(named.Value, scope);
            case Expression.Path path:
                return Reached(scope[path.Variable], path.Steps) is [var row, ..] ? row[path.Property] : null;
            case Expression.Items values:
                bool Is(object? value) => values.Predicate is null || Value(values.Predicate, new Scope(scope.It, values.Item, new Row(new Dictionary<string, object?> { [""] = value }), scope)) is true;
                return values.IsAll ? List(values.List, scope).All(Is) : List(values.List, scope).Any(Is);
            case Expression.ItemCount counted:
                return (long)List(counted.List, scope).Count(value => counted.Filter is null || Value(counted.Filter, new Scope(scope.It, "$it", new Row(new Dictionary<string, object?> { [""] = value }), scope)) is true);
            case Expression.ItemIn(var one, var among):
                return List(among, scope).Any(value => AreEqual(value, one.Value));
            case Expression.Contains { Function: "hassubset" } subset:
                return subset.Part.GroupBy(value => JsonSerializer.Serialize(value)).All(group => List(subset.List, scope).Count(value => JsonSerializer.Serialize(value) == group.Key) >= group.Count());
            case Expression.Contains sequence:
                return List(sequence.List, scope).Aggregate(0, (found, value) => found < sequence.Part.Count && AreEqual(sequence.Part[found], value) ? found + 1 : found) == sequence.Part.Count;
            case Expression.Matches matches:
                return Value(matches.Operand, scope) is string text ? matches.Pattern.IsMatch(text) : null;
            case Expression.IsOf isOf:
                return isOf.Operand.Kind == isOf.Type && Value(isOf.Operand, scope) is not null;
            case Expression.IsGem gem:
                return Reached(scope[gem.Variable], gem.Steps) is [var entity, ..] && Tables.IsGem(entity);
            case Expression.Complex complex:
                return complex.Members.All(member => scope[complex.Variable][member] is null) == (complex.Operator == "eq");
            case Expression.Leads leads:
                return scope[leads.Variable].Follow(leads.Navigation.Name).Count == 0 == (leads.Operator == "eq");
            case Expression.Count count:
                return (long)scope[count.Variable].Follow(count.Navigation.Name).Count(item => count.Filter is null || IsTrue(count.Filter, item));
            case Expression.Lambda lambda:
                // Of a null predicate nothing is said to be true, neither by any nor by all.
                var items = Reached(scope[lambda.Variable], lambda.Steps);
                bool Holds(Row item) => lambda.Predicate is null || Value(lambda.Predicate, new Scope(scope.It, lambda.Item, item, scope)) is true;
                return lambda.IsAll ? items.All(Holds) : items.Any(Holds);
            case Expression.In(var item, var list):
                var sought = Value(item, scope);
                return list.Any(one => AreEqual(sought, one.Value));
            case Expression.Case choice:
                foreach (var (condition, value) in choice.Branches)
                    if (Value(condition, scope) is true)
                        return Value(value, scope);
                return choice.Else is null ? null : Value(choice.Else, scope);
            case Expression.Cast cast:
                return Converted(cast.Kind, cast.Operand.Kind, Value(cast.Operand, scope));
            case Expression.Prefixed { Operator: "not" } not:
                return Value(not.Operand, scope) is bool truth ? !truth : null;
            case Expression.Prefixed minus:
                return Value(minus.Operand, scope) switch { null => null, double number => -number, decimal number => -number, TimeSpan span => -span, var number => -Convert.ToInt64(number, CultureInfo.InvariantCulture) };
            case Expression.Operation { Operator: "and" } and:
                return And(Value(and.Left, scope), Value(and.Right, scope));
            case Expression.Operation { Operator: "or" } or:
                return And(Opposite(Value(or.Left, scope)), Opposite(Value(or.Right, scope))) is bool neither ? !neither : null;
            case Expression.Operation operation:
                return Operate(operation.Operator, operation.Kind, Value(operation.Left, scope), Value(operation.Right, scope));
            case Expression.Call call:
                var arguments = call.Arguments.Select(argument => Value(argument, scope)).ToArray();
                return arguments.Contains(null) ? null : Apply(call, arguments!);
            default:
                throw new ArgumentOutOfRangeException(nameof(expression));
        }
    }

    /// <summary>Nulls are the least; true is more than false; text by its characters.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
        (double, _) or (_, double) => Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        (int or long or decimal, _) => Convert.ToDecimal(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDecimal(right, CultureInfo.InvariantCulture)),
        _ => Comparer<object>.Default.Compare(left, right),
    };

    private static IReadOnlyList<object?> List(Expression.Path list, Scope scope) => (IReadOnlyList<object?>?)Value(list, scope) ?? [];

    private static IReadOnlyList<Row> Reached(Row from, IEnumerable<Navigation> steps) =>
        steps.Aggregate<Navigation, IReadOnlyList<Row>>([from], (rows, step) => [.. rows.SelectMany(row => row.Follow(step.Name))]);

    private static object? Operate(string name, Kind kind, object? left, object? right) => name switch
    {
        "eq" => AreEqual(left, right),
        "ne" => !AreEqual(left, right),
        "gt" => left is not null && right is not null && Compare(left, right) > 0,
        "ge" => left is not null && right is not null && Compare(left, right) >= 0,
        "lt" => left is not null && right is not null && Compare(left, right) < 0,
        "le" => left is not null && right is not null && Compare(left, right) <= 0,
        _ when left is null || right is null => null,
        "has" => ((string)right).Split(',').All(((string)left).Split(',').Contains),
        "sub" when left is DateTimeOffset instant => instant - (DateTimeOffset)right,
        _ when kind is Kind.Double => Calculate(name, Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        _ when kind is Kind.Decimal => Calculate(name, Convert.ToDecimal(left, CultureInfo.InvariantCulture), Convert.ToDecimal(right, CultureInfo.InvariantCulture)),
        _ => Calculate(name, Convert.ToInt64(left, CultureInfo.InvariantCulture), Convert.ToInt64(right, CultureInfo.InvariantCulture)),
    };

    private static T Calculate<T>(string name, T left, T right)
        where T : System.Numerics.INumber<T> => name switch
    {
        "add" => left + right,
        "sub" => left - right,
        "mul" => left * right,
        "div" or "divby" => left / right,
        "mod" => left % right,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static bool AreEqual(object? left, object? right) => left is null || right is null ? left is null && right is null : Compare(left, right) == 0;

    private static object? And(object? left, object? right) => left is false || right is false ? false : left is true && right is true ? true : null;

    private static object? Opposite(object? value) => value is bool truth ? !truth : null;

    private static object? Apply(Expression.Call call, object[] arguments) => (call.Function, arguments) switch
    {
        ("concat", [string a, string b]) => a + b,
        ("contains", [string a, string b]) => a.Contains(b, StringComparison.Ordinal),
        ("startswith", [string a, string b]) => a.StartsWith(b, StringComparison.Ordinal),
        ("endswith", [string a, string b]) => a.EndsWith(b, StringComparison.Ordinal),
        ("indexof", [string a, string b]) => a.IndexOf(b, StringComparison.Ordinal) is >= 0 and var at ? Length(a[..at]) : -1L,
        ("length", [string a]) => Length(a),
        ("substring", [string a, var start]) => Substring(a, start, long.MaxValue),
        ("substring", [string a, var start, var length]) => Substring(a, start, Convert.ToInt64(length, CultureInfo.InvariantCulture)),
        ("tolower", [string a]) => a.ToLowerInvariant(),
        ("toupper", [string a]) => a.ToUpperInvariant(),
        ("trim", [string a]) => a.Trim(' ', '\t', '\n', '\r', '\f', '\v'),
        ("year", [var a]) => (long)Moment(a).Year,
        ("month", [var a]) => (long)Moment(a).Month,
        ("day", [var a]) => (long)Moment(a).Day,
        ("hour", [var a]) => (long)Moment(a).Hour,
        ("minute", [var a]) => (long)Moment(a).Minute,
        ("second", [var a]) => (long)Moment(a).Second,
        ("fractionalseconds", [var a]) => Moment(a).Ticks % TimeSpan.TicksPerSecond / (decimal)TimeSpan.TicksPerSecond,
        ("date", [DateTimeOffset a]) => DateOnly.FromDateTime(a.UtcDateTime),
        ("time", [DateTimeOffset a]) => TimeOnly.FromDateTime(a.UtcDateTime),
        ("totalseconds", [TimeSpan a]) => a.Ticks / (decimal)TimeSpan.TicksPerSecond,
        ("floor", [decimal a]) => Math.Floor(a),
        ("floor", [double a]) => Math.Floor(a),
        ("ceiling", [decimal a]) => Math.Ceiling(a),
        ("ceiling", [double a]) => Math.Ceiling(a),
        ("round", [decimal a]) => Math.Round(a, MidpointRounding.AwayFromZero),
        ("round", [double a]) => Math.Round(a, MidpointRounding.AwayFromZero),
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, null),
    };

    /// <summary>A number is rounded to a whole one, and is null when it does not fit; text is what a literal would be.</summary>
    private static object? Converted(Kind kind, Kind from, object? value) => (kind, value) switch
    {
        (_, null) => null,
        (Kind.String, decimal number) => Writer.Literal(from, number / 1.0000000000000000000000000000m),
        (Kind.String, TimeSpan span) => XmlConvert.ToString(span),
        (Kind.String, string member) => member,
        (_, string text) => Read(kind, text),
        (Kind.String, _) => Writer.Literal(from, value),
        (Kind.Date, DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime),
        (Kind.TimeOfDay, DateTimeOffset instant) => TimeOnly.FromDateTime(instant.UtcDateTime),
        (Kind.DateTimeOffset, DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        (Kind.Int32, _) => Math.Round(Convert.ToDecimal(value, CultureInfo.InvariantCulture), MidpointRounding.AwayFromZero) is >= int.MinValue and <= int.MaxValue and var whole ? (long)whole : null,
        (Kind.Double, _) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (Kind.Int64, _) => (long)Math.Round(Convert.ToDecimal(value, CultureInfo.InvariantCulture), MidpointRounding.AwayFromZero),
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The literal of a payload; null when the text is none.</summary>
    private static object? Read(Kind kind, string text)
    {
        try
        {
            return kind switch
            {
                Kind.Int32 => (long)int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                Kind.Int64 => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                Kind.Decimal => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture),
                Kind.Boolean => text is "true" or "false" ? text == "true" : null,
                Kind.Date => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Kind.TimeOfDay => TimeOnly.ParseExact(text, "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
                Kind.DateTimeOffset => DateTimeOffset.ParseExact(text, "yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Kind.Duration => XmlConvert.ToTimeSpan(text),
                _ => Guid.ParseExact(text, "D"),
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static DateTime Moment(object value) => value switch
    {
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        TimeOnly time => DateOnly.MinValue.ToDateTime(time),
        _ => ((DateTimeOffset)value).UtcDateTime,
    };

    /// <summary>In characters, of which a surrogate pair is one.</summary>
    private static long Length(string text) => text.EnumerateRunes().Count();

    private static string Substring(string text, object start, long length)
    {
        var from = Convert.ToInt64(start, CultureInfo.InvariantCulture);
        from = from < 0 ? Math.Max(0, from + Length(text)) : from;
        return string.Concat(text.EnumerateRunes().Skip((int)from).Take((int)Math.Clamp(length, 0, int.MaxValue)));
    }
}
