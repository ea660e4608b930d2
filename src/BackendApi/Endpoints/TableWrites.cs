using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Sql.Audit;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>What a modification has led to.</summary>
/// <param name="Path">The entity, or the property that was changed, below the service root; null when there is nothing to show.</param>
/// <param name="IsCreated">A new entity: 201, and where it is.</param>
/// <param name="Body">What the body said of the entity: a representation shows as much of the related entities (Protocol 11.4.2.2).</param>
internal sealed record Written(string? Path, string? Entity = null, bool IsCreated = false, EntityBody? Body = null)
{
    public static readonly Written Nothing = new((string?)null);

    /// <summary>Entities of a collection that were changed together, for a representation of all of them.</summary>
    public WrittenMembers? Members { get; init; }

    /// <summary>The statement that stored the entity has told the answer what it shows.</summary>
    public bool IsReturned { get; init; }

    /// <summary>What was written is the stream of the entity, or a property that is one.</summary>
    public bool IsStream { get; init; }

    /// <summary>What this answer shows of the entity, and no other.</summary>
    public string? Secret { get; init; }
}

/// <param name="Set">Whose entities they are.</param>
/// <param name="Type">The derived type that the address names.</param>
/// <param name="Keys">Each once.</param>
internal sealed record WrittenMembers(EntitySetModel Set, DerivedModel? Type, IReadOnlyList<object[]> Keys);

