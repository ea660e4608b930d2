using System.Globalization;
using BackendApi.Support;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// Gathers the requests of a batch as they are read, and refuses what cannot be run: too many of them, an identifier that is there twice, a reference to a
/// request that does not stand before.
/// </summary>
/// <param name="areIdsUniqueInGroups">Change sets of 4.0 count anew: an identifier is unique in its own one, and means the last request that had it.</param>
internal sealed class BatchOutline(ODataSettings settings, bool areIdsUniqueInGroups)
{
    private readonly List<BatchItem> _items = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private HashSet<string> _idsOfGroup = new(StringComparer.Ordinal);
    private string? _group;
    private List<BatchOperation>? _members;
    private int _count;

    public void Add(BatchOperation operation)
    {
        if (++_count > settings.MaxBatchOperations)
            throw new ServiceException(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture,
                $"The batch holds more than {settings.MaxBatchOperations} requests. Send them in several batches."), operation.Place.ToString());
        if (_members?.Count == settings.MaxChangeSetOperations)
            throw new ServiceException(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture,
                $"A change set holds more than {settings.MaxChangeSetOperations} requests. Make several change sets of them."), operation.Place.ToString());
        if (operation.Url.Length > settings.MaxUrlCharacters)
            throw new ServiceException(Errors.LimitExceeded, string.Create(CultureInfo.InvariantCulture,
                $"The URL is longer than {settings.MaxUrlCharacters} characters. A query can be sent in a body, to …/$query."), operation.Place.ToString());
        CheckReferences(operation);
        if (operation.Id is { } id)
            AddId(id, operation.Place);
        if (_members is not null)
            _members.Add(operation);
        else
            _items.Add(new BatchItem.Single(operation));
    }

    /// <param name="id">The name of an atomicity group.</param>
    public void BeginGroup(string? id, BatchPlace place)
    {
        if (id is not null && (_ids.Contains(id) || !_groups.Add(id)))
            throw new ServiceException(Errors.InvalidBody, _ids.Contains(id)
                ? $"'{id}' is the id of a request and cannot name an atomicity group."
                : $"The requests of the atomicity group '{id}' must stand next to each other.", place.ToString());
        (_group, _members, _idsOfGroup) = (id, [], new(StringComparer.Ordinal));
    }

    public void EndGroup()
    {
        _items.Add(new BatchItem.Group(_group, _members!));
        (_group, _members) = (null, null);
    }

    public BatchRequest ToRequest() => new(_items);

    private void AddId(string id, BatchPlace place)
    {
        var isNew = areIdsUniqueInGroups && _members is not null ? _idsOfGroup.Add(id) : !_ids.Contains(id);
        if (!isNew)
            throw new ServiceException(Errors.InvalidBody, $"The id '{id}' stands in the batch twice.", place.ToString());
        if (_groups.Contains(id))
            throw new ServiceException(Errors.InvalidBody, $"'{id}' names an atomicity group and cannot be the id of a request.", place.ToString());
        _ids.Add(id);
    }

    private void CheckReferences(BatchOperation operation)
    {
        if (operation.Reference is { } reference && !_ids.Contains(reference))
            throw new ServiceException(Errors.InvalidBody, $"'${reference}' refers to a request, but none before this one has the id '{reference}'.", operation.Place.ToString());
        foreach (var needed in operation.DependsOn)
            if (!_ids.Contains(needed) && (!_groups.Contains(needed) || needed == _group))
                throw new ServiceException(Errors.InvalidBody, $"dependsOn names '{needed}', which is no request and no atomicity group before this one.", operation.Place.ToString());
    }
}
