using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>Comparisons, with OData's own rules for null (URL Conventions, 5.1.1.1), and <c>in</c>.</summary>
internal sealed partial class ExpressionPlanner
{
    private static Comparison? ComparisonOf(string name) => name switch
    {
        "eq" => Comparison.Equal,
        "ne" => Comparison.NotEqual,
        "gt" => Comparison.Greater,
        "ge" => Comparison.GreaterOrEqual,
        "lt" => Comparison.Less,
        "le" => Comparison.LessOrEqual,
        _ => null,
    };

    private static Comparison Opposite(Comparison comparison) => comparison switch
    {
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.Greater => Comparison.LessOrEqual,
        Comparison.GreaterOrEqual => Comparison.Less,
        Comparison.Less => Comparison.GreaterOrEqual,
        _ => Comparison.Greater,
    };

    /// <summary>URL Conventions 5.1.1.1: null equals null only, and every other comparison with null is false.</summary>
    private Condition Compare(Expression.Binary binary, Comparison comparison, bool negated)
    {
        if (IsNull(binary.Right))
            return CompareWithNull(binary.Left, comparison, negated);
        if (IsNull(binary.Left))
            return CompareWithNull(binary.Right, comparison, negated);

        if (IsStructural(binary.Left))
            return CompareStructures(binary.Left, binary.Right, comparison == Comparison.Equal);

        // Equal to nothing, not even itself, and neither greater nor less.
        if (IsNaN(binary.Left) || IsNaN(binary.Right))
            return Constant(comparison switch { Comparison.Equal => false, Comparison.NotEqual => true, _ => negated });

        Term left, right;
        if (binary.Left is Expression.Literal)
        {
            right = Value(binary.Right);
            left = Value(binary.Left, right);
        }
        else
        {
            left = Value(binary.Left);
            right = Value(binary.Right, left);
        }

        if (left.Kind == ValueKind.Enum)
            (left, right) = SameText(left, right);
        var compare = new Condition.Compare(comparison, left, right);
        Condition LeftNull(bool not = false) => new Condition.IsNull(left, not);
        Condition RightNull(bool not = false) => new Condition.IsNull(right, not);
        return (comparison, left.IsNullable, right.IsNullable) switch
        {
            (_, false, false) => compare,
            (Comparison.Equal, true, true) => Condition.AnyOf([compare, Condition.AllOf([LeftNull(), RightNull()])]),
            (Comparison.Equal, _, _) => compare,
            (Comparison.NotEqual, true, true) => Condition.AnyOf(
                [compare, Condition.AllOf([LeftNull(), RightNull(true)]), Condition.AllOf([LeftNull(true), RightNull()])]),
            (Comparison.NotEqual, true, false) => Condition.AnyOf([compare, LeftNull()]),
            (Comparison.NotEqual, false, true) => Condition.AnyOf([compare, RightNull()]),
            _ when !negated => compare,
            (_, true, true) => Condition.AnyOf([compare, LeftNull(), RightNull()]),
            (_, true, false) => Condition.AnyOf([compare, LeftNull()]),
            (_, false, true) => Condition.AnyOf([compare, RightNull()]),
        };
    }

    private Condition CompareWithNull(Expression operand, Comparison comparison, bool negated) => comparison switch
    {
        Comparison.Equal => NullTest(operand, negated: false),
        Comparison.NotEqual => NullTest(operand, negated: true),
        _ => Constant(negated),
    };

    private Condition NullTest(Expression operand, bool negated)
    {
        if (IsNull(operand))
            return Constant(!negated);
        if (operand is Expression.List or Expression.Object)
            return Constant(negated);
        if (PrimitiveTypes.ItemOf(operand.Type) is not null)
            return Absence(operand, negated) ?? Constant(negated);
        if (operand is Expression.Navigation navigation)
        {
            var (_, target) = Resolve(navigation);
            return new Condition.IsNull(target.Column(target.Set.Key[0]), negated);
        }
        if (operand is Expression.Variable && operand.Type is IEdmEntityTypeReference)
            return Constant(negated);
        if (operand is Expression.Property { Definition: var definition } && operand.Type is IEdmComplexTypeReference && RootOf(operand) is null)
            return ComplexNullTest(Resolve(operand).Entity, definition, negated);
        if (IsStructural(operand) && RootOf(operand) is not null)
            throw NotSupported("a comparison of what $root leads to with null");
        if (operand is Expression.TypeCast cast)
        {
            var (_, target) = Resolve(cast);
            if (target.Set.DerivedFrom(cast.Type!.Definition) is not { } type || type == target.Type)
                return NullTest(cast.Source, negated);
            return negated ? Navigating.IsOf(target, type) : Navigating.IsNotOf(target, type);
        }
        var term = Value(operand);
        return term.IsNullable ? new Condition.IsNull(term, negated) : Constant(negated);
    }

