using System.ComponentModel;
using System.Reflection;

namespace BackendApi.Resources;

/// <summary>What a method takes and gives, in terms of the EDM.</summary>
internal sealed class OperationSignature
{
    private enum Given { Context, Cancellation, Binding, Client }

    private readonly Given[] _arguments;
    private readonly PropertyInfo? _result;

    private OperationSignature(MethodInfo method, Given[] arguments, PropertyInfo? result) => (Method, _arguments, _result) = (method, arguments, result);

    public MethodInfo Method { get; }
    /// <summary>The parameter that binds; null for an unbound operation.</summary>
    public string? Binding { get; private init; }
    public bool IsBoundToCollection { get; private init; }
    /// <summary>Those that the client gives, in the order of the method.</summary>
    public IReadOnlyList<OperationParameter> Parameters { get; private init; } = [];
    /// <summary>Null for none.</summary>
    public OperationType? Result { get; private init; }
    /// <summary>See <see cref="SecretAttribute"/>.</summary>
    public bool ReturnsSecret => Method.ReturnParameter.IsDefined(typeof(SecretAttribute), inherit: false);
    /// <summary>What it computes, in terms of the model; null where only the method knows.</summary>
    public string? Expression { get; private init; }
    public string? Description => Method.GetCustomAttribute<DescriptionAttribute>()?.Description;

    /// <exception cref="ArgumentException">The method cannot be an operation; the message says why.</exception>
    public static OperationSignature Of(MethodInfo method, bool isAction, string? set)
    {
        var nullability = new NullabilityInfoContext();
        var parameters = new List<OperationParameter>();
        var arguments = new List<Given>();
        ParameterInfo? binding = null;
        foreach (var parameter in method.GetParameters())
        {
            var type = parameter.ParameterType;
            arguments.Add(type == typeof(OperationContext) ? Given.Context : type == typeof(CancellationToken) ? Given.Cancellation
                : type == typeof(BoundEntity) || type == typeof(BoundCollection) ? Given.Binding : Given.Client);
            if (arguments[^1] == Given.Client)
                parameters.Add(new(parameter.Name!, OperationType.Of(type, nullability.Create(parameter), Where(parameter.Name!)), parameter.HasDefaultValue, parameter.HasDefaultValue ? parameter.DefaultValue : null,
                    parameter.GetCustomAttribute<DescriptionAttribute>()?.Description, parameter.GetCustomAttribute<EntityOfAttribute>()?.Set, parameter.IsDefined(typeof(SecretAttribute))));
            else if (arguments[^1] == Given.Binding)
                binding = binding is null ? parameter : throw Refusal(method, "It is bound to one entity or one collection, not to two.");
        }
        if (set is null != binding is null)
            throw Refusal(method, set is null ? "It is bound: declare it for an entity set." : $"A parameter of type {nameof(BoundEntity)} or {nameof(BoundCollection)} says what it is bound to.");
        if (parameters.SkipWhile(parameter => !parameter.IsOptional).Any(parameter => !parameter.IsOptional))
            throw Refusal(method, "Optional parameters stand last.");
        if (parameters.FirstOrDefault(parameter => parameter.Type.IsFilter) is { } filter)
            throw Refusal(method, $"{filter.Name}: clients pass entities, not filters for them.");
        if (parameters.FirstOrDefault(parameter => parameter.Type.Innermost.IsEntity != (parameter.Set is not null)) is { } entity)
            throw Refusal(method, entity.Set is null ? $"{entity.Name}: the attribute {nameof(EntityOfAttribute)} says whose entity it is." : $"{entity.Name}: it is no {nameof(EntityKey)}, nor a list of them.");

        var (returned, result) = Awaited(method.ReturnType);
        var shape = nullability.Create(method.ReturnParameter);
        var signature = new OperationSignature(method, [.. arguments], result)
        {
            Binding = binding?.Name,
            IsBoundToCollection = binding?.ParameterType == typeof(BoundCollection),
            Parameters = parameters,
            Expression = method.GetCustomAttribute<ExpressionAttribute>()?.Text,
            Result = returned is null ? null : OperationType.Of(returned, returned == method.ReturnType ? shape : shape.GenericTypeArguments[0], Where("the result")),
        };
        if (signature.Expression is not null && (isAction || signature.IsBoundToCollection || signature.Result?.IsScalar != true || !parameters.TrueForAll(parameter => parameter.Type.IsScalar)))
            throw Refusal(method, "An expression computes a function of scalar values that is bound to an entity, or to nothing.");
        return isAction || signature.Result is not null ? signature : throw Refusal(method, "A function returns something.");

        string Where(string name) => $"{method.DeclaringType!.Name}.{method.Name}, {name}";
    }

    /// <summary>Calls the method and waits for it.</summary>
    /// <param name="arguments">Those of <see cref="Parameters"/>, in their CLR types.</param>
    /// <param name="binding">A <see cref="BoundEntity"/> or <see cref="BoundCollection"/>.</param>
    public async Task<object?> CallAsync(object facade, OperationContext context, object? binding, IReadOnlyList<object?> arguments)
    {
        var next = 0;
        var values = new object?[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _arguments[i] switch
            {
                Given.Context => context,
                Given.Cancellation => context.Cancellation,
                Given.Binding => binding,
                _ => arguments[next++],
            };
        var returned = Method.Invoke(facade, BindingFlags.DoNotWrapExceptions, binder: null, values, culture: null);
        if (returned is not null && returned.GetType() is { IsValueType: true } type && (type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))))
            returned = type.GetMethod(nameof(ValueTask.AsTask))!.Invoke(returned, null);
        if (returned is not Task task)
            return Result is null ? null : returned;
        await task;
        return _result?.GetValue(task);
    }

    /// <summary>What the method gives when it has ended, and where a task holds it.</summary>
    private static (Type? Returned, PropertyInfo? Result) Awaited(Type type)
    {
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
            return (null, null);
        if (!type.IsGenericType || (type.GetGenericTypeDefinition() != typeof(Task<>) && type.GetGenericTypeDefinition() != typeof(ValueTask<>)))
            return (type, null);
        var returned = type.GetGenericArguments()[0];
        return (returned, typeof(Task<>).MakeGenericType(returned).GetProperty(nameof(Task<>.Result)));
    }

    private static ArgumentException Refusal(MethodInfo method, string reason) => new($"{method.DeclaringType!.Name}.{method.Name} cannot be an operation. {reason}");
}

/// <param name="Default">The value of one that is left out.</param>
/// <param name="Set">Whose entities it names, by alias or name; null where it names none.</param>
/// <param name="IsSecret">See <see cref="SecretAttribute"/>.</param>
internal sealed record OperationParameter(string Name, OperationType Type, bool IsOptional, object? Default, string? Description, string? Set, bool IsSecret)
{
    /// <summary>The default as payloads write it; null for none, and for null.</summary>
    public string? DefaultText => Default is null ? null : Default is Enum member ? member.ToString() : Parse.LiteralText.Write(Default);
}
