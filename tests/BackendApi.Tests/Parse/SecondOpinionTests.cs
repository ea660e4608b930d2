using System.Globalization;
using System.Text.RegularExpressions;
using FluentAssertions;
using Microsoft.OData;
using Microsoft.OData.UriParser;
using Xunit;

namespace BackendApi.Tests.Parse;

/// <summary>
/// Filters from a fixed seed, parsed here and by ODataLib, which must build the same tree. ODataLib shows its promotions and leans chains of
/// <c>and</c> to the left, so both trees are compared without types of literals and with such chains flat.
/// </summary>
public partial class SecondOpinionTests
{
    private const int Filters = 3_000;

    [Fact]
    public void ODataLib_reads_the_same_tree()
    {
        var random = new Random(401);
        for (var i = 0; i < Filters; i++)
        {
            var filter = Condition(random, 3, "");
            Plain(Urls.Parse($"Customers?$filter={Uri.EscapeDataString(filter)}").Options.Filter!).Should().Be(Theirs(filter), "of {0}", filter);
        }
    }

    [Theory]
    [InlineData("Id add 2 mul 3 sub 4 div 5 eq 6 or not (Id gt 1) and Id mod 2 ne 0")]
    [InlineData("-Id lt -5 and - (Id add 1) gt -(5)")]
    [InlineData("Id gt 1 eq IsActive ne (Id lt 5)")]
    [InlineData("Name in ('a','b') or Id in (1,2) and IsActive")]
    [InlineData("Orders/any(o:o/Items/all(i:i/Quantity gt 1 and i/Product eq o/Status) or Id eq o/Id)")]
    public void ODataLib_reads_these_the_same(string filter) =>
        Plain(Urls.Parse($"Customers?$filter={Uri.EscapeDataString(filter)}").Options.Filter!).Should().Be(Theirs(filter));

    private static string Theirs(string filter)
    {
        var parser = new ODataUriParser(ShopEdm.Model, new Uri("Customers?$filter=" + Uri.EscapeDataString(filter), UriKind.Relative))
        {
            Resolver = new StringAsEnumResolver { EnableCaseInsensitive = true },
        };
        parser.Settings.MaximumExpansionDepth = 10;
        return Plain(parser.ParseFilter().Expression);
    }

    // A grammar of what both parsers know. Parentheses are left out wherever the operators' precedence should do.

    private static string Condition(Random random, int depth, string prefix) => random.Next(depth > 0 ? 11 : 5) switch
    {
        0 => $"{Text(random, depth, prefix)} {Pick(random, "eq", "ne", "gt", "le")} {Text(random, depth, prefix)}",
        1 => $"{Number(random, depth, prefix)} {Pick(random, "eq", "ne", "gt", "ge", "lt", "LE")} {Number(random, depth, prefix)}",
        2 => $"{prefix}Created {Pick(random, "gt", "lt")} 2024-0{random.Next(1, 10)}-01T10:00:00Z",
        3 => $"{Pick(random, "contains", "startswith", "endsWith")}({Text(random, depth, prefix)},{Text(random, depth, prefix)})",
        4 => $"{prefix}Id in ({random.Next(9)},{random.Next(9)})",
        5 or 6 => $"{Condition(random, depth - 1, prefix)} {Pick(random, "and", "or", "AND")} {Condition(random, depth - 1, prefix)}",
        7 => $"not ({Condition(random, depth - 1, prefix)})",
        8 => $"({Condition(random, depth - 1, prefix)})",
        9 when prefix.Length < 6 => Lambda(random, depth, prefix),
        _ => $"{prefix}Status {Pick(random, "eq", "ne")} Demo.Status'{Pick(random, "Open", "Closed")}'",
    };

    private static string Lambda(Random random, int depth, string prefix)
    {
        var variable = "v" + prefix.Length.ToString(CultureInfo.InvariantCulture);
        return $"{prefix}Orders/{Pick(random, "any", "all")}({variable}:{Condition(random, depth - 1, variable + "/Customer/")})";
    }

    private static string Text(Random random, int depth, string prefix) => random.Next(depth > 0 ? 7 : 4) switch
    {
        0 => $"'{Pick(random, "a", "it''s", "", "and", "x y")}'",
        1 => prefix + "Name",
        2 => prefix + "Address/City",
        3 => prefix + "Manager/Country",
        4 => $"{Pick(random, "tolower", "toupper", "trim")}({Text(random, depth - 1, prefix)})",
        5 => $"concat({Text(random, depth - 1, prefix)},{Text(random, depth - 1, prefix)})",
        _ => $"substring({Text(random, depth - 1, prefix)},{Number(random, 0, prefix)})",
    };

