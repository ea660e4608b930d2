using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>
/// Calls of the model's functions in expressions (URL Conventions, 5.1.1.13 and 5.1.1.14). A function that says by an expression what it computes is replaced by that: nothing behind the
/// parser knows of it, and rights hold for what it looks at.
/// </summary>
internal static class FunctionCalls
{
    private static readonly IEdmTypeReference Nothing = new EdmComplexTypeReference(new EdmComplexType("Edm", "ComplexType"), isNullable: false);

    /// <summary>A name at which no member and no canonical function is.</summary>
    /// <param name="source">The path before it; null where there is none.</param>
    /// <returns>Null when the model has no such function.</returns>
    public static Expression? TryParse(ref Cursor at, Scope scope, Expression? source, ReadOnlySpan<char> name)
    {
        var binding = source ?? scope.Implicit;
        var overloads = binding.Type is { } type ? OperationParser.FindBound(scope.State.Model, type, name) : [];
        if (overloads.Count == 0 && source is null)
            (overloads, binding) = (Unbound(scope.State.Model, name), null);
        if (overloads.Count == 0)
            return null;
        var start = at.Position;
        if (overloads[0].IsAction())
            throw at.Error(Errors.TypeMismatch, $"{overloads[0].Name} is an action, which no expression calls", start);

        scope.State.Enter(at);
        at.Position += name.Length;
        var given = Arguments(ref at, scope);
        var value = Inlined(at, scope, OperationParser.Choose(at, overloads, _ => given, start, Errors.UnknownFunction), given, binding, start);
        scope.State.Leave();
        return value;
    }

    private static List<IEdmOperation> Unbound(IEdmModel model, ReadOnlySpan<char> name)
    {
        var text = name.ToString();
        return name.Contains('.') ? [.. model.FindDeclaredOperations(text).Where(operation => !operation.IsBound)]
            : [.. model.EntityContainer?.FindOperationImports(text).Select(import => import.Operation) ?? []];
    }

    private static List<(string Name, Argument Value)> Arguments(ref Cursor at, Scope scope)
    {
        var given = new List<(string Name, Argument Value)>();
        if (!at.TryTake('('))
            return given;
        at.SkipBlanks();
        if (at.TryTake(')'))
            return given;
        do
        {
            var name = OperationParser.ParameterName(ref at, given);
            var (start, before) = (at.Position, scope.State.Expanded);
            var value = ExpressionParser.Parse(ref at, scope);
            given.Add((name, new(value, at.Position - start + scope.State.Expanded - before)));
            ParseState.CheckCount(given.Count, scope.State.Limits.Depth, at, "arguments");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        at.Take(')');
        return given;
    }

    private static Expression Inlined(in Cursor at, Scope scope, IEdmOperation overload, List<(string Name, Argument Value)> given, Expression? binding, int start)
    {
        if (overload is not ComputedFunction function)
            throw at.Error(Errors.NotImplemented, $"The function {overload.Name} is code that no database runs, so that no expression can call it,", start);
        var arguments = new Dictionary<string, Argument>(StringComparer.Ordinal);
        foreach (var parameter in OperationParser.Parameters(function))
            arguments.Add(parameter.Name, Bind(at, parameter, function, given.Find(argument => argument.Name == parameter.Name).Value, start));

        var inner = new Cursor(function.Expression, function.Name);
        scope.State.Expand(function.Expression.Length, at);
        Expression value;
        try
        {
            inner.SkipBlanks();
            value = ExpressionParser.Parse(ref inner, scope.InCall(arguments, binding, binding?.Type ?? Nothing));
            inner.SkipBlanks();
        }
        catch (ServiceException refusal) when (refusal.Error.Row != Errors.LimitExceeded)
        {
            // What it says may be about a property that the caller must not know of.
            throw at.Error(Errors.NotImplemented, $"The function {function.Name} looks at what is not there for you,", start);
        }
        var result = function.ReturnType;
        if (!inner.AtEnd || (value.Type.Kind() is { } kind && !Functions.Widens(kind, result.Kind()!.Value)))
            throw at.Error(Errors.NotImplemented, $"The expression of the function {function.Name} does not yield {PrimitiveTypes.NameOf(result)},", start);
        return value.Type.Kind() == result.Kind() ? value : new Expression.Convert(at.From(start), result, value);
    }

    private static Argument Bind(in Cursor at, IEdmOperationParameter parameter, ComputedFunction function, Argument? given, int start)
    {
        if (given is null)
            return new(new Expression.Literal(at.From(start), function.Defaults[parameter.Name] is null ? null : parameter.Type, function.Defaults[parameter.Name]), 1);
        var kind = parameter.Type.Kind()!.Value;
        var value = Operands.Adapt(Operands.Coerce(given.Value, kind), parameter.Type);
        if (value is Expression.Literal { Value: null } ? !parameter.Type.IsNullable : value.Type.Kind() is not { } from || !Functions.Widens(from, kind))
            throw at.Error(Errors.TypeMismatch, $"The parameter {parameter.Name} of {function.Name} is {PrimitiveTypes.NameOf(parameter.Type)}, not {PrimitiveTypes.NameOf(value.Type)},", start);
        return given with { Value = value };
    }
}

/// <summary>What a call gives for a parameter.</summary>
/// <param name="Characters">Of text that it stands for, expressions of other functions included: each place in which the parameter is named multiplies it.</param>
internal sealed record Argument(Expression Value, int Characters);
