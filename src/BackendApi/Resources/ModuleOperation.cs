using System.Reflection;

namespace BackendApi.Resources;

/// <summary>
/// A function or action of a module: the public methods of one name, static or not. Its own name is theirs without a trailing <c>Async</c>; overloads of the method are overloads of the operation.
/// </summary>
/// <remarks>
/// <para>Parameters of these types are given by the service and are no part of the signature: <see cref="OperationContext"/> and <see cref="CancellationToken"/>. One of type
/// <see cref="BoundEntity"/> or <see cref="BoundCollection"/> makes the operation bound. All others are parameters that the client gives: bool, byte, short, int, long, decimal,
/// double, float, string, DateOnly, TimeOnly, DateTimeOffset, TimeSpan, Guid, byte[], enumerations, records and classes (complex types), and lists of these. Whether they
/// can be null follows from their type; one with a default value can be left out. An <see cref="EntityKey"/>, or a list of them, names entities of the set that <see cref="EntityOfAttribute"/> says.</para>
/// <para>The result is one of these too, in a Task or ValueTask or without; void or Task is none. <see cref="EntityKey"/> is an entity of a set, a list of them or an
/// <see cref="EntityFilter"/> are entities of it: what follows in the URL, path and options, goes on from there.</para>
/// <para>The attribute <see cref="System.ComponentModel.DescriptionAttribute"/> describes a method, a parameter, or a complex type in <c>$metadata</c>.</para>
/// </remarks>
public sealed class ModuleOperation
{
    internal ModuleOperation(string method, Type facade, bool isAction, string? set, string? type = null)
    {
        (Facade, IsAction, Set, Type) = (facade, isAction, set, type);
        Name = method.EndsWith("Async", StringComparison.Ordinal) ? method[..^"Async".Length] : method;
        var methods = facade.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Where(known => known.Name == method).ToArray();
        if (methods.Length == 0)
            throw new ArgumentException($"{facade.Name} has no public method {method}.", nameof(method));
        Overloads = [.. methods.Select(known => OperationSignature.Of(known, isAction, set))];
        // CSDL 4.01, 12.2 and 12.3.
        if (Overloads.DistinctBy(overload => (overload.IsBoundToCollection, isAction ? "" : string.Join(',', overload.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal)))).Count() < Overloads.Count)
            throw new ArgumentException($"{facade.Name}.{method} has overloads that no client can tell apart: those of {(isAction ? "an action differ in what they are" : "a function differ in the names of their parameters, or in what they are")} bound to.", nameof(method));
    }

    /// <summary>In <c>$metadata</c> and in URLs.</summary>
    public string Name { get; }

    internal Type Facade { get; }
    internal bool IsAction { get; }
    /// <summary>The alias or name of the set that it is bound to; null when it is unbound.</summary>
    internal string? Set { get; }
    /// <summary>The derived type of the set that it is bound to; null for every entity of the set.</summary>
    internal string? Type { get; }
    internal IReadOnlyList<OperationSignature> Overloads { get; }
    /// <summary>The set whose entities it returns, where <see cref="ReturnsFrom"/> names one.</summary>
    internal string? ResultSet { get; private set; }

    /// <summary>No role has to grant it: it does nothing but with what is the caller's own.</summary>
    internal bool IsForEveryone { get; private set; }

    /// <summary>See <see cref="BeginsItself"/>.</summary>
    internal bool IsLate { get; private set; }

    /// <summary>
    /// The method is called before the transaction begins, and begins it by <see cref="OperationContext.BeginAsync"/> before its first statement that changes something: what takes long, such as
    /// hashing a password, then holds nobody up. The entity that it is bound to is there and not locked. In a change set the transaction has begun already.
    /// </summary>
    public ModuleOperation BeginsItself()
    {
        IsLate = true;
        return this;
    }

    /// <summary>Lets every caller execute it, also one without any role.</summary>
    public ModuleOperation ForEveryone()
    {
        IsForEveryone = true;
        return this;
    }

    /// <summary>The set that the returned entities belong to. Left out, it is the one that the operation is bound to.</summary>
    /// <param name="set">An alias or the name of an entity set, of this module or any other. While it is not published, the operation is not there.</param>
    public ModuleOperation ReturnsFrom(string set)
    {
        ResultSet = set;
        return this;
    }
}