    /// <summary>A complex value is null when all of its columns are.</summary>
    private static Condition ComplexNullTest(Entity entity, IEdmProperty definition, bool negated)
    {
        var complex = entity.Set.Complex(definition)!;
        var isCast = entity.IsCast;
        if (!complex.IsNullable && !entity.Source.IsOptional && isCast is null)
            return Constant(negated);
        var columns = complex.Members.Columns.Select(column => (Condition)new Condition.IsNull(entity.Column(column), negated)).ToArray();
        return isCast is null ? negated ? Condition.AnyOf(columns) : Condition.AllOf(columns)
            : negated ? Condition.AllOf([isCast, Condition.AnyOf(columns)])
            : Condition.AnyOf([Navigating.IsNotOf(entity, entity.Cast!), Condition.AllOf(columns)]);
    }

    private static bool IsNull(Expression expression) => expression is Expression.Literal { Value: null };

    private static bool IsNaN(Expression expression) => expression is Expression.Literal { Value: double.NaN or float.NaN };

    private Condition In(Expression.In among, bool negated)
    {
        if (ItemsOf(among.Values) is { } items)
        {
            const string Item = "$item";
            var equal = new Expression.Binary(among.At, among.Type, Functions.Eq, among.Operand, new Expression.Variable(among.At, PrimitiveTypes.ItemOf(among.Values.Type), Item));
            return new Condition.Exists(items.Rows(WithItem(items.Item, [Item], () => Plan(equal, Want.True))), negated);
        }
        if (among.Values is not Expression.List list)
        {
            var (scope, close) = Related(among.Values);
            _bindings.Add(new("$item", scope, scope.Root, scope.Computed));
            var same = Plan(new Expression.Binary(among.At, among.Type, Functions.Eq, among.Operand, new Expression.Variable(among.At, PrimitiveTypes.ItemOf(among.Values.Type), "$item")), Want.True);
            _bindings.RemoveAt(_bindings.Count - 1);
            return new Condition.Exists(close(same), negated);
        }
        if (list.Items.Any(item => item is not Expression.Literal))
        {
            var equals = list.Items.Select(item =>
                (Condition)Compare(new(among.At, among.Type, Functions.Eq, among.Operand, item), negated ? Comparison.NotEqual : Comparison.Equal, negated));
            return negated ? Condition.AllOf([.. equals]) : Condition.AnyOf([.. equals]);
        }

        var operand = Value(among.Operand);
        var values = new List<object>(list.Items.Count);
        var hasNull = false;
        ColumnType? type = null;
        foreach (var item in list.Items.Cast<Expression.Literal>())
        {
            if (item.Value is null)
            {
                hasNull = true;
                continue;
            }
            if (IsNaN(item))
                continue;
            var constant = Constants.Meeting(item, operand);
            if (type is not null && type.Kind != constant.Kind && (Functions.NumericRank(type.Kind) == 0 || Functions.NumericRank(constant.Kind) == 0))
                throw new ServiceException(Errors.TypeMismatch, "The values of a list behind in have more than one type.", "in");
            // One list has one type: a number that the column cannot hold widens the list for all.
            type = type is null || type.Kind == constant.Type.Kind ? constant.Type : Constants.Wider(type, constant.Type);
            values.Add(constant.Value!);
        }
        for (var i = 0; i < values.Count; i++)
            values[i] = Constants.Widen(values[i], type!.Kind);

        Condition found = values.Count == 0 ? Constant(negated) : new Condition.In(operand, type!, values, negated);
        if (!operand.IsNullable)
            return found;
        var isNull = new Condition.IsNull(operand, Negated: false);
        var isNotNull = new Condition.IsNull(operand, Negated: true);
        return (negated, hasNull) switch
        {
            (false, false) => found,
            (false, true) => Condition.AnyOf([found, isNull]),
            (true, false) => Condition.AnyOf([found, isNull]),
            (true, true) => Condition.AllOf([found, isNotNull]),
        };
    }
}
