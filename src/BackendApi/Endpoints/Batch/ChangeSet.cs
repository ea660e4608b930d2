using BackendApi.Sql;

namespace BackendApi.Endpoints.Batch;

/// <summary>A feature of every request in a change set or atomicity group (Protocol 11.7.4): what all of its requests share.</summary>
/// <param name="session">On which the transaction of the change set is open.</param>
internal sealed class ChangeSet(Session session)
{
    private readonly Dictionary<string, int> _parts = new(StringComparer.Ordinal);

    public Session Session { get; } = session;

    /// <summary>Counts the requests that carry the identifier, from 0.</summary>
    public int PartOf(string identifier)
    {
        _parts.TryGetValue(identifier, out var part);
        _parts[identifier] = part + 1;
        return part;
    }

    /// <summary>The change set is rolled back although all of its requests succeed: one of them was a trial.</summary>
    public bool IsDiscarded { get; set; }
}
