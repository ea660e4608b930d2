using System.Collections;
using System.ComponentModel;
using System.Reflection;
using BackendApi.Model;

namespace BackendApi.Resources;

/// <summary>A CLR type in the signature of an operation, and what it is in the EDM: exactly one of <see cref="Kind"/>, <see cref="Enumeration"/>, <see cref="Complex"/>, <see cref="Item"/> and <see cref="IsEntity"/>.</summary>
internal sealed class OperationType
{
    private static readonly Dictionary<Type, ValueKind> Kinds = new()
    {
        [typeof(bool)] = ValueKind.Boolean, [typeof(byte)] = ValueKind.Byte, [typeof(short)] = ValueKind.Int16, [typeof(int)] = ValueKind.Int32, [typeof(long)] = ValueKind.Int64,
        [typeof(decimal)] = ValueKind.Decimal, [typeof(double)] = ValueKind.Double, [typeof(float)] = ValueKind.Single, [typeof(string)] = ValueKind.String,
        [typeof(DateOnly)] = ValueKind.Date, [typeof(TimeOnly)] = ValueKind.TimeOfDay, [typeof(DateTimeOffset)] = ValueKind.DateTimeOffset, [typeof(TimeSpan)] = ValueKind.Duration,
        [typeof(Guid)] = ValueKind.Guid, [typeof(byte[])] = ValueKind.Binary,
    };

    private OperationType(Type clr, bool isNullable) => (Clr, IsNullable) = (clr, isNullable);

    public bool IsScalar => Kind is not null || Enumeration is not null;

    /// <summary>Without <see cref="Nullable{T}"/>.</summary>
    public Type Clr { get; }
    public bool IsNullable { get; }
    public ValueKind? Kind { get; private init; }
    public Type? Enumeration { get; private init; }
    public ComplexShape? Complex { get; private init; }
    /// <summary>Of a collection.</summary>
    public OperationType? Item { get; private init; }
    /// <summary>An entity, or a filter for entities.</summary>
    public bool IsEntity { get; private init; }
    /// <summary>A collection that an expression describes.</summary>
    public bool IsFilter => Clr == typeof(EntityFilter);
    public bool IsCollection => Item is not null || IsFilter;
    /// <summary>The item of a collection; itself for everything else.</summary>
    public OperationType Innermost => Item ?? this;

    /// <param name="where">What the type belongs to, for the message.</param>
    /// <exception cref="ArgumentException">The EDM has nothing like it.</exception>
    public static OperationType Of(Type type, NullabilityInfo nullability, string where) => Of(type, nullability, where, []);

    private static OperationType Of(Type type, NullabilityInfo nullability, string where, Dictionary<Type, ComplexShape> known)
    {
        var isNullable = nullability.ReadState == NullabilityState.Nullable;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            (type, isNullable) = (underlying, true);
        if (Kinds.TryGetValue(type, out var kind))
            return new(type, isNullable) { Kind = kind };
        if (type.IsEnum)
            return new(type, isNullable) { Enumeration = type };
        if (type == typeof(EntityKey) || type == typeof(EntityFilter))
            return new(type, isNullable) { IsEntity = true };
        if (ItemOf(type) is { } item)
        {
            var inner = Of(item, nullability.ElementType ?? nullability.GenericTypeArguments[0], where, known);
            return inner.IsCollection ? throw new ArgumentException($"{where}: the EDM has no collections of collections.") : new(type, isNullable: false) { Item = inner };
        }
        if (type.IsInterface || type.IsAbstract || type.IsGenericType || type.IsPointer || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
            throw new ArgumentException($"{where}: {type.Name} is no type that the EDM knows.");
        if (!known.TryGetValue(type, out var shape))
        {
            known.Add(type, shape = new(type));
            var context = new NullabilityInfoContext();
            shape.Members = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .Select(property => new ComplexMember(property, Of(property.PropertyType, context.Create(property), $"{where}, {type.Name}.{property.Name}", known)))];
            if (shape.Members.Any(member => member.Type.Innermost.IsEntity))
                throw new ArgumentException($"{where}: a complex value has no entities in it.");
        }
        return new(type, isNullable) { Complex = shape };
    }

    /// <summary>A list of what was read, as the CLR type has it.</summary>
    public object ToList(IReadOnlyList<object?> items)
    {
        var array = Array.CreateInstance(Nullable(Item!), items.Count);
        for (var i = 0; i < items.Count; i++)
            array.SetValue(items[i], i);
        return Clr.IsAssignableFrom(array.GetType()) ? array : Activator.CreateInstance(Clr, array)!;

        static Type Nullable(OperationType item) => item is { IsNullable: true, Clr.IsValueType: true } ? typeof(Nullable<>).MakeGenericType(item.Clr) : item.Clr;
    }

    private static Type? ItemOf(Type type) => type.IsArray
        ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) && type.GetGenericArguments() is [var item] && (type.IsAssignableFrom(item.MakeArrayType()) || type == typeof(List<>).MakeGenericType(item))
        ? item
        : null;
}

/// <summary>A record or class that is a complex type, by its name.</summary>
internal sealed class ComplexShape(Type clr)
{
    private readonly ConstructorInfo? _constructor = clr.GetConstructors().OrderByDescending(known => known.GetParameters().Length).FirstOrDefault();

    public string Name => clr.Name;
    public Type Clr => clr;
    public string? Description => clr.GetCustomAttribute<DescriptionAttribute>()?.Description;
    public IReadOnlyList<ComplexMember> Members { get; set; } = [];

    /// <summary>The value with these members: those of the constructor with most parameters go there, the others are set.</summary>
    /// <param name="values">In the order of <see cref="Members"/>.</param>
    public object Create(IReadOnlyList<object?> values)
    {
        var parameters = _constructor?.GetParameters() ?? [];
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = Index(parameters[i].Name!) is >= 0 and var index ? values[index] : parameters[i].HasDefaultValue ? parameters[i].DefaultValue : null;
        var created = _constructor is null ? Activator.CreateInstance(clr)! : _constructor.Invoke(arguments);
        for (var i = 0; i < Members.Count; i++)
            if (Members[i].Property.CanWrite && !Array.Exists(parameters, parameter => Index(parameter.Name!) == i))
                Members[i].Property.SetValue(created, values[i]);
        return created;
    }

    /// <summary>A member whose parameter of the constructor has a default value need not be given.</summary>
    public bool TryDefault(ComplexMember member, out object? value)
    {
        var parameter = _constructor?.GetParameters().FirstOrDefault(known => known.Name!.Equals(member.Name, StringComparison.OrdinalIgnoreCase));
        value = parameter is { HasDefaultValue: true } ? parameter.DefaultValue : null;
        return parameter is { HasDefaultValue: true };
    }

    private int Index(string parameter)
    {
        for (var i = 0; i < Members.Count; i++)
            if (Members[i].Property.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }
}

internal sealed record ComplexMember(PropertyInfo Property, OperationType Type)
{
    public string Name => Property.Name;
}
