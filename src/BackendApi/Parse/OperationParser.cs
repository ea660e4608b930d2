using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Functions and actions of the model in a path: which of them a name means, and the arguments in parentheses.</summary>
internal static class OperationParser
{
    /// <summary>The operations bound to a type, by their qualified name or, since 4.01, by their own.</summary>
    public static List<IEdmOperation> FindBound(IEdmModel model, IEdmTypeReference type, ReadOnlySpan<char> name)
    {
        var found = new List<IEdmOperation>();
        if (name.IsEmpty)
            return found;
        foreach (var operation in model.FindBoundOperations(type.Definition))
            if (name.SequenceEqual(operation.Name) || name.SequenceEqual(operation.FullName()))
                found.Add(operation);
        return found;
    }

    /// <summary>
    /// The arguments behind the name, and the overload that has them. A function without parameters needs no parentheses (4.01); one with parameters
    /// can take them from options of their names (Protocol 11.5.4.1.3).
    /// </summary>
    public static PathSegment.Operation Parse(ref Cursor at, ParseState state, IEnumerable<IEdmOperation> overloads, int start)
    {
        var isImplicit = at.Current != '(';
        var given = Arguments(ref at, state);
        foreach (var overload in overloads)
        {
            if (overload.IsAction())
            {
                if (given.Count > 0)
                    throw at.Error(Errors.MalformedUrl, $"The parameters of the action {overload.Name} stand in the body", start);
                return new(at.From(start), overload, []);
            }
            if (Bind(at, overload, isImplicit ? Implicit(overload, state) : given, start) is { } arguments)
                return new(at.From(start), overload, arguments);
        }
        throw at.Error(Errors.NotFound, "No overload of the function has these parameters", start);
    }

    private static List<(string Name, Expression Value)> Implicit(IEdmOperation overload, ParseState state)
    {
        var given = new List<(string Name, Expression Value)>();
        foreach (var parameter in overload.Parameters.Skip(overload.IsBound ? 1 : 0))
        {
            if (QueryParser.FindCustom(state.Query, parameter.Name) is not { } text)
                continue;
            var at = new Cursor(text, parameter.Name);
            at.SkipBlanks();
            given.Add((parameter.Name, KeyParser.Literal(ref at, state)));
            at.SkipBlanks();
            if (!at.AtEnd)
                throw at.Malformed("Expected the end of the value");
        }
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
            at.SkipBlanks();
            var name = at.PeekIdentifier().ToString();
            if (name.Length == 0)
                throw at.Malformed("Expected the name of a parameter");
            at.Position += name.Length;
            at.SkipBlanks();
            at.Take('=');
            at.SkipBlanks();
            given.Add((name, KeyParser.Literal(ref at, state)));
            ParseState.CheckCount(given.Count, state.Limits.Depth, at, "arguments");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        at.Take(')');
        return given;
    }

    /// <summary>The arguments in the order of the parameters; null when the names are others.</summary>
    private static List<(string Name, Expression Value)>? Bind(in Cursor at, IEdmOperation overload, List<(string Name, Expression Value)> given, int start)
    {
        var arguments = new List<(string Name, Expression Value)>();
        foreach (var parameter in overload.Parameters.Skip(overload.IsBound ? 1 : 0))
        {
            var index = given.FindIndex(argument => argument.Name == parameter.Name);
            if (index < 0)
            {
                if (parameter is IEdmOptionalParameter)
                    continue;
                return null;
            }
            var value = Operands.Adapt(given[index].Value, parameter.Type);
            if (value.Type is not null && value.Type.Kind() != parameter.Type.Kind())
                throw at.Error(Errors.TypeMismatch, $"The parameter {parameter.Name} is {PrimitiveTypes.NameOf(parameter.Type)}, not {PrimitiveTypes.NameOf(value.Type)},", start);
            arguments.Add((parameter.Name, value));
        }
        return arguments.Count == given.Count ? arguments : null;
    }
}