/// <summary>
/// Modifications of rows of published tables (Protocol 11.4): the body becomes a plan, the plan runs on the request's transaction. Whoever calls
/// commits it.
/// </summary>
internal sealed class TableWrites(
    HttpContext context, QueryOptions options, ModelSnapshot model, WriteBody body, RequestSession session, Dialect dialect, Preconditions preconditions, Observations observations, CallerHooks hooks, WriteAnswer answer)
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    private readonly Mistakes _mistakes = body.Mistakes;
    private readonly WritePlanner _planner = new(model, body.Mistakes);
    /// <summary>The statement that stored the entity has told the answer what it shows.</summary>
    private bool _isReturned;

    /// <summary>Rows that were inserted, changed or deleted.</summary>
    public long Affected { get; private set; }

    public Task<Written> RunAsync(WriteTarget target) => (context.Request.Method, target) switch
    {
        ("POST", WriteTarget.Collection { IsEach: false } collection) when body.Stream is not null => CreateMediaAsync(collection),
        ("POST", WriteTarget.Collection { IsEach: false } collection) => CreateAsync(collection),
        ("PATCH", WriteTarget.Collection { IsEach: false } collection) => DeltaAsync(collection),
        ("PATCH", WriteTarget.Collection collection) => EachAsync(collection),
        ("DELETE", WriteTarget.Collection collection) => DeleteEachAsync(collection),
        ("PATCH" or "PUT", WriteTarget.Entity entity) => ChangeAsync(entity),
        ("DELETE", WriteTarget.Entity entity) => DeleteAsync(entity),
        ("PATCH" or "PUT", WriteTarget.Property property) => ChangeAsync(property),
        ("DELETE", WriteTarget.Property property) => ClearAsync(property),
        ("POST", WriteTarget.Reference { Navigation.IsCollection: true, Key: null } reference) => RelateAsync(reference),
        ("PUT", WriteTarget.Reference { Navigation.IsCollection: false } reference) => RelateAsync(reference),
        ("PUT", WriteTarget.Reference { Key: null } reference) => ReplaceAsync(reference),
        ("DELETE", WriteTarget.Reference reference) => SeparateAsync(reference),
        ("POST", WriteTarget.Property { Column.Items: not null }) => throw new ServiceException(Errors.NotImplemented, "Nothing is posted to collections of values: PUT sets them whole."),
        ("PUT", WriteTarget.Media media) => StoreAsync(media),
        ("DELETE", WriteTarget.Media media) => ClearAsync(media),
        _ => throw NotAllowed(context, target),
    };

    /// <summary>405 with the methods that the address takes.</summary>
    public static ServiceException NotAllowed(HttpContext context, WriteTarget? target)
    {
        var (allowed, message) = target switch
        {
            WriteTarget.Collection { IsEach: true } => ("PATCH, DELETE", "$each stands for every member of the collection, which PATCH changes and DELETE removes."),
            WriteTarget.Collection => ("GET, POST, PATCH, DELETE", "This address is a collection: POST creates an entity, PATCH takes a delta, DELETE removes those that $filter names."),
            WriteTarget.Entity => ("GET, PATCH, PUT, DELETE", "This address is an entity: PATCH, PUT and DELETE change it. A new one is posted to its collection."),
            WriteTarget.Media => ("GET, PUT, DELETE", "This address is a stream: PUT stores another one, DELETE sets it to null."),
            WriteTarget.Property => ("GET, PUT, PATCH, DELETE", "This address is a property: PUT sets it, DELETE sets it to null."),
            WriteTarget.Reference { Navigation.IsCollection: true } => ("GET, POST, PUT, DELETE", "POST adds a reference, PUT replaces all, DELETE removes."),
            WriteTarget.Reference => ("GET, PUT, DELETE", "PUT sets the reference, DELETE removes it."),
            _ => ("GET", "This address is read only."),
        };
        context.Response.Headers.Allow = allowed;
        return new(Errors.MethodNotAllowed, message);
    }

    private async Task<Written> CreateAsync(WriteTarget.Collection target)
    {
        var navigation = target.Navigation;
        var content = body.Reader.Read(
            body.Object(), target.Set, BodyPurpose.Create, target.Type, filled: navigation is null ? null : [.. navigation.On.Select(pair => pair.Target)]);
        var row = navigation is null
            ? _planner.Insert(content, isRoot: true)
            : _planner.InsertRelated(await FindAsync(target.Owner!, navigation.Source), navigation, content);
        var execution = await RunAsync(navigation is null ? answer.Returned(target.Set, content, isCreated: true) : null);
        var url = UrlOf(execution, row);
        return new(url, url, IsCreated: true, content) { IsReturned = _isReturned, Secret = execution[row].Secret };
    }

    private async Task<Written> ChangeAsync(WriteTarget.Entity target)
    {
        var isReplaced = HttpMethods.IsPut(context.Request.Method);
        var purpose = isReplaced ? BodyPurpose.Replace : BodyPurpose.Update;
        // What is not there is created (Protocol 11.4.4) where the client gives the whole key.
        var key = !target.Set.IsSingleton && target.Set.Definition.Allow.Create && target.Set.Key.All(property => property.IsCreatable) ? target.Key : null;
        var content = body.Reader.Read(body.Object(), target.Set, purpose, target.Type, filled: key is null ? null : [.. target.Set.Key.Select(property => property.Column)]);
        PlannedRow row;
        if (key is not null)
            row = _planner.Update(content, WritePlanner.Values(target.Set, key), RowAction.Upsert, condition: Condition(target.Set), isRoot: true);
        else
            row = _planner.Update(content, await KeyAsync(target), condition: Condition(target.Set), isRoot: true);
        var execution = await RunAsync(key is null ? answer.Returned(target.Set, content, isCreated: false) : null);
        var url = UrlOf(execution, row);
        return new(url, url, execution[row].IsNew, content) { IsReturned = _isReturned, Secret = execution[row].Secret };
    }

    private async Task<Written> DeleteAsync(WriteTarget.Entity target)
    {
        _planner.Delete(target.Set, await KeyAsync(target), condition: Condition(target.Set), isRoot: true);
        await RunAsync();
        return Written.Nothing;
    }

    private async Task<Written> ChangeAsync(WriteTarget.Property target)
    {
        if (target.Column is { IsEditable: false } fixedOne)
            throw new ServiceException(Errors.ImmutableProperty, $"{fixedOne.Path} cannot be changed.");
        var purpose = HttpMethods.IsPut(context.Request.Method) ? BodyPurpose.Replace : BodyPurpose.Update;
        var path = target.Column?.Path ?? target.Complex!.Path;
        var content = body.Reader.ReadProperty(body.Value(target.Column, target.IsRaw), target.Owner.Set, target.Owner.Type, path, purpose);
        return await ChangeAsync(target, content, path);
    }

    /// <summary>A property that is deleted is null (Protocol 11.4.9.2).</summary>
    private Task<Written> ClearAsync(WriteTarget.Property target)
    {
        if (target.IsRaw)
            throw NotAllowed(context, target);
        if (target.Column is { IsEditable: false } fixedOne)
            throw new ServiceException(Errors.ImmutableProperty, $"{fixedOne.Path} cannot be changed.");
        var path = target.Column?.Path ?? target.Complex!.Path;
        using var nothing = JsonDocument.Parse("null");
        return ChangeAsync(target, body.Reader.ReadProperty(nothing.RootElement, target.Owner.Set, target.Owner.Type, path, BodyPurpose.Update), path);
    }

    private async Task<Written> ChangeAsync(WriteTarget.Property target, EntityBody content, string path)
    {
        var row = _planner.Update(content, await KeyAsync(target.Owner), condition: Condition(target.Set), isRoot: true);
        var execution = await RunAsync(answer.IsShown(isCreated: false) ? null : answer.ReturnedTag(target.Set));
        var url = UrlOf(execution, row);
        return new($"{url}/{path}", url) { IsReturned = _isReturned };
    }

    /// <summary>A media entity that begins with its stream (Protocol 11.4.7.1); its properties are what the database and the definition make them.</summary>
    private async Task<Written> CreateMediaAsync(WriteTarget.Collection target)
    {
        if (!target.Set.Media!.IsCreatable)
            throw new ServiceException(Errors.ImmutableProperty, "Entities of this set cannot begin with their stream.");
        var navigation = target.Navigation;
        var content = body.Reader.Read(Empty, target.Set, BodyPurpose.Create, target.Type, filled: navigation is null ? null : [.. navigation.On.Select(pair => pair.Target)]);
        var row = navigation is null
            ? _planner.Insert(content, isRoot: true)
            : _planner.InsertRelated(await FindAsync(target.Owner!, navigation.Source), navigation, content);
        var url = await StoreAsync(row, target.Set.Media!, StreamBody.MediaType(context.Request, target.Set.Media!), body.Stream!);
        return new(url, url, IsCreated: true, content);
    }

    /// <summary>Another stream in the place of one (Protocol 11.4.7.2, 11.4.8.1).</summary>
    private async Task<Written> StoreAsync(WriteTarget.Media target) =>
        new(null, await StoreAsync(await PlanAsync(target), target.Content, StreamBody.MediaType(context.Request, target.Content), body.Stream!)) { IsStream = true };

    private async Task<Written> ClearAsync(WriteTarget.Media target)
    {
        var media = target.Content;
        if (!media.Column.IsNullable)
            throw new ServiceException(Errors.RequiredMissing, "The stream cannot be null. DELETE the entity, or PUT another stream.");
        return new(null, await StoreAsync(await PlanAsync(target), media, mediaType: null, content: null)) { IsStream = true };
    }

    private async Task<PlannedRow> PlanAsync(WriteTarget.Media target) => !target.Content.IsEditable
        ? throw new ServiceException(Errors.ImmutableProperty, "This stream cannot be changed.")
        : _planner.Update(body.Reader.Read(Empty, target.Set, BodyPurpose.Update, target.Owner.Type), await KeyAsync(target.Owner), condition: Condition(target.Set), isRoot: true);

    /// <summary>A short stream is a value like others. A long one is empty at first, so that hooks, facades and versions see to the row, and then comes piece by piece.</summary>
    /// <returns>The entity.</returns>
    private async Task<string> StoreAsync(PlannedRow row, MediaModel media, string? mediaType, Batch.Spool? content)
    {
        var isLong = content?.Length > StreamBody.ShortBytes;
        var bytes = content is null ? null : isLong ? [] : (await content.From(0).BytesAsync(context.RequestAborted)).ToArray();
        var stored = new List<PlannedValue>(row.Values) { new(media.Column, bytes, media.Name) };
        if (media.ContentTypeColumn is { } column && (mediaType is not null || column.IsNullable))
            stored.Add(new(column, mediaType));
        row.Values = PlannedValues.Of([.. stored]);
        if (isLong)
        {
            await using var stream = content!.From(0).Open();
            row.Streamed = (media.Column, await Fingerprint.OfAsync(stream, context.RequestAborted));
            await session.BeginAsync(context.RequestAborted);
        }
        var execution = await RunAsync();
        if (isLong)
        {
            await using var stream = content!.From(0).Open();
            await session.Session.StoreAsync(
                dialect, row.Set.Table, media.Column, [.. row.Set.Key.Select((property, i) => (property.Column.Name, execution[row].Key[i]))], stream, context.RequestAborted);
        }
        return UrlOf(execution, row);
    }

    private async Task<Written> RelateAsync(WriteTarget.Reference target)
    {
        if (target.Key is not null)
            throw NotAllowed(context, target);
        var reference = body.Reader.ReadReference(body.Object(), target.Navigation.Target, BodyPath.Root);
        var owner = _planner.Find(target.Set, await KeyAsync(target.Owner), condition: Condition(target.Set), isRoot: true);
        if (reference is not null)
            _planner.Relate(owner, target.Navigation, reference);
        await RunAsync();
        return Written.Nothing;
    }

    /// <summary>PUT of all references of a collection (Protocol 11.4.6.3): the others are removed.</summary>
    private async Task<Written> ReplaceAsync(WriteTarget.Reference target)
    {
        var references = new List<EntityReference>();
        var index = 0;
        foreach (var item in body.Items())
            if (body.Reader.ReadReference(item, target.Navigation.Target, new("value", index++)) is { } reference)
                references.Add(reference);
        var owner = _planner.Find(target.Set, await KeyAsync(target.Owner), condition: Condition(target.Set), isRoot: true);
        _planner.Replace(owner, target.Navigation, references, BodyPath.Root.Member("value"));
        await RunAsync();
        return Written.Nothing;
    }

    private async Task<Written> SeparateAsync(WriteTarget.Reference target)
    {
        var owner = _planner.Find(target.Set, await KeyAsync(target.Owner), condition: Condition(target.Set), isRoot: true);
        if (!target.Navigation.IsCollection || (target.Key is null && options.Id is null))
            _planner.Clear(owner, target.Navigation, BodyPath.Root);
        else if (target.Key is { } key)
            _planner.Separate(owner, target.Navigation, new(target.Navigation.Target, [.. key.Select(part => (target.Navigation.Target.Column(part.Property)!, part.Value))], BodyPath.Root));
        else if (body.References.Read(options.Id!, target.Navigation.Target, BodyPath.Root.Member("$id")) is { } reference)
            _planner.Separate(owner, target.Navigation, reference);
        await RunAsync();
        return Written.Nothing;
    }

    /// <summary>PATCH of a collection with a delta payload (Protocol 11.4.12): entities are changed or created, those marked as removed go.</summary>
    private async Task<Written> DeltaAsync(WriteTarget.Collection target)
    {
        var owner = target.Owner is { } path ? await FindAsync(path, target.Navigation!.Source) : null;
        var index = 0;
        var rows = new List<PlannedRow>();
        foreach (var item in body.Items())
        {
            var content = body.Reader.ReadDeltaItem(item, target.Set, new("value", index++), target.Navigation is { Through: null } filling ? [.. filling.On.Select(pair => pair.Target)] : []);
            if (_planner.Delta(owner, target.Navigation, content) is { } row)
                rows.Add(row);
        }
        var execution = await RunAsync();
        return Written.Nothing with { Members = new(target.Set, target.Type, [.. rows.Select(row => execution[row].Key)]) };
    }

    /// <summary>PATCH of every member of a collection (Protocol 11.4.13).</summary>
    private async Task<Written> EachAsync(WriteTarget.Collection target)
    {
        var content = body.Reader.Read(body.Object(), target.Set, BodyPurpose.Update, target.Type);
        _planner.RequireAllowed(target.Set, allow => allow.Update, "changed");
        var keys = await KeysAsync(target);
        foreach (var key in keys)
            _planner.Update(content, WritePlanner.Values(target.Set, key), condition: Condition(target.Set), isRoot: true);
        await RunAsync();
        return Written.Nothing with { Members = new(target.Set, target.Type, keys) };
    }

    /// <summary>DELETE of every member of a collection (Protocol 11.4.14).</summary>
    private async Task<Written> DeleteEachAsync(WriteTarget.Collection target)
    {
        _planner.RequireAllowed(target.Set, allow => allow.Delete, "deleted");
        foreach (var key in await KeysAsync(target))
            _planner.Delete(target.Set, WritePlanner.Values(target.Set, key), condition: Condition(target.Set), isRoot: true);
        await RunAsync();
        return Written.Nothing;
    }

    /// <summary>The answer has nothing to show.</summary>
    private Task<WriteExecution> RunAsync()
    {
        var (plan, execution) = Prepare();
        return RunAsync(plan, execution, isStatement: execution.IsStatement(plan));
    }

    /// <param name="returning">What the answer shows of the one entity; null when it has to read.</param>
    private Task<WriteExecution> RunAsync(Returning? returning)
    {
        var (plan, execution) = Prepare(showsSecrets: true);
        _isReturned = returning is not null && execution.TryReturn(plan, returning);
        return RunAsync(plan, execution, isStatement: _isReturned && execution.IsStatement(plan));
    }

    private (WritePlan Plan, WriteExecution Execution) Prepare(bool showsSecrets = false)
    {
        _mistakes.ThrowIfAny();
        return (_planner.ToPlan(), new(model, session.Session, dialect, _mistakes, observations, hooks, context.RequestAborted) { ShowsSecrets = showsSecrets });
    }

    private async Task<WriteExecution> RunAsync(WritePlan plan, WriteExecution execution, bool isStatement)
    {
        await session.BeginAsync(context.RequestAborted, isStatement);
        await execution.RunAsync(plan);
        Affected = execution.Affected;
        return execution;
    }

    /// <summary>The members of a collection that <c>$filter</c> leaves. Without one nobody means all of them by mistake.</summary>
    private Task<List<object[]>> KeysAsync(WriteTarget.Collection target)
    {
        if (options.Filter is null && options.Search is null && !target.Path.Segments.Any(segment => segment is PathSegment.Filter))
            throw new ServiceException(Errors.UnfilteredChange, Errors.UnfilteredChange.Meaning, "$filter");
        return ReadKeysAsync(target.Path, target.Set, options);
    }

    /// <summary>By what the row is found: the key of the address, or what a read of the address finds.</summary>
    private async Task<PlannedValues> KeyAsync(WriteTarget.Entity target) => target.Key is { } key
        ? WritePlanner.Values(target.Set, key)
        : WritePlanner.Values(target.Set, await OneAsync(target.Path, target.Set));

    private async Task<PlannedRow> FindAsync(ResourcePath path, EntitySetModel set) =>
        _planner.Find(set, WritePlanner.Values(set, await OneAsync(path, set)), isRoot: true);

    private async Task<object[]> OneAsync(ResourcePath path, EntitySetModel set) =>
        (await ReadKeysAsync(path, set, QueryOptions.None)).FirstOrDefault()
        ?? throw new ServiceException(preconditions.Refusal(exists: false, etag: null, isRequired: false) ?? new(Errors.EntityNotFound, "No entity is at this address."));

    private async Task<List<object[]>> ReadKeysAsync(ResourcePath path, EntitySetModel set, QueryOptions options)
    {
        await session.BeginAsync(context.RequestAborted);
        var execution = new Execution(session.Session, dialect, observations, context.RequestAborted);
        var keys = new List<object[]>();
        await using var rows = await execution.ReadAsync(WriteSelects.Keys(model, path, options, isLocked: true));
        while (await rows.ReadAsync(context.RequestAborted))
            keys.Add([.. set.Key.Select((property, i) => dialect.Values.Read(property.Column.Type.Kind, rows, i))]);
        return keys;
    }

    /// <summary>What the headers and the definition ask of the entity before it changes; null when they ask nothing, and nothing has to be read.</summary>
    private Func<bool, string?, ServiceError?>? Condition(EntitySetModel set) => preconditions == Preconditions.None && !set.RequiresETag
        ? null
        : (exists, etag) => preconditions.Refusal(exists, etag, set.RequiresETag);

    private static string UrlOf(WriteExecution execution, PlannedRow row) => Stream.EntityUrl.Of(row.Set, execution[row].Key);
}
