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

        /// <summary>It stands for the rows of the scope, and not for an entity beside them.</summary>
        public bool IsRow => ReferenceEquals(Entity.Source, Scope.Root.Source);
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

    /// <summary>A condition that holds where <paramref name="expression"/> is false or null.</summary>
    public Condition WhereNot(Expression expression) => Plan(expression, Want.NotTrue);

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
                if (IsNull(call.Arguments[0]) || IsNull(call.Arguments[1]))
                    return Constant(want is Want.NotTrue or Want.NotFalse);
                var (whole, part) = Lists(call.Arguments[0], call.Arguments[1]);
                return ReferenceEquals(call.Function, Functions.HasSubset) ? Subcollections.Subset(whole, part, negated) : Subcollections.Subsequence(whole, part, negated);
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

    private Term Value(Expression expression, Term? peer)
    {
        switch (expression)
        {
            case Expression.Literal literal:
                return Constants.Meeting(literal, peer);
            case Expression.Property { Source: Expression.Variable owner } property when Bound(owner.Name).Item is Term.Item { From: var list }:
                return new Term.ItemMember(list, property.Definition.Name, property.Type.Kind()!.Value);
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
                    Expression.List => "a collection literal in this place",
                    Expression.Object => "a JSON object in this place",
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
        // What another type's rows hold in the column is not a value of this property, and an entity of another type has none behind a cast.
        var type = entity.Set.Derived.FirstOrDefault(derived => derived.Members.Columns.Contains(model));
        return (type is null ? entity : entity with { Cast = type }).IsCast is { } isOfType ? new Term.Case(isOfType, column) : column;
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

    /// <summary>The entity that a path leads to through single-valued navigations.</summary>
    private (Scope Scope, Entity Entity) Resolve(Expression path)
    {
        switch (path)
        {
            case Expression.Variable variable:
                var bound = Bound(variable.Name);
                if (bound.Item is not null)
                    throw NotSupported("a path over an item of a collection");
                return bound.Scope.Members is null || !bound.IsRow ? (bound.Scope, bound.Entity) : throw NotSupported("a path that begins at what $apply has made");
            case Expression.Navigation navigation when Joined(navigation) is { } joined:
                return (Made(navigation)!, joined.Entity);
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
                var uncast = Resolve(cast.Source);
                return uncast.Entity.Set.DerivedFrom(cast.Type!.Definition) is { } derived ? (uncast.Scope, uncast.Entity with { Cast = derived }) : uncast;
            default:
                throw NotSupported("a path over this expression");
        }
    }

    /// <summary>A member of rows that are no entities, by its path; null when the path begins elsewhere.</summary>
    private Member? Member(Expression.Property property) => Made(property) is { } scope && PathOf(property) is var path
        ? (scope.Members ?? scope.Added).FirstOrDefault(member => member.Path == path)
        : null;

    private Joined? Joined(Expression.Navigation navigation) => Made(navigation) is { Joined: { Count: > 0 } joined } && PathOf(navigation) is var path
        ? joined.FirstOrDefault(item => item.Alias == path)
        : null;

    /// <summary>Where a path begins, when those are rows that <c>$apply</c> made and that have members by their own paths; else null.</summary>
    private Scope? Made(Expression path) => path switch
    {
        Expression.Property property => Made(property.Source),
        Expression.Navigation navigation => Made(navigation.Source),
        Expression.Variable variable when Bound(variable.Name) is { IsRow: true, Scope: { AreEntities: false } scope } => scope,
        _ => null,
    };

    private static string PathOf(Expression path) => path switch
    {
        Expression.Property { Source: Expression.Variable } property => property.Definition.Name,
        Expression.Property property => $"{PathOf(property.Source)}/{property.Definition.Name}",
        Expression.Navigation { Source: Expression.Variable } navigation => navigation.Definition.Name,
        Expression.Navigation navigation => $"{PathOf(navigation.Source)}/{navigation.Definition.Name}",
        _ => "",
    };

    /// <summary>The entity that a path ends at, and its navigation property; null where <c>join</c> has made it.</summary>
    public (Entity Entity, NavigationModel? Navigation) Reached(Expression.Navigation path) => Joined(path) is { } joined
        ? (joined.Entity, joined.Navigation)
        : (Resolve(path).Entity, Resolve(path.Source).Entity.Set.Navigation(path.Definition));

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