    private static string Number(Random random, int depth, string prefix) => random.Next(depth > 0 ? 8 : 2) switch
    {
        0 => random.Next(-9, 99).ToString(CultureInfo.InvariantCulture),
        1 => prefix + "Id",
        2 or 3 or 4 => $"{Number(random, depth - 1, prefix)} {Pick(random, "add", "sub", "mul", "div", "mod")} {Number(random, depth - 1, prefix)}",
        5 => $"length({Text(random, depth - 1, prefix)})",
        6 => $"{Pick(random, "year", "day", "hour")}({prefix}Created)",
        _ => prefix + "Orders/$count",
    };

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    private static string Plain(BackendApi.Parse.Expression expression) => expression switch
    {
        BackendApi.Parse.Expression.Binary { Operator.Name: "and" or "or" } junction => Flat(junction.Operator.Name, Plain(junction.Left), Plain(junction.Right)),
        BackendApi.Parse.Expression.Binary binary => $"{binary.Operator.Name}({Plain(binary.Left)},{Plain(binary.Right)})",
        BackendApi.Parse.Expression.Unary unary => $"{unary.Operator.Name}({Plain(unary.Operand)})",
        BackendApi.Parse.Expression.In within => $"in({Plain(within.Operand)},{Plain(within.Values)})",
        BackendApi.Parse.Expression.List list => $"[{string.Join(',', list.Items.Select(Plain))}]",
        BackendApi.Parse.Expression.Call call => $"{call.Function.Name}({string.Join(',', call.Arguments.Select(Plain))})",
        BackendApi.Parse.Expression.Lambda lambda => $"{Written.Of(lambda.Source)}/{(lambda.IsAll ? "all" : "any")}({lambda.VariableName}:{Plain(lambda.Predicate!)})",
        BackendApi.Parse.Expression.Literal { Value: int or long or decimal or double } => NumberSuffix().Replace(Written.Of(expression), ""),
        _ => Written.Of(expression),
    };

    private static string Plain(QueryNode node) => node switch
    {
        ConvertNode convert => Plain(convert.Source),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } junction =>
            Flat(junction.OperatorKind == BinaryOperatorKind.And ? "and" : "or", Plain(junction.Left), Plain(junction.Right)),
        BinaryOperatorNode binary => $"{Name(binary.OperatorKind)}({Plain(binary.Left)},{Plain(binary.Right)})",
        UnaryOperatorNode unary => $"{(unary.OperatorKind == UnaryOperatorKind.Not ? "not" : "negate")}({Plain(unary.Operand)})",
        ConstantNode { Value: string text } => $"'{text}'",
        ConstantNode { Value: ODataEnumValue member } => $"{member.TypeName}.{EnumName(member)}",
        ConstantNode { Value: DateTimeOffset instant } => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        ConstantNode constant => Convert.ToString(constant.Value, CultureInfo.InvariantCulture)!,
        SingleValuePropertyAccessNode property => Behind(property.Source, property.Property.Name),
        SingleComplexNode complex => Behind(complex.Source, complex.Property.Name),
        SingleNavigationNode navigation => Behind(navigation.Source, navigation.NavigationProperty.Name),
        CollectionNavigationNode navigation => Behind(navigation.Source, navigation.NavigationProperty.Name),
        ResourceRangeVariableReferenceNode variable => variable.Name,
        SingleValueFunctionCallNode call => $"{call.Name}({string.Join(',', call.Parameters.Select(Plain))})",
        CountNode count => Plain(count.Source) + "/$count",
        InNode within => $"in({Plain(within.Left)},[{string.Join(',', ((CollectionConstantNode)within.Right).Collection.Select(Plain))}])",
        AnyNode any => $"{Plain(any.Source)}/any({any.CurrentRangeVariable.Name}:{Plain(any.Body)})",
        AllNode all => $"{Plain(all.Source)}/all({all.CurrentRangeVariable.Name}:{Plain(all.Body)})",
        _ => throw new ArgumentException($"A node without a written form: {node.GetType()}"),
    };

    private static string Behind(QueryNode source, string name) =>
        source is ResourceRangeVariableReferenceNode { Name: "$it" } ? name : $"{Plain(source)}/{name}";

    private static string Flat(string name, string left, string right)
    {
        var inner = (string side) => side.StartsWith(name + "{", StringComparison.Ordinal) ? side[(name.Length + 1)..^1] : side;
        return $"{name}{{{inner(left)};{inner(right)}}}";
    }

    private static string EnumName(ODataEnumValue member) => member.Value is "1" or "Open" ? "Open" : "Closed";

    private static string Name(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equal => "eq",
        BinaryOperatorKind.NotEqual => "ne",
        BinaryOperatorKind.GreaterThan => "gt",
        BinaryOperatorKind.GreaterThanOrEqual => "ge",
        BinaryOperatorKind.LessThan => "lt",
        BinaryOperatorKind.LessThanOrEqual => "le",
        BinaryOperatorKind.Add => "add",
        BinaryOperatorKind.Subtract => "sub",
        BinaryOperatorKind.Multiply => "mul",
        BinaryOperatorKind.Divide => "div",
        BinaryOperatorKind.Modulo => "mod",
        _ => throw new ArgumentException($"An operator without a name here: {kind}"),
    };

    [GeneratedRegex("[A-Za-z]$")]
    private static partial Regex NumberSuffix();
}
