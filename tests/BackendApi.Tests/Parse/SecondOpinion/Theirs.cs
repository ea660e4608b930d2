using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace BackendApi.Tests.Parse.SecondOpinion;

/// <summary>What ODataLib's parser makes of a URL, in the form of <see cref="Plain"/>.</summary>
internal static class Theirs
{
    public static string Of(string url)
    {
        var parser = new ODataUriParser(ShopEdm.Model, new Uri("http://host/"), new Uri("http://host/" + url))
        {
            Resolver = new StringAsEnumResolver { EnableCaseInsensitive = true },
            UrlKeyDelimiter = ODataUrlKeyDelimiter.Slash,
            EnableNoDollarQueryOptions = true,
        };
        parser.Settings.MaximumExpansionDepth = 10;
        // In this order: ParseUri() itself does not know the names that $apply and $compute make.
        var path = string.Join('/', parser.ParsePath().Select(Of));
        var apply = parser.ParseApply();
        var compute = parser.ParseCompute();
        var filter = parser.ParseFilter();
        var orderBy = parser.ParseOrderBy();
        var selected = parser.ParseSelectAndExpand();
        var options = Plain.Options(
        [
            apply is null ? null : $"apply={string.Join('/', apply.Transformations.Select(Of))}", Of(compute), Of(filter), Of(orderBy), Of(parser.ParseSearch()), .. Lists(selected), Number("top", parser.ParseTop()), Number("skip", parser.ParseSkip()),
            parser.ParseCount() is { } count ? $"count={count}" : null,
        ]);
        return $"{path} {options}";
    }

    private static string Of(ODataPathSegment segment) => segment switch
    {
        EntitySetSegment set => set.EntitySet.Name,
        SingletonSegment singleton => "!" + singleton.Singleton.Name,
        KeySegment key => $"({string.Join(',', key.Keys.Select(part => $"{part.Key}={Plain.Literal(part.Value)}"))})",
        PropertySegment property => property.Property.Name,
        NavigationPropertySegment navigation => ">" + navigation.NavigationProperty.Name,
        NavigationPropertyLinkSegment link => $">{link.NavigationProperty.Name}/$ref",
        TypeSegment type => type.EdmType.AsElementType().FullTypeName(),
        CountSegment => "$count",
        ValueSegment => "$value",
        ReferenceSegment => "$ref",
        FilterSegment filter => $"$filter[{Of(filter.Expression)}]",
        EachSegment => "$each",
        _ => throw new ArgumentException($"A segment without a written form: {segment.GetType()}"),
    };

    private static string? Number(string name, long? value) => value is null ? null : $"{name}={value}";

    private static string? Of(ComputeClause? compute) => compute is null ? null : $"compute={string.Join(", ", compute.ComputedItems.Select(item => $"{Of(item.Expression)} as {item.Alias}"))}";

    private static string? Of(FilterClause? filter) => filter is null ? null : $"filter={Of(filter.Expression)}";

    private static string Of(TransformationNode transformation) => transformation switch
    {
        FilterTransformationNode filter => $"filter({Of(filter.FilterClause.Expression)})",
        ComputeTransformationNode compute => $"compute({string.Join(", ", compute.Expressions.Select(item => $"{Of(item.Expression)} as {item.Alias}"))})",
        AggregateTransformationNode aggregate => $"aggregate({string.Join(", ", aggregate.AggregateExpressions.Cast<AggregateExpression>().Select(Of))})",
        GroupByTransformationNode group => $"groupby({string.Join(", ", group.GroupingProperties.SelectMany(Leaves))};{(group.ChildTransformations is { } then ? Of(then) : "")})",
        _ => throw new ArgumentException($"A transformation without a written form: {transformation.GetType()}"),
    };

    private static string Of(AggregateExpression item) => item.Method == AggregationMethod.VirtualPropertyCount
        ? $"$count as {item.Alias}"
        : $"{Of(item.Expression)} with {item.Method.ToString().ToLowerInvariant()} as {item.Alias}";

    /// <summary>It makes a tree of the paths.</summary>
    private static IEnumerable<string> Leaves(GroupByPropertyNode node) =>
        node.ChildTransformations.Count == 0 ? [Of(node.Expression)] : node.ChildTransformations.SelectMany(Leaves);

    private static string? Of(OrderByClause? order)
    {
        var items = new List<string>();
        for (; order is not null; order = order.ThenBy)
            items.Add(Of(order.Expression) + (order.Direction == OrderByDirection.Descending ? " desc" : ""));
        return items.Count == 0 ? null : $"orderby={string.Join(", ", items)}";
    }

    private static string? Of(SearchClause? search) => search is null ? null : $"search={Of(search.Expression)}";

    private static string?[] Lists(SelectExpandClause? clause) => clause is null ? [] :
    [
        // It selects by itself what is expanded as references.
        Plain.Items("select", clause.SelectedItems
            .Where(item => item is WildcardSelectItem || item is PathSelectItem path && path.SelectedPath.LastSegment is not NavigationPropertySegment).Select(Selected)),
        Plain.Items("expand", clause.SelectedItems.Where(item => item is ExpandedReferenceSelectItem or ExpandedNavigationSelectItem).Select(Expanded)),
    ];

    private static string Selected(SelectItem item) => item switch
    {
        WildcardSelectItem => "*",
        PathSelectItem path => string.Join('/', path.SelectedPath.Select(segment => segment is DynamicPathSegment made ? made.Identifier : Of(segment).TrimStart('>'))) + Plain.Options(
        [
            Of(path.ComputeOption), Of(path.FilterOption), Of(path.OrderByOption), Of(path.SearchOption), .. Lists(path.SelectAndExpand), Number("top", path.TopOption),
            Number("skip", path.SkipOption), path.CountOption is { } count ? $"count={count}" : null,
        ]),
        _ => throw new ArgumentException($"A selected item without a written form: {item.GetType()}"),
    };

