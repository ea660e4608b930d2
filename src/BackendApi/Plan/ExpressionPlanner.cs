using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>
/// Binds the expressions of a URL to columns and joins. May refuse what the product cannot translate (501).
/// </summary>
/// <remarks>
/// OData's logic is two-valued for comparisons and three-valued for everything else; SQL's is three-valued throughout, and WHERE takes unknown for
/// false. Each boolean expression is therefore planned for what is asked of it, a <see cref="Want"/>, with negations pushed down to the leaves.
/// </remarks>
internal sealed partial class ExpressionPlanner
{
    /// <summary>What a condition must single out.</summary>
    private enum Want { True, False, NotTrue, NotFalse }

    /// <param name="Computed">What the names of <c>$compute</c> stand for.</param>
    private readonly record struct Binding(string Variable, Scope Scope, Entity Entity, IReadOnlyDictionary<string, Term> Computed)
    {
        /// <summary>What the variable stands for when it ranges over a collection of primitive values.</summary>
        public Term? Item { get; init; }
    }

    private readonly List<Binding> _bindings;
    private readonly SourceNumbers _numbers;

    public ExpressionPlanner(Scope scope)
        : this(scope, scope.Root, scope.Computed) { }

    /// <param name="entity">What a path without prefix begins at: the scope's root, or an entity that a join of the scope has reached.</param>
    public ExpressionPlanner(Scope scope, Entity entity, IReadOnlyDictionary<string, Term> computed)
    {
        _numbers = scope.Numbers;
        _bindings =
        [
            new(Expression.Variable.Implicit, scope, entity, computed),
            new(Expression.Variable.This, scope, entity, computed),
        ];
        if (!scope.IsNested)
            _bindings.Add(new(Expression.Variable.It, scope, scope.Root, computed));
    }

    /// <summary>A condition that holds exactly where <paramref name="expression"/> is true.</summary>
    public Condition Where(Expression expression) => Plan(expression, Want.True);

    /// <summary>A value that the database computes.</summary>
    public Term Value(Expression expression) => Value(expression, peer: null);

    private Condition Plan(Expression expression, Want want)
    {
        var negated = want is Want.False or Want.NotTrue;
        switch (expression)
        {
            case Expression.Literal literal:
                return Constant(want switch
                {
                    Want.True => literal.Value is true,
                    Want.False => literal.Value is false,
                    Want.NotTrue => literal.Value is not true,
                    _ => literal.Value is not false,
                });
            case Expression.Unary { Operator.Name: "not" } not:
                return Plan(not.Operand, want switch
                {
                    Want.True => Want.False,
                    Want.False => Want.True,
                    Want.NotTrue => Want.NotFalse,
                    _ => Want.NotTrue,
                });
            case Expression.Binary { Operator.Name: "and" or "or" } chain:
                var all = chain.Operator.Name == "and" ^ negated;
                return all ? Condition.AllOf(Chain(chain, want)) : Condition.AnyOf(Chain(chain, want));
            case Expression.Binary binary when ComparisonOf(binary.Operator.Name) is { } comparison:
                return Compare(binary, negated ? Opposite(comparison) : comparison, negated);
            case Expression.In among:
                return In(among, negated);
            case Expression.Lambda lambda:
                return Lambda(lambda, negated);
            case Expression.Call call when IsCollectionTest(call):
                // Null in place of a collection makes it null.
                return ValuesOf(call.Arguments[0]) is { } whole && ValuesOf(call.Arguments[1]) is { } part
                    ? Subcollections.Plan(call.Function, whole, part, _numbers, negated)
                    : Constant(want is Want.NotTrue or Want.NotFalse);
            case Expression.IsOf { Tested.Definition: IEdmStructuredType tested } isOf:
                // isof says of each entity whether it is of the type: it is never null.
                return NullTest(new Expression.TypeCast(isOf.At, MemberParser.Structured(tested), isOf.Operand), !negated);
            case Expression.IsOf test:
                return IsOf(test, negated);
            case Expression.Binary { Operator.Name: "has" } has:
                return Has(has, want);
            default:
                var term = Value(expression);
                if (term is Term.Constant { Value: null })
                    return Constant(want is Want.NotTrue or Want.NotFalse);
                var holds = new Condition.Holds(term, negated);
                return term.IsNullable && want is Want.NotTrue or Want.NotFalse
                    ? Condition.AnyOf([holds, new Condition.IsNull(term, Negated: false)])
                    : holds;
        }
    }

