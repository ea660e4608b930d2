using System.Globalization;
using System.Text;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Sql.Audit;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;

namespace BackendApi.Endpoints;

/// <summary>What a path with operations in it has led to.</summary>
/// <param name="Query">Set when entities were returned: the request with their address in the place of the calls, to be read.</param>
/// <param name="Value">What else was returned; null for nothing.</param>
internal sealed record OperationOutcome(OperationModel Operation, ReadQuery? Query, object? Value);

/// <summary>
/// Calls the operations of a path from the left (Protocol 11.5): the facade's method is given the entity or the collection before it and the client's arguments. Entities that
/// it returns are named by their keys or by a filter; the request goes on from there like any other, so rights, paging and every option work as they do for the set.
/// </summary>
internal sealed class OperationCalls(
    HttpContext context, ModelSnapshot model, Caller caller, Session session, Dialect dialect, Observations observations, ParseLimits limits, string root, Mistakes mistakes)
{
    /// <summary>A body reader of an action's arguments; null where the request calls no action.</summary>
    public Func<OperationModel, object?[]>? ActionArguments { get; init; }

    /// <summary>Begins the transaction of an action, unless it has begun.</summary>
    public Func<ValueTask>? Begin { get; init; }

    public bool IsTrial { get; init; }

    public static bool AreIn(ResourcePath path)
    {
        foreach (var segment in path.Segments)
            if (segment is PathSegment.Operation)
                return true;
        return false;
    }

    /// <exception cref="ServiceException">The entity before a call is not there (404), arguments have mistakes (400), or whatever the facade refuses with.</exception>
    public async Task<OperationOutcome> RunAsync(ReadQuery query)
    {
        OperationModel? last = null;
        while (query.Path.Segments.ToList().FindIndex(segment => segment is PathSegment.Operation) is >= 0 and var index)
        {
            var call = (PathSegment.Operation)query.Path.Segments[index];
            var operation = last = model.Operations[call.Definition];
            var value = await CallAsync(operation, call, new(query.Path.Text, [.. query.Path.Segments.Take(index)], null));
            PathSegment[] rest = [.. query.Path.Segments.Skip(index + 1)];
            if (operation.Result is not { } set)
                return new(operation, null, value);
            if (value is null && rest.Length > 0)
                throw new ServiceException(Errors.EntityNotFound, $"{operation.Name} returns no entity.");
            if (value is null)
                return new(operation, null, null);
            query = query with { Path = new(query.Path.Text, [.. Address(set, value), .. rest], query.Path.Type) };
        }
        return new(last!, query, null);
    }

    private async Task<object?> CallAsync(OperationModel operation, PathSegment.Operation call, ResourcePath owner)
    {
        var arguments = operation.IsAction ? ActionArguments!(operation) : new ArgumentReader(new(model, root, limits), mistakes).Read(call, operation);
        mistakes.ThrowIfAny();
        if (operation.Entities.Count > 0)
            await CheckAsync(operation, arguments);
        if (operation.Signature.ReturnsSecret)
            SecretAnswer.Mark(context);
        var facade = context.RequestServices.GetRequiredService(operation.Facade);
        var given = new OperationContext(caller, session, dialect, IsTrial, context.RequestAborted) { Begin = Begin };
        if (operation.IsAction && facade is IOrderedFacade ordered)
            await ordered.EnterAsync(given);
        object? binding = operation.BoundTo is null ? null
            : operation.Signature.IsBoundToCollection ? new BoundCollection(operation.BoundTo, async () => await ExecutableAsync(operation, owner))
            : await OneAsync(operation, owner);
        // The call before what it does: with it, it is told when the transaction is committed.
        if (operation.IsAction)
            session.Trail(dialect)?.Done(operation.BoundTo?.Name, operation.Name, binding is BoundEntity bound ? AuditTrail.KeyText(bound.Set, bound.Key) : null,
                json => WriteArguments(json, operation.Signature.Parameters, arguments));
        var returned = await operation.Signature.CallAsync(facade, given, binding, arguments);
        await given.BeginAsync();
        return returned;
    }

    private static void WriteArguments(Utf8JsonWriter json, IReadOnlyList<OperationParameter> parameters, IReadOnlyList<object?> arguments)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            json.WritePropertyName(parameters[i].Name);
            AuditJson.Write(json, parameters[i].IsSecret && arguments[i] is not null ? AuditJson.Masked : arguments[i]);
        }
    }

    private async Task<BoundEntity> OneAsync(OperationModel operation, ResourcePath owner)
    {
        var conditions = operation.IsAction ? Preconditions.Read(context.Request.Headers) : Preconditions.None;
        var keys = await ExecutableAsync(operation, owner);
        var refusal = conditions == Preconditions.None ? null : conditions.Refusal(keys.Count > 0, keys.Count > 0 ? await TagAsync(owner) : null, isRequired: false);
        if (refusal is not null)
            throw new ServiceException(refusal);
        return keys is [var key, ..] ? new(operation.BoundTo!, key.Values) : throw new ServiceException(Errors.EntityNotFound, "No entity is at this address.");
    }

    /// <summary>Entities that are passed are there, and the caller can read them.</summary>
    private async Task CheckAsync(OperationModel operation, object?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = operation.Signature.Parameters[i].Name;
            var given = arguments[i] switch { EntityKey one => [one], IEnumerable<EntityKey> list => list.ToList(), _ => [] };
            if (given.Count == 0)
                continue;
            var set = operation.Entities[name];
            var found = (await KeysAsync(set, new(name, [.. Address(set, given)], null), operation.IsAction)).Select(Text).ToHashSet(StringComparer.Ordinal);
            foreach (var key in given)
                if (!found.Contains(Text(key)))
                    mistakes.Add(Errors.ReferenceNotFound, $"{set.Name} has no entity with the key {Text(key)}.", name);
        }
        mistakes.ThrowIfAny();

        static string Text(EntityKey key) => string.Join(',', key.Values.Select(LiteralText.Write));
    }

    /// <summary>The entities that the operation is called on. To see an entity is not enough: a grant of execution can be one for other rows.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.Forbidden"/>: the operation may not be called on one of them.</exception>
    private async ValueTask<IReadOnlyList<EntityKey>> ExecutableAsync(OperationModel operation, ResourcePath owner)
    {
        var set = operation.BoundTo!;
        var keys = await KeysAsync(set, owner, operation.IsAction);
        if (operation.IsForEveryone || set.Rights is not { DependOnRows: true } rights || rights.Required(Verbs.Execute, []) is not { Count: > 0 } required)
            return keys;
        foreach (var chunk in keys.Chunk(dialect.MaxRows(set.Key.Count)))
        {
            var allowed = 0;
            IReadOnlyList<object>[] lists = [.. set.Key.Select((_, i) => (IReadOnlyList<object>)[.. chunk.Select(key => key.Values[i])])];
            await using var rows = await Execution().ReadAsync(WriteSelects.Allowed(model, set, required, lists));
            while (await rows.ReadAsync(context.RequestAborted))
                allowed++;
            if (allowed < chunk.Length)
                throw new ServiceException(Errors.Forbidden, $"Your rights do not allow executing {operation.Name} on {(operation.Signature.IsBoundToCollection ? "all of these entities" : "this entity")} of {set.Name}.");
        }
        return keys;
    }

    private async ValueTask<IReadOnlyList<EntityKey>> KeysAsync(EntitySetModel set, ResourcePath path, bool isLocked)
    {
        var key = set.Key;
        var keys = new List<EntityKey>();
        await using var rows = await Execution().ReadAsync(WriteSelects.Keys(model, path, QueryOptions.None, isLocked));
        while (await rows.ReadAsync(context.RequestAborted))
            keys.Add(new([.. key.Select((property, i) => dialect.Values.Read(property.Column.Type.Kind, rows, i))]));
        return keys;
    }

    private async Task<string?> TagAsync(ResourcePath owner)
    {
        if (WriteSelects.Tag(model, owner) is not { } select)
            return null;
        await using var row = await Execution().ReadAsync(select.Statement);
        return await row.ReadAsync(context.RequestAborted)
            ? EntityTag.Of(select.Tag, row, [.. Enumerable.Range(0, select.Tag.Columns.Count)], offset: 0, dialect.Values)
            : null;
    }

    private Execution Execution() => new(session, dialect, observations, context.RequestAborted);

    /// <summary>The segments that lead to what was returned.</summary>
    private IEnumerable<PathSegment> Address(EntitySetModel set, object value)
    {
        if (set.Source is IEdmSingleton singleton)
            return [new PathSegment.Singleton(default, singleton)];
        var source = new PathSegment.EntitySet(default, set.Source);
        if (value is EntityKey key)
            return [source, new PathSegment.Key(default, [.. set.Key.Select((property, i) => KeyOf(property, key.Values[i]))])];
        var filter = value is EntityFilter given ? given.Text : Filter(set, [.. ((IEnumerable<EntityKey>)value)]);
        return [source, new PathSegment.Filter(default, UrlParser.ParseFilter(model.Edm, set.EntityType, filter, limits with { UrlCharacters = int.MaxValue }))];
    }

    private static KeyValue KeyOf(PropertyModel property, object value) =>
        KeyParser.FromText(LiteralText.Write(value), property.Edm) ?? throw new InvalidOperationException($"'{value}' is no value of {property.Name}.");

    /// <summary>Keys of several parts are told by the last one among those that have the others in common.</summary>
    private static string Filter(EntitySetModel set, IReadOnlyList<EntityKey> keys)
    {
        if (keys.Count == 0)
            return "false";
        var text = new StringBuilder();
        foreach (var alike in keys.GroupBy(key => string.Concat(set.Key.SkipLast(1).Select((property, i) => $"{property.Name} eq {Literal(property, key.Values[i])} and "))))
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? " or " : "")}({alike.Key}{set.Key[^1].Name} in ({string.Join(',', alike.Select(key => Literal(set.Key[^1], key.Values[^1])))}))");
        return text.ToString();
    }

    private static string Literal(PropertyModel property, object value) => EntityUrl.Literal(value, property.Kind);
}
