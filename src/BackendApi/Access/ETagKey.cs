using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Access;

/// <summary>The secret that ETags are made with, shared by all nodes and loaded before the first model is built.</summary>
public sealed class ETagKey(Database database, AccessStore access)
{
    private SipHash? _hash;

    public SipHash Hash => _hash ?? throw new InvalidOperationException("The key of the ETags is not loaded.");

    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        _hash = new(await access.SharedSecretAsync(session, "etag", cancellation));
    }
}
