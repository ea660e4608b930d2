using System.Globalization;
using BackendApi.Parse;
using Microsoft.OData.Edm;

namespace BackendApi.Tests.Parse;

/// <summary>
/// Parsed records as text, so that an expectation is one literal: <c>eq(Name,'a')</c>. Literals show their type: <c>5</c> is Int32, <c>5L</c>
/// Int64, <c>5m</c> Decimal, <c>5d</c> Double, <c>5f</c> Single, <c>5b</c> Byte, <c>5s</c> Int16.
/// </summary>
internal static class Written
{
    public static string Of(Expression? expression) => expression switch
    {
        null => "-",
        Expression.Literal literal => Literal(literal.Value),
        Expression.Variable variable => variable.Name,
        Expression.Root root => $"$root/{root.Source.Name}{(root.Key.Count > 0 ? Of(root.Key) : "")}",
        Expression.Property property => Behind(property.Source, property.Definition.Name),
        Expression.Navigation navigation => Behind(navigation.Source, navigation.Definition.Name),
        Expression.Computed computed => Behind(computed.Source, "#" + computed.Name),
        Expression.TypeCast cast => Behind(cast.Source, (cast.Type!.Definition.AsElementType() as IEdmSchemaElement)!.FullName()),
        Expression.Filtered filtered => $"{Of(filtered.Source)}/$filter({Of(filtered.Predicate)})",
        Expression.Count count => $"{Of(count.Source)}/$count{(count.Filter is null && count.Search is null ? "" : $"[{Of(count.Filter)};{Of(count.Search)}]")}",
        Expression.Lambda lambda => $"{Of(lambda.Source)}/{(lambda.IsAll ? "all" : "any")}({(lambda.VariableName is null ? "" : $"{lambda.VariableName}:{Of(lambda.Predicate)}")})",
        Expression.Unary unary => $"{unary.Operator.Name}({Of(unary.Operand)})",
        Expression.Binary binary => $"{binary.Operator.Name}({Of(binary.Left)},{Of(binary.Right)})",
        Expression.In within => $"in({Of(within.Operand)},{Of(within.Values)})",
        Expression.List list => $"[{string.Join(',', list.Items.Select(Of))}]",
        Expression.Object json => $"{{{string.Join(',', json.Members.Select(member => $"{member.Name}:{Of(member.Value)}"))}}}",
        Expression.Call call => $"{call.Function.Name}({string.Join(',', call.Arguments.Select(Of))})",
        Expression.Convert convert => $"cast({Of(convert.Operand)},{convert.Type!.FullName()})",
        Expression.IsOf test => $"isof({Of(test.Operand)},{test.Tested.FullName()})",
        Expression.Case branches => $"case({string.Join(',', branches.Branches.Select(branch => $"{Of(branch.Condition)}:{Of(branch.Value)}"))})",
        _ => throw new ArgumentException($"An expression without a written form: {expression.GetType()}"),
    };

    public static string Of(SearchExpression? search) => search switch
    {
        null => "-",
        SearchExpression.Term term => term.IsPhrase ? $"\"{term.Text}\"" : term.Text,
        SearchExpression.And and => $"({Of(and.Left)} AND {Of(and.Right)})",
        SearchExpression.Or or => $"({Of(or.Left)} OR {Of(or.Right)})",
        SearchExpression.Not not => $"NOT {Of(not.Operand)}",
        _ => throw new ArgumentException($"A search expression without a written form: {search.GetType()}"),
    };

    public static string Of(ResourcePath path) => string.Join('/', path.Segments.Select(Of));

    public static string Of(PathSegment segment) => segment switch
    {
        PathSegment.Metadata => "$metadata",
        PathSegment.Batch => "$batch",
        PathSegment.EntitySet set => set.Set.Name,
        PathSegment.Singleton singleton => "!" + singleton.Definition.Name,
        PathSegment.Key key => Of(key.Values),
        PathSegment.Property property => property.Definition.Name,
        PathSegment.Navigation navigation => ">" + navigation.Definition.Name,
        PathSegment.TypeCast cast => cast.Type.FullTypeName(),
        PathSegment.Count => "$count",
        PathSegment.Value => "$value",
        PathSegment.Reference => "$ref",
        PathSegment.Filter filter => $"$filter[{Of(filter.Predicate)}]",
        PathSegment.Each => "$each",
        PathSegment.Query => "$query",
        PathSegment.All => "$all",
        PathSegment.Entity => "$entity",
        PathSegment.CrossJoin join => $"$crossjoin({string.Join(',', join.Sets.Select(set => set.Name))})",
        PathSegment.Operation operation =>
            $"{operation.Definition.FullName()}({string.Join(',', operation.Arguments.Select(argument => $"{argument.Name}={Of(argument.Value)}"))})",
        _ => throw new ArgumentException($"A segment without a written form: {segment.GetType()}"),
    };

    public static string Of(IReadOnlyList<KeyValue> key) =>
        $"({string.Join(',', key.Select(part => $"{part.Property.Name}={Literal(part.Value)}"))})";

    public static string Of(IReadOnlyList<OrderByItem> items) => string.Join(", ", items.Select(item => Of(item.Value) + (item.IsDescending ? " desc" : "")));