    private static Condition Constant(bool value) => value ? Condition.Constant.True : Condition.Constant.False;

    /// <summary>The operands of <c>a and b and c</c>, without recursing along the chain: it can be thousands of terms long.</summary>
    private List<Condition> Chain(Expression.Binary chain, Want want)
    {
        var conditions = new List<Condition>();
        var pending = new Stack<Expression>();
        pending.Push(chain);
        while (pending.TryPop(out var next))
        {
            if (next is Expression.Binary binary && ReferenceEquals(binary.Operator, chain.Operator))
            {
                pending.Push(binary.Right);
                pending.Push(binary.Left);
            }
            else
            {
                conditions.Add(Plan(next, want));
            }
        }
        return conditions;
    }

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
        if (operand is Expression.Navigation navigation)
        {
            var (_, target) = Resolve(navigation);
            return new Condition.IsNull(target.Column(target.Set.Key[0]), negated);
        }
        if (operand is Expression.Variable && operand.Type is IEdmEntityTypeReference)
            return Constant(negated);
        if (operand is Expression.Property { Definition: var definition } && operand.Type is IEdmComplexTypeReference)
            return ComplexNullTest(Resolve(operand).Entity, definition, negated);
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
        if (!complex.IsNullable && !entity.Source.IsOptional)
            return Constant(negated);
        var columns = complex.Members.Columns.Select(column => (Condition)new Condition.IsNull(entity.Column(column), negated)).ToArray();
        return negated ? Condition.AnyOf(columns) : Condition.AllOf(columns);
    }

    private static bool IsNull(Expression expression) => expression is Expression.Literal { Value: null };

    private static bool IsNaN(Expression expression) => expression is Expression.Literal { Value: double.NaN or float.NaN };

    private Condition In(Expression.In among, bool negated)
    {
        if (ItemsOf(among.Values) is { } items)
        {
            const string Item = "$item";
            var equal = new Expression.Binary(among.At, among.Type, Functions.Eq, among.Operand, new Expression.Variable(among.At, PrimitiveTypes.Of(items.Item.Kind), Item));
            return new Condition.Exists(items.Rows(WithItem(items.Item, [Item], () => Plan(equal, Want.True))), negated);
        }
        if (among.Values is not Expression.List list)
            throw NotSupported("in with a collection that is not a list of values");
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

    private Condition Lambda(Expression.Lambda lambda, bool negated)
    {
        Condition? predicate = null;
        if (ItemsOf(lambda.Source) is { } items)
        {
            if (lambda.Predicate is not null)
                predicate = WithItem(items.Item, [lambda.VariableName!], () => Plan(lambda.Predicate, lambda.IsAll ? Want.NotTrue : Want.True));
            return new Condition.Exists(items.Rows(predicate), lambda.IsAll ^ negated);
        }
        var (scope, close) = Related(lambda.Source);
        if (lambda.Predicate is not null)
        {
            _bindings.Add(new(lambda.VariableName!, scope, scope.Root, scope.Computed));
            // all(p) says that there is no row for which p is not true.
            predicate = Plan(lambda.Predicate, lambda.IsAll ? Want.NotTrue : Want.True);
            _bindings.RemoveAt(_bindings.Count - 1);
        }
        return new Condition.Exists(close(predicate), lambda.IsAll ^ negated);
    }

    /// <summary>The items of a collection of primitive values that a column holds; null for every other expression.</summary>
    private ListItems? ItemsOf(Expression source)
    {
        if (source is not Expression.Property { Definition: var definition } property || property.Type is not IEdmCollectionTypeReference)
            return null;
        var (_, entity) = Resolve(property.Source);
        return entity.Set.Column(definition) is { Items: not null } model ? ListItems.Of(entity, model, _numbers) : null;
    }

    private static bool IsCollectionTest(Expression.Call call) =>
        ReferenceEquals(call.Function, Functions.HasSubset) || ReferenceEquals(call.Function, Functions.HasSubsequence);

    /// <summary>A collection of values that a column holds or the URL gives; null for null.</summary>
    private Values? ValuesOf(Expression collection) => collection switch
    {
        Expression.Literal => null,
        Expression.List list => new Values.Given([.. list.Items.Cast<Expression.Literal>()]),
        _ when ItemsOf(collection) is not null => new Values.Stored(() => ItemsOf(collection)!),
        _ => throw NotSupported("such a collection as an argument of a function"),
    };

    private T WithItem<T>(Term item, IReadOnlyList<string> names, Func<T> plan)
    {
        foreach (var name in names)
            _bindings.Add(_bindings[0] with { Variable = name, Item = item });
        var planned = plan();
        _bindings.RemoveRange(_bindings.Count - names.Count, names.Count);
        return planned;
    }

    /// <summary>A condition on the items of a collection, by whatever name the URL calls them.</summary>
    public Condition Where(Expression expression, Term item) => WithItem(item, ListItems.Names, () => Where(expression));

    public Term Value(Expression expression, Term item, bool isItem) => isItem ? WithItem(item, ListItems.Names, () => Value(expression)) : Value(expression);

    private (Scope Scope, Func<Condition?, Subquery> Close) Related(Expression source)
    {
        if (source is Expression.Filtered filtered)
        {
            var (inner, close) = Related(filtered.Source);
            var kept = new ExpressionPlanner(inner).Where(filtered.Predicate);
            return (inner, more => close(Condition.Both(kept, more)));
        }
        if (source is Expression.TypeCast cast)
            return Cast(Related(cast.Source), PrimitiveTypes.ItemOf(cast.Type)!.Definition);
        if (source is Expression.Root root)
            return Everywhere(root);
        if (source is not Expression.Navigation navigation)
            throw NotSupported("a collection that is not a navigation property");
        var (_, from) = Resolve(navigation.Source);
        return Navigating.Related(from, from.Set.Navigation(navigation.Definition), _numbers);
    }

    private static (Scope Scope, Func<Condition?, Subquery> Close) Cast((Scope Scope, Func<Condition?, Subquery> Close) rows, IEdmType to)
    {
        if (rows.Scope.Root.Set.DerivedFrom(to) is not { } type)
            return rows;
        var isOf = Navigating.IsOf(rows.Scope.Root, type);
        rows.Scope.Restrict(type);
        return (rows.Scope, more => rows.Close(Condition.Both(isOf, more)));
    }

    private Term Value(Expression expression, Term? peer)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                return Constants.Meeting(literal, peer);
            case Expression.Property property when RootOf(property) is { } root:
                return Elsewhere(property, root);
            case Expression.Property property when Member(property) is { } member:
                return member.Value;
            case Expression.Variable variable when Bound(variable.Name).Item is { } item:
                return item;
            case Expression.Property property:
                return Property(property);
            case Expression.Computed computed:
                return Bound(((Expression.Variable)computed.Source).Name).Computed[computed.Name];
            case Expression.Call test when IsCollectionTest(test):
                return new Term.Test(Plan(test, Want.True), Plan(test, Want.False));
            case Expression.Call call:
                return Call(call.Function, call.Arguments, call);
            case Expression.Unary { Operator.Name: "negate" } unary:
                return Call(unary.Operator, [unary.Operand], unary);
            case Expression.Binary binary when binary.Operator.Name is not ("and" or "or" or "has") && ComparisonOf(binary.Operator.Name) is null:
                return Call(binary.Operator, [binary.Left, binary.Right], binary);
            case Expression.Binary or Expression.Unary or Expression.In or Expression.Lambda or Expression.IsOf:
                return new Term.Test(Plan(expression, Want.True), Plan(expression, Want.False));
            case Expression.Count count:
                return Count(count);
            case Expression.Convert convert:
                return Convert(convert);
            case Expression.Case branches:
                return Case(branches);
            default:
                throw NotSupported(expression switch
                {
                    Expression.Root => "$root",
                    Expression.List => "a collection literal",
                    Expression.TypeCast => "a type cast",
                    _ => "this expression",
                });
        }
    }

    private Term Property(Expression.Property property)
    {
        var (_, entity) = Resolve(property.Source);
        if (entity.Set.Column(property.Definition) is not { } model || model.Edm.Type.Kind() is null)
            throw NotSupported($"the structured property {property.Definition.Name} in an expression");
        var column = entity.Column(model);
        // What another type's rows hold in the column is not a value of this property.
        return entity.Set.Derived.FirstOrDefault(derived => derived.Members.Columns.Contains(model)) is { } type && type != entity.Type
            ? new Term.Case(Navigating.IsOf(entity, type), column)
            : column;
    }

    private Term Call(FunctionRow function, IReadOnlyList<Expression> arguments, Expression expression)
    {
        if (!function.IsSupported || expression.Type.Kind() is not { } kind)
            throw NotSupported(function.Name);
        var terms = new Term[arguments.Count];
        var isNullable = false;
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = function.Name == "matchesPattern" && i == 1 ? Pattern(arguments[i]) : Value(arguments[i]);
            // Every function of null is null.
            if (terms[i] is Term.Constant { Value: null })
                return new Term.Constant(Constants.TypeOf(kind), null);
            isNullable |= terms[i].IsNullable;
        }
        // The signature computes in a wider type than that of its operands, which some databases would stay in.
        if (kind == ValueKind.Int32 && function.Form != FunctionForm.Function)
            for (var i = 0; i < terms.Length; i++)
                if (terms[i].Kind is ValueKind.Byte or ValueKind.Int16)
                    terms[i] = new Term.Converted(terms[i], kind);
        return new Term.Call(function, terms, kind, isNullable);
    }

    private Term.CountOf Count(Expression.Count count)
    {
        if (ItemsOf(count.Source) is { } items)
            return count.Search is null
                ? new(items.Rows(count.Filter is null ? null : Where(count.Filter, items.Item)))
                : throw NotSupported("$search in a collection of values");
        var (scope, close) = Related(count.Source);
        Condition? filter = null;
        if (count.Filter is not null)
        {
            // $it and the variables of lambdas around it stay what they are.
            _bindings.Add(new(Expression.Variable.Implicit, scope, scope.Root, scope.Computed));
            _bindings.Add(new(Expression.Variable.This, scope, scope.Root, scope.Computed));
            filter = Plan(count.Filter, Want.True);
            _bindings.RemoveRange(_bindings.Count - 2, 2);
        }
        return new(close(count.Search is null ? filter : Condition.Both(filter, SearchPlanner.Where(scope.Root, count.Search))));
    }

    /// <summary>The entity that a path leads to through single-valued navigations.</summary>
    private (Scope Scope, Entity Entity) Resolve(Expression path)
    {
        switch (path)
        {
            case Expression.Variable variable:
                var bound = Bound(variable.Name);
                return bound.Scope.Members is null ? (bound.Scope, bound.Entity) : throw NotSupported("a path that begins at what $apply has made");
            case Expression.Navigation { Source: Expression.Variable variable } navigation when Joined(variable, navigation) is { } joined:
                return (Bound(variable.Name).Scope, joined.Entity);
            case Expression.Navigation navigation:
                var (scope, from) = Resolve(navigation.Source);
                var model = from.Set.Navigation(navigation.Definition);
                if (model.IsCollection)
                    throw new ServiceException(Errors.TypeMismatch, $"{model.Name} is a collection: use any, all or $count on it.");
                return (scope, scope.Reach(from, model));
            case Expression.Property { Definition: var definition } member:
                var owner = Resolve(member.Source);
                return owner.Entity.Set.Complex(definition) is not null
                    ? owner
                    : throw NotSupported($"a path into {definition.Name}");
            case Expression.TypeCast cast when PrimitiveTypes.ItemOf(cast.Type) is null:
                return Resolve(cast.Source);
            default:
                throw NotSupported("a path over this expression");
        }
    }

    /// <summary>A member of rows that are no entities, by its path; null when the path begins elsewhere.</summary>
    private Member? Member(Expression.Property property, string rest = "")
    {
        var path = property.Definition.Name + rest;
        return property.Source switch
        {
            Expression.Variable variable => Bound(variable.Name).Scope.Members?.FirstOrDefault(member => member.Path == path),
            Expression.Property source => Member(source, "/" + path),
            Expression.Navigation { Source: Expression.Variable variable } source => Bound(variable.Name).Scope.Members?.FirstOrDefault(
                member => member.Path == $"{source.Definition.Name}/{path}"),
            _ => null,
        };
    }

    private Joined? Joined(Expression.Variable variable, Expression.Navigation navigation) =>
        Bound(variable.Name).Scope.Joined is { Count: > 0 } joined ? joined.FirstOrDefault(item => item.Alias == navigation.Definition.Name) : null;

    private Binding Bound(string variable)
    {
        for (var i = _bindings.Count - 1; i >= 0; i--)
            if (_bindings[i].Variable == variable)
                return _bindings[i];
        throw NotSupported($"the variable {variable} in this place");
    }

    internal static ServiceException NotSupported(string what) =>
        new(Errors.NotImplemented, $"This is valid OData, but the service does not support {what}.");
}
