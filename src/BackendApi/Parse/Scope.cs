using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>The names that an expression can use: the members of the item at hand, what <c>$compute</c> added, and lambda variables.</summary>
internal sealed class Scope
{
    private readonly Scope? outer;
    private readonly string? variableName;
    private readonly (IReadOnlyDictionary<string, Argument> Arguments, Expression? Binding, int Number)? call;
    private readonly IEdmTypeReference? variableType;
    private readonly IReadOnlyList<ComputeItem> computed;

    /// <summary>The scope of a request's own options.</summary>
    /// <param name="item">The type of one item of what the path leads to.</param>
    public Scope(ParseState state, IEdmTypeReference item)
        : this(state, item, item, null, null, null, [], null) { }

    private Scope(
        ParseState state, IEdmTypeReference item, IEdmTypeReference it, Scope? outer, string? variableName,
        IEdmTypeReference? variableType, IReadOnlyList<ComputeItem> computed, (IReadOnlyDictionary<string, Argument> Arguments, Expression? Binding, int Number)? call, Expression? @implicit = null)
    {
        State = state;
        Item = item;
        It = it;
        this.outer = outer;
        this.variableName = variableName;
        this.variableType = variableType;
        this.computed = computed;
        this.call = call;
        // What a client calls in its own expression is a variable of its own, whatever it is called there.
        Variable = variableName is null || call is null ? variableName : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{variableName}'{call.Value.Number}");
        Implicit = @implicit is not null ? @implicit : outer is not null && ReferenceEquals(outer.Item, item) ? outer.Implicit : new Expression.Variable(default, item, Expression.Variable.Implicit);
    }

    public ParseState State { get; }
    /// <summary>The type whose members a path without prefix names; the type of <c>$this</c>.</summary>
    public IEdmTypeReference Item { get; }
    /// <summary>The type of <c>$it</c>: an item of what the request's path leads to, also inside nested options.</summary>
    public IEdmTypeReference It { get; }
    public Expression Implicit { get; }
    /// <summary>The variable that this scope adds, as expressions name it.</summary>
    public string? Variable { get; }
    /// <summary>In the expression of a bound function what it is bound to, which is <c>$it</c> there.</summary>
    public Expression? Binding => call?.Binding;
    public IReadOnlyList<ComputeItem> Computed => computed;

    /// <summary>The scope of options nested behind a property. Items of a primitive collection have no name but <c>$it</c> in 4.0 and <c>$this</c> in 4.01.</summary>
    public Scope Nested(IEdmTypeReference item) =>
        new(State, item, item.Definition is IEdmStructuredType ? It : item, null, null, null, [], call);

    /// <summary>This scope and the variable of a lambda operator.</summary>
    public Scope WithVariable(string name, IEdmTypeReference? type) => new(State, Item, It, this, name, type, computed, call);

    /// <summary>This scope and the names that <c>$compute</c> introduced.</summary>
    public Scope WithComputed(IReadOnlyList<ComputeItem> items) => new(State, Item, It, null, null, null, computed.Count == 0 ? items : [.. computed, .. items], call);

    /// <summary>The scope of rows of another type (<c>$apply</c>).</summary>
    public Scope OfRows(IEdmTypeReference item) => new(State, item);

    public bool TryFindVariable(ReadOnlySpan<char> name, out string found, out IEdmTypeReference? type)
    {
        for (var scope = this; scope is not null; scope = scope.outer)
        {
            if (scope.variableName is null || !name.SequenceEqual(scope.variableName))
                continue;
            (found, type) = (scope.Variable!, scope.variableType);
            return true;
        }
        (found, type) = ("", null);
        return false;
    }

    /// <summary>The expression of a function: it names what is bound and its parameters, and nothing of the expression that calls it.</summary>
    /// <param name="binding">Null for an unbound one.</param>
    public Scope InCall(IReadOnlyDictionary<string, Argument> arguments, Expression? binding, IEdmTypeReference item) =>
        new(State, item, It, null, null, null, [], (arguments, binding, State.NextCall()), binding);

    /// <summary>What the call gives for a parameter of this name.</summary>
    public Argument? Argument(ReadOnlySpan<char> name)
    {
        if (call is null)
            return null;
        foreach (var (parameter, value) in call.Value.Arguments)
            if (name.SequenceEqual(parameter))
                return value;
        return null;
    }

    public ComputeItem? FindComputed(ReadOnlySpan<char> name)
    {
        foreach (var item in computed)
            if (name.SequenceEqual(item.Name))
                return item;
        return null;
    }
}
