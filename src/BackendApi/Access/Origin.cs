using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql.Audit;

namespace BackendApi.Access;

/// <summary>Who makes a change, from where, and by which request: what the audit log says of it besides what has changed.</summary>
/// <param name="Address">The client's, as trusted proxies tell it; null for the product itself.</param>
/// <param name="RequestId">The one that the log of the server names a request by; requests of a batch share that of the batch.</param>
/// <param name="At">The beginning of the request.</param>
/// <param name="IsDataAudited">Changes of rows of published tables are written down too, not only those of configuration and access.</param>
public sealed record Origin(Caller Caller, string? Address, string RequestId, DateTimeOffset At, bool IsDataAudited)
{
    /// <summary>How rows are called that statements of code change; null where such statements are not told.</summary>
    internal AuditedTables? Tables { get; init; }

    /// <summary>Rows of tables as far as the settings say; what the product keeps itself, and what code of its own sees to, always.</summary>
    internal bool Tells(EntitySetModel set) => IsDataAudited || set.Facade is not null || set.Table.Name.Name.StartsWith(ProductTables.Prefix, StringComparison.Ordinal);
}
