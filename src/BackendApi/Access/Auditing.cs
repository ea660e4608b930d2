using BackendApi.Model;
using BackendApi.Resources.Access;
using BackendApi.Support;
using BackendApi.Sql.Audit;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Access;

/// <summary>Says of a request that changes something what the audit log is to say of it.</summary>
/// <param name="models">What names the tables.</param>
public sealed class Auditing(AuditSettings settings, TimeProvider clock, Models models)
{
    public Origin OriginOf(HttpContext context, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(caller, context.Connection.RemoteIpAddress?.ToString(), context.TraceIdentifier, clock.GetUtcNow(), settings.Data == AuditedData.All) { Tables = Tables };
    }

    /// <summary>Of what the product does by itself.</summary>
    public Origin OriginOf(Caller caller) => new(caller, null, "", clock.GetUtcNow(), IsDataAudited: true) { Tables = Tables };

    /// <summary>Before there is a model the only changes are those of who may call.</summary>
    private AuditedTables Tables => models.IsReady ? models.Current.AuditedTables : AccessModule.AuditedTables;
}
