using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Tests.Parse.SecondOpinion;

/// <summary>What this parser makes of a URL, in the form of <see cref="Plain"/>.</summary>
internal static class Ours
{
    public static string Of(string url)
    {
        var query = Urls.Parse(url);
        return $"{string.Join('/', query.Path.Segments.Select(Of))} {Of(query.Options)}";
    }

    private static string Of(PathSegment segment) => segment switch
    {
        PathSegment.Key key => Of(key.Values),
        PathSegment.Filter filter => $"$filter[{Of(filter.Predicate)}]",
        _ => Written.Of(segment),
    };

    private static string Of(IReadOnlyList<KeyValue> key) => $"({string.Join(',', key.Select(part => $"{part.Property.Name}={Plain.Literal(part.Value)}"))})";

    private static string Of(QueryOptions options) => Plain.Options(
    [
        options.Apply is null ? null : $"apply={string.Join('/', options.Apply.Select(Of))}",
        options.Compute.Count == 0 ? null : $"compute={string.Join(", ", options.Compute.Select(item => $"{Of(item.Value)} as {item.Name}"))}",
        options.Filter is null ? null : $"filter={Of(options.Filter)}",
        options.OrderBy.Count == 0 ? null : $"orderby={string.Join(", ", options.OrderBy.Select(item => Of(item.Value) + (item.IsDescending ? " desc" : "")))}",
        options.Search is null ? null : $"search={Of(options.Search)}",
        Plain.Items("select", (options.Select ?? []).Select(Of)),
        Plain.Items("expand", options.Expand.Select(Of)),
        options.Top is null ? null : $"top={options.Top}",
        options.Skip is null ? null : $"skip={options.Skip}",
        options.Count is null ? null : $"count={options.Count}",
        options.Levels is null ? null : $"levels={(options.Levels == int.MaxValue ? "max" : options.Levels)}",
    ]);

    private static string Of(Transformation transformation) => transformation switch
    {
        Transformation.Filter filter => $"filter({Of(filter.Predicate)})",
        Transformation.Compute compute => $"compute({string.Join(", ", compute.Items.Select(item => $"{Of(item.Value)} as {item.Name}"))})",
        Transformation.Aggregate aggregate => $"aggregate({string.Join(", ", aggregate.Items.Select(Of))})",
        Transformation.GroupBy { Sets: [var paths] } group =>
            $"groupby({string.Join(", ", paths.Select(path => Of(path.Value)))};{string.Join('/', group.Then.Select(Of))})",
        _ => throw new ArgumentException($"A transformation without a written form: {transformation.GetType()}"),
    };

    private static string Of(AggregateItem item) =>
        item.Value is null && item.Path.Count == 0 ? $"$count as {item.Name}" : $"{(item.Value is null ? "" : Of(item.Value))} with {item.Method.Name} as {item.Name}";

    private static string Of(SelectItem item) =>
        (item.IsAll ? "*" : item.ComputedName ?? string.Join('/', item.Path.Select(property => property.Name))) + (item.Options is null ? "" : Of(item.Options));

    private static string Of(ExpandItem item) =>
        (item.SourceCast is null ? "" : item.SourceCast.FullTypeName() + "/") + (item.Navigation?.Name ?? "*")
        + item.Form switch { ExpandForm.References => "/$ref", ExpandForm.Count => "/$count", _ => "" } + Of(item.Options);

    private static string Of(SearchExpression search) => search switch
    {
        SearchExpression.Term term => term.Text,
        SearchExpression.And and => Plain.Junction("AND", Of(and.Left), Of(and.Right)),
        SearchExpression.Or or => Plain.Junction("OR", Of(or.Left), Of(or.Right)),
        SearchExpression.Not not => $"NOT({Of(not.Operand)})",
        _ => throw new ArgumentException($"A search expression without a written form: {search.GetType()}"),
    };

    private static string Of(Expression expression) => expression switch
    {
        Expression.Literal { Value: EnumValue members } => Plain.Member(members.Type, members.Members),
        Expression.Literal literal => Plain.Literal(literal.Value),
        Expression.Binary { Operator.Name: "and" or "or" } junction => Plain.Junction(junction.Operator.Name, Of(junction.Left), Of(junction.Right)),
        Expression.Binary binary => $"{binary.Operator.Name}({Of(binary.Left)},{Of(binary.Right)})",
        Expression.Unary unary => $"{unary.Operator.Name}({Of(unary.Operand)})",
        Expression.In within => $"in({Of(within.Operand)},{Of(within.Values)})",
        Expression.List list => $"[{string.Join(',', list.Items.Select(Of))}]",
        Expression.Call call => $"{call.Function.Name}({string.Join(',', call.Arguments.Select(Of))})",
        Expression.Convert convert => $"cast({Of(convert.Operand)},{convert.Type!.FullName()})",
        Expression.IsOf test => $"isof({Of(test.Operand)},{test.Tested.FullName()})",
        Expression.Lambda lambda when lambda.Predicate is null => $"{Of(lambda.Source)}/any()",
        Expression.Lambda lambda => $"{Of(lambda.Source)}/{(lambda.IsAll ? "all" : "any")}({lambda.VariableName}:{Of(lambda.Predicate!)})",
        Expression.Property property => Behind(property.Source, property.Definition.Name),
        Expression.Navigation navigation => Behind(navigation.Source, navigation.Definition.Name),
        Expression.Computed computed => Behind(computed.Source, computed.Name),
        Expression.TypeCast cast => Behind(cast.Source, (cast.Type!.Definition.AsElementType() as IEdmSchemaElement)!.FullName()),
        Expression.Count { Filter: null, Search: null } count => $"{Of(count.Source)}/$count",
        Expression.Variable { Name: Expression.Variable.Implicit or Expression.Variable.It } => "$it",
        Expression.Variable variable => variable.Name,
        _ => throw new ArgumentException($"An expression without a written form: {expression.GetType()}"),
    };

    private static string Behind(Expression source, string name) => Of(source) is var text && text == "$it" ? name : $"{text}/{name}";
}
