using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Functions and actions of the model in a path: which of them a name means, and the arguments in parentheses.</summary>
internal static class OperationParser
{
    /// <summary>The operations bound to a type or to what it is derived from, those of the type itself first, by their qualified name or, since 4.01, by their own.</summary>
    public static List<IEdmOperation> FindBound(IEdmModel model, IEdmTypeReference type, ReadOnlySpan<char> name)
    {
        var found = new List<IEdmOperation>();
        if (name.IsEmpty)
            return found;
        foreach (var operation in model.FindBoundOperations(type.Definition))
            if (name.SequenceEqual(operation.Name) || name.SequenceEqual(operation.FullName()))
                found.Add(operation);
        if (found.Count > 1)
            found.Sort((left, right) => Depth(right).CompareTo(Depth(left)));
        return found;

        // How many types the one is derived from that an operation is bound to.
        static int Depth(IEdmOperation operation)
        {
            var bound = operation.Parameters.First().Type;
            return ((PrimitiveTypes.ItemOf(bound) ?? bound).Definition as IEdmStructuredType)?.BaseType is null ? 0 : 1;
        }
    }

    /// <summary>
    /// The arguments behind the name, and the overload that has them. A function without parameters needs no parentheses (4.01); one with parameters
    /// can take them from options of their names (Protocol 11.5.4.1.3).
    /// </summary>
    public static PathSegment.Operation Parse(ref Cursor at, ParseState state, IReadOnlyList<IEdmOperation> overloads, int start)
    {
        var isImplicit = at.Current != '(';
        var given = Arguments(ref at, state);
        if (overloads.FirstOrDefault(overload => overload.IsAction()) is { } action)
            return given.Count == 0
                ? new(at.From(start), action, [])
                : throw at.Error(Errors.MalformedUrl, $"The parameters of the action {action.Name} stand in the body", start);

        var chosen = Choose(at, overloads, overload => isImplicit ? Implicit(overload, state) : given, start, Errors.NotFound);
        return new(at.From(start), chosen, Bind(at, chosen, isImplicit ? Implicit(chosen, state) : given, start));
    }

    /// <summary>Of overloads that take what is given, and need no more, the one that takes most of it.</summary>
    public static IEdmOperation Choose<T>(in Cursor at, IReadOnlyList<IEdmOperation> overloads, Func<IEdmOperation, List<(string Name, T Value)>> given, int start, ErrorRow refusal)
    {
        (IEdmOperation Overload, int Count)? best = null;
        foreach (var overload in overloads)
            if (given(overload) is var known && Takes(overload, known) && !(best?.Count >= known.Count))
                best = (overload, known.Count);
        return best?.Overload ?? throw at.Error(refusal, "No overload of the function has these parameters", start,
            $"{overloads[0].Name} takes {string.Join(" or ", overloads.Select(Signature).Distinct())}.");
    }

    /// <summary>The name of an argument, up to the value; each stands once.</summary>
    public static string ParameterName<T>(ref Cursor at, List<(string Name, T Value)> given)
    {
        at.SkipBlanks();
        var start = at.Position;
        var name = at.PeekIdentifier().ToString();
        if (name.Length == 0)
            throw at.Malformed("Expected the name of a parameter");
        at.Position += name.Length;
        at.SkipBlanks();
        at.Take('=');
        at.SkipBlanks();
        return given.Exists(argument => argument.Name == name) ? throw at.Error(Errors.MalformedUrl, $"The parameter {name} is given twice", start) : name;
    }

    /// <summary>Those that a client gives.</summary>
    public static IEnumerable<IEdmOperationParameter> Parameters(IEdmOperation operation) => operation.Parameters.Skip(operation.IsBound ? 1 : 0);

    private static string Signature(IEdmOperation overload) =>
        $"({string.Join(',', Parameters(overload).Select(parameter => parameter is IEdmOptionalParameter ? $"[{parameter.Name}]" : parameter.Name))})";

