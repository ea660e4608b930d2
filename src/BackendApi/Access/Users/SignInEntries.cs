using BackendApi.Access.Limits;
using BackendApi.Sql;
using BackendApi.Sql.Audit;

namespace BackendApi.Access.Users;

/// <summary>
/// Entries of the audit log about sign-ins. A name that nobody has is in none of them: it may be a password that was typed in the wrong place.
/// </summary>
public sealed class SignInEntries(Dialect dialect, Auditing auditing, TimeProvider clock)
{
    /// <summary>Of refused sign-ins each node tells no more, because anybody can send them. The next entry says how many it left out.</summary>
    public const int RefusedPerMinute = 20;

    private Rate _refused;
    private long _untold;

    /// <summary>In a transaction it becomes a part of it.</summary>
    public Task AcceptedAsync(Session session, Caller caller, SignInAttempt attempt, bool mustChangePassword, CancellationToken cancellation)
    {
        session.Origin = OriginOf(caller, attempt);
        return session.AuditAsync(dialect, SetOf(caller.Kind), "SignedIn", SetOf(caller.Kind) is null ? null : AuditStatements.KeyOf(caller.Name), cancellation, json =>
        {
            json.WriteString("Grant", attempt.Grant);
            if (mustChangePassword)
                json.WriteBoolean("MustChangePassword", true);
        });
    }

    /// <summary>The same for one that was refused.</summary>
    /// <param name="kind">Of whom it names.</param>
    /// <param name="name">Null where nobody has it.</param>
    public Task RefusedAsync(Session session, CallerKind kind, string? name, SignInRefusal why, SignInAttempt attempt, CancellationToken cancellation)
    {
        if (_refused.Take(CallerUse.Ticks(clock), RefusedPerMinute) is not null)
        {
            Interlocked.Increment(ref _untold);
            return Task.CompletedTask;
        }
        var untold = Interlocked.Exchange(ref _untold, 0);
        session.Origin = OriginOf(Caller.System, attempt);
        return session.AuditAsync(dialect, SetOf(kind), "SignInRefused", name is null ? null : AuditStatements.KeyOf(name), cancellation, json =>
        {
            json.WriteString("Grant", attempt.Grant);
            json.WriteString("Reason", why.ToString());
            if (untold > 0)
                json.WriteNumber("Untold", untold);
        });
    }

    /// <summary>Nobody is known to be behind what is refused: the service writes it down.</summary>
    public Origin OriginOf(Caller caller, SignInAttempt attempt) => auditing.OriginOf(caller) with { Address = attempt.Address, RequestId = attempt.RequestId };

    /// <summary>Whom another issuer names is no entity of this service.</summary>
    internal static string? SetOf(CallerKind kind) => kind switch { CallerKind.User => AccessTables.UsersSet, CallerKind.Client => AccessTables.ClientsSet, _ => null };
}