    public static string Of(IReadOnlyList<SelectItem>? items) => items is null
        ? "-"
        : string.Join(", ", items.Select(item =>
            (item.IsAll ? "*" : item.ComputedName is { } computed ? "#" + computed : string.Join('/', item.Path.Select(property => property.Name)))
            + (item.Options is null ? "" : Of(item.Options))));

    public static string Of(IReadOnlyList<ExpandItem> items) => string.Join(", ", items.Select(item =>
        (item.SourceCast is null ? "" : item.SourceCast.FullTypeName() + "/") + (item.Navigation?.Name ?? "*")
        + (item.TargetCast is null ? "" : "/" + item.TargetCast.FullTypeName())
        + item.Form switch { ExpandForm.References => "/$ref", ExpandForm.Count => "/$count", _ => "" }
        + (item.Options == QueryOptions.None ? "" : Of(item.Options))));

    /// <summary>Options in parentheses, each by its name, in a fixed order.</summary>
    public static string Of(QueryOptions options)
    {
        var parts = new List<string>();
        if (options.Compute.Count > 0) parts.Add("compute=" + string.Join(", ", options.Compute.Select(item => $"{Of(item.Value)} as {item.Name}")));
        if (options.Search is not null) parts.Add("search=" + Of(options.Search));
        if (options.Filter is not null) parts.Add("filter=" + Of(options.Filter));
        if (options.OrderBy.Count > 0) parts.Add("orderby=" + Of(options.OrderBy));
        if (options.Select is not null) parts.Add("select=" + Of(options.Select));
        if (options.Expand.Count > 0) parts.Add("expand=" + Of(options.Expand));
        if (options.Top is { } top) parts.Add($"top={top}");
        if (options.Skip is { } skip) parts.Add($"skip={skip}");
        if (options.Count is { } count) parts.Add(count ? "count" : "no count");
        if (options.Levels is { } levels) parts.Add($"levels={levels}");
        if (options.Index is { } index) parts.Add($"index={index}");
        foreach (var (name, text) in new[] { ("skiptoken", options.SkipToken), ("deltatoken", options.DeltaToken), ("format", options.Format), ("id", options.Id), ("schemaversion", options.SchemaVersion) })
            if (text is not null) parts.Add($"{name}={text}");
        return $"({string.Join("; ", parts)})";
    }

    public static string Of(IReadOnlyList<Transformation> transformations) => string.Join('/', transformations.Select(Of));

    private static string Of(Transformation transformation) => transformation switch
    {
        Transformation.Identity => "identity",
        Transformation.Filter filter => $"filter({Of(filter.Predicate)})",
        Transformation.Search search => $"search({Of(search.Text)})",
        Transformation.Compute compute => $"compute({string.Join(", ", compute.Items.Select(item => $"{Of(item.Value)} as {item.Name}"))})",
        Transformation.OrderBy order => $"orderby({Of(order.Items)})",
        Transformation.Skip skip => $"skip({skip.Count})",
        Transformation.Top top => $"top({top.Count})",
        Transformation.Ranked ranked => $"{(ranked.IsTop ? "top" : "bottom")}{ranked.By}({ranked.Limit.ToString(CultureInfo.InvariantCulture)},{Of(ranked.Value)})",
        Transformation.Aggregate aggregate => $"aggregate({string.Join(", ", aggregate.Items.Select(Of))})",
        Transformation.GroupBy group => $"groupby({string.Concat(group.Sets.Select(set => $"({string.Join(", ", set.Select(path => Of(path.Value)))})"))}{(group.Then.Count > 0 ? "," + Of(group.Then) : "")})",
        Transformation.Join join => $"{(join.IsOuter ? "outerjoin" : "join")}({join.Navigation.Name} as {join.Alias}{(join.Then.Count > 0 ? "," + Of(join.Then) : "")})",
        Transformation.Concat concat => $"concat({string.Join(" | ", concat.Parts.Select(Of))})",
        _ => throw new ArgumentException($"A transformation without a written form: {transformation.GetType()}"),
    };

    private static string Of(AggregateItem item) =>
        $"{string.Concat(item.Path.Select(step => step.Name + ">"))}{item.Method.Name}({Of(item.Value)}){(item.From is { } from ? $" of {Of(from)}" : "")} as {item.Name}";

    private static string Behind(Expression source, string name) =>
        source is Expression.Variable { Name: Expression.Variable.Implicit } ? name : $"{Of(source)}/{name}";

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool boolean => boolean ? "true" : "false",
        string text => $"'{text}'",
        EnumValue members => $"{members.Type.FullTypeName()}.{string.Join('+', members.Members)}",
        byte number => $"{number}b",
        short number => $"{number}s",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => $"{number}L",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        double number when double.IsInfinity(number) => number > 0 ? "INF" : "-INF",
        double number => number.ToString(CultureInfo.InvariantCulture) + "d",
        float number => number.ToString(CultureInfo.InvariantCulture) + "f",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        TimeSpan duration => $"duration'{System.Xml.XmlConvert.ToString(duration)}'",
        Guid guid => guid.ToString(),
        byte[] bytes => $"0x{Convert.ToHexString(bytes)}",
        _ => throw new ArgumentException($"A value without a written form: {value.GetType()}"),
    };
}
