using System.Text.Json;
using BackendApi.Access;
using BackendApi.Model;

namespace BackendApi.Resources;

/// <summary>
/// A compiled entity set: declared in code, part of every snapshot. Reads run through the SQL engine over <see cref="Table"/>;
/// writes go through <see cref="Facade"/>, which alone knows the business rules.
/// </summary>
public sealed record ResourceSet(
    string Name, TableSchema Table, IReadOnlyList<ResourceProperty> Properties, IReadOnlyList<string> Key, DocumentFacade Facade, string? Description = null);

/// <param name="Column">The column of the table that holds the value; JSON text when <paramref name="Structure"/> is set or <paramref name="IsCollection"/>.</param>
/// <param name="Structure">The complex type of the value; null for a primitive of the column's kind.</param>
public sealed record ResourceProperty(
    string Name, string Column, StructuredType? Structure = null, bool IsCollection = false, string? Description = null);

/// <summary>A complex type of the EDM. Types of the same name are the same type.</summary>
public sealed record StructuredType(string Name, IReadOnlyList<StructuredMember> Members);

public sealed record StructuredMember(string Name, ValueKind Kind, StructuredType? Structure = null, bool IsCollection = false, bool IsNullable = true);

/// <summary>
/// Business logic behind a compiled set that takes one JSON document at a time and works on sessions of its own: no write of it is part of a change set. Modules have
/// <see cref="Facade"/>, which is part of the request's transaction. A refusal is a <see cref="Support.ServiceException"/>. A verb that is
/// not overridden answers 405.
/// </summary>
public abstract class DocumentFacade
{
    /// <summary>Creates an entity from the request body and returns its key values in key order.</summary>
    public virtual Task<IReadOnlyList<object>> CreateAsync(Caller caller, JsonElement body, CancellationToken cancellation) => throw NotOffered("POST");

    /// <summary>Changes the members that the body holds, as JSON merge does.</summary>
    public virtual Task UpdateAsync(Caller caller, IReadOnlyList<object> key, JsonElement body, CancellationToken cancellation) => throw NotOffered("PATCH");

    public virtual Task DeleteAsync(Caller caller, IReadOnlyList<object> key, CancellationToken cancellation) => throw NotOffered("DELETE");

    private static Support.ServiceException NotOffered(string verb) =>
        new(Support.Errors.MethodNotAllowed, $"This resource does not take {verb}.");
}