    private static bool Takes<T>(IEdmOperation overload, List<(string Name, T Value)> given)
    {
        var taken = 0;
        foreach (var parameter in Parameters(overload))
            if (given.Exists(argument => argument.Name == parameter.Name))
                taken++;
            else if (parameter is not IEdmOptionalParameter)
                return false;
        return taken == given.Count;
    }

    private static List<(string Name, Expression Value)> Implicit(IEdmOperation overload, ParseState state)
    {
        var given = new List<(string Name, Expression Value)>();
        foreach (var parameter in Parameters(overload))
            if (QueryParser.FindCustom(state.Query, parameter.Name) is { } text)
                given.Add((parameter.Name, Whole(text, parameter.Name, state)));
        return given;
    }

    private static List<(string Name, Expression Value)> Arguments(ref Cursor at, ParseState state)
    {
        var given = new List<(string Name, Expression Value)>();
        if (!at.TryTake('('))
            return given;
        at.SkipBlanks();
        if (at.TryTake(')'))
            return given;
        do
        {
            given.Add((ParameterName(ref at, given), Argument(ref at, state)));
            ParseState.CheckCount(given.Count, state.Limits.Depth, at, "arguments");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        at.Take(')');
        return given;
    }

    /// <summary>A literal, JSON, or an alias of either; an alias that the URL does not declare stands for null (URL Conventions, 5.3).</summary>
    private static Expression Argument(ref Cursor at, ParseState state)
    {
        var start = at.Position;
        switch (at.Current)
        {
            case '@':
                at.Position++;
                at.Position += at.PeekIdentifier().Length;
                var alias = at.Since(start).ToString();
                if (state.EnterAlias(alias, at) is not { } text)
                    return new Expression.Literal(at.From(start), null, null);
                var value = Whole(text, alias, state);
                state.LeaveAlias();
                return value;
            case '[':
                return JsonParser.Array(ref at, new Scope(state, PrimitiveTypes.String));
            case '{':
                return JsonParser.Object(ref at, new Scope(state, PrimitiveTypes.String));
            default:
                return LiteralParser.TryParse(ref at, state.Model) ?? throw at.Malformed("Expected the value of a parameter");
        }
    }

    private static Expression Whole(string text, string option, ParseState state)
    {
        var at = new Cursor(text, option);
        at.SkipBlanks();
        var value = Argument(ref at, state);
        at.SkipBlanks();
        return at.AtEnd ? value : throw at.Malformed("Expected the end of the value");
    }

    /// <summary>The arguments in the order of the parameters, each of its type.</summary>
    private static List<(string Name, Expression Value)> Bind(in Cursor at, IEdmOperation overload, List<(string Name, Expression Value)> given, int start)
    {
        var arguments = new List<(string Name, Expression Value)>(given.Count);
        foreach (var parameter in Parameters(overload))
            foreach (var (name, value) in given)
                if (name == parameter.Name)
                    arguments.Add((name, Bind(at, parameter, value, start)));
        return arguments;
    }

    private static Expression Bind(in Cursor at, IEdmOperationParameter parameter, Expression value, int start)
    {
        if (value is Expression.Literal { Value: null })
            return parameter.Type.IsNullable && !parameter.Type.IsCollection()
                ? value
                : throw at.Error(Errors.TypeMismatch, $"The parameter {parameter.Name} is never null", start);
        var adapted = Operands.Adapt(value, parameter.Type);
        var fits = parameter.Type.Kind() is { } kind
            ? adapted is Expression.Literal literal && literal.Type.Kind() == kind
            : parameter.Type.IsCollection() ? adapted is Expression.List : adapted is Expression.Object;
        return fits ? adapted : throw at.Error(Errors.TypeMismatch,
            $"The parameter {parameter.Name} is {PrimitiveTypes.NameOf(parameter.Type)}, not {(value is Expression.List ? "a JSON array" : value is Expression.Object ? "a JSON object" : PrimitiveTypes.NameOf(value.Type))},", start);
    }
}
