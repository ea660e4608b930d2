using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Access;

/// <summary>Says of a request that changes something what the audit log is to say of it.</summary>
public sealed class Auditing(AuditSettings settings, TimeProvider clock)
{
    public Origin OriginOf(HttpContext context, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(caller, context.Connection.RemoteIpAddress?.ToString(), context.TraceIdentifier, clock.GetUtcNow(), settings.Data == AuditedData.All);
    }

    /// <summary>Of what the product does by itself, and of those whom it does not know (yet).</summary>
    public Origin OriginOf(Caller caller, string? address = null) => new(caller, address, "", clock.GetUtcNow(), IsDataAudited: true);
}