    private static string Expanded(SelectItem item) => item switch
    {
        ExpandedNavigationSelectItem navigation => Path(navigation.PathToNavigationProperty) + Plain.Options(
        [
            Of(navigation.ComputeOption), Of(navigation.FilterOption), Of(navigation.OrderByOption), Of(navigation.SearchOption), .. Lists(navigation.SelectAndExpand),
            Number("top", navigation.TopOption), Number("skip", navigation.SkipOption), navigation.CountOption is { } count ? $"count={count}" : null,
            navigation.LevelsOption is { } levels ? $"levels={(levels.IsMaxLevel ? "max" : levels.Level)}" : null,
        ]),
        ExpandedReferenceSelectItem reference => Path(reference.PathToNavigationProperty) + "/$ref" + Plain.Options(
        [
            Of(reference.FilterOption), Of(reference.OrderByOption), Of(reference.SearchOption), Number("top", reference.TopOption),
            Number("skip", reference.SkipOption), reference.CountOption is { } count ? $"count={count}" : null,
        ]),
        _ => throw new ArgumentException($"An expanded item without a written form: {item.GetType()}"),
    };

    private static string Path(ODataExpandPath path) => string.Join('/', path.Select(segment => Of(segment).TrimStart('>')));

    private static string Of(QueryNode node) => node switch
    {
        ConvertNode convert => Of(convert.Source),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } junction =>
            Plain.Junction(Junction(junction), Of(junction.Left), Of(junction.Right)),
        BinaryOperatorNode binary => $"{Name(binary.OperatorKind)}({Of(binary.Left)},{Of(binary.Right)})",
        UnaryOperatorNode unary => $"{(unary.OperatorKind == UnaryOperatorKind.Negate ? "negate" : IsSearch(unary) ? "NOT" : "not")}({Of(unary.Operand)})",
        SearchTermNode term => term.Text,
        ConstantNode { Value: ODataEnumValue member } => Plain.Member((IEdmEnumType)ShopEdm.Model.FindDeclaredType(member.TypeName), member.Value.Split(',')),
        ConstantNode { TypeReference: { } type, Value: string name } when name.StartsWith("Edm.", StringComparison.Ordinal) && type.IsString() => name,
        ConstantNode constant => Plain.Literal(constant.Value),
        SingleValuePropertyAccessNode property => Behind(property.Source, property.Property.Name),
        SingleValueOpenPropertyAccessNode made => Behind(made.Source, made.Name),
        CollectionPropertyAccessNode property => Behind(property.Source, property.Property.Name),
        SingleComplexNode complex => Behind(complex.Source, complex.Property.Name),
        SingleNavigationNode navigation => Behind(navigation.Source, navigation.NavigationProperty.Name),
        CollectionNavigationNode navigation => Behind(navigation.Source, navigation.NavigationProperty.Name),
        SingleResourceCastNode cast => Behind(cast.Source, cast.TypeReference.FullName()),
        CollectionResourceCastNode cast => Behind(cast.Source, cast.ItemType.FullName()),
        ResourceRangeVariableReferenceNode variable => variable.Name,
        NonResourceRangeVariableReferenceNode variable => variable.Name,
        SingleValueFunctionCallNode call => $"{call.Name}({string.Join(',', call.Parameters.Select(Of))})",
        CountNode count => Of(count.Source) + "/$count",
        InNode within => $"in({Of(within.Left)},[{string.Join(',', ((CollectionConstantNode)within.Right).Collection.Select(Of))}])",
        AnyNode { Body: ConstantNode { Value: true } } any => $"{Of(any.Source)}/any()",
        AnyNode any => $"{Of(any.Source)}/any({any.CurrentRangeVariable.Name}:{Of(any.Body)})",
        AllNode all => $"{Of(all.Source)}/all({all.CurrentRangeVariable.Name}:{Of(all.Body)})",
        _ => throw new ArgumentException($"A node without a written form: {node.GetType()}"),
    };

    private static string Behind(QueryNode source, string name) => source is ResourceRangeVariableReferenceNode { Name: "$it" } ? name : $"{Of(source)}/{name}";

    private static bool IsSearch(QueryNode node) => node switch
    {
        SearchTermNode => true,
        UnaryOperatorNode unary => IsSearch(unary.Operand),
        BinaryOperatorNode binary => IsSearch(binary.Left),
        _ => false,
    };

    private static string Junction(BinaryOperatorNode node) => (node.OperatorKind, IsSearch(node)) switch
    {
        (BinaryOperatorKind.And, false) => "and",
        (BinaryOperatorKind.And, true) => "AND",
        (_, false) => "or",
        _ => "OR",
    };

    private static string Name(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equal => "eq",
        BinaryOperatorKind.NotEqual => "ne",
        BinaryOperatorKind.GreaterThan => "gt",
        BinaryOperatorKind.GreaterThanOrEqual => "ge",
        BinaryOperatorKind.LessThan => "lt",
        BinaryOperatorKind.LessThanOrEqual => "le",
        BinaryOperatorKind.Has => "has",
        BinaryOperatorKind.Add => "add",
        BinaryOperatorKind.Subtract => "sub",
        BinaryOperatorKind.Multiply => "mul",
        BinaryOperatorKind.Divide => "div",
        BinaryOperatorKind.Modulo => "mod",
        _ => throw new ArgumentException($"An operator without a name here: {kind}"),
    };
}
