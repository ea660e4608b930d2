using BackendApi.Access;
using BackendApi.Access.Users;

namespace BackendApi.Resources.Access;

/// <summary>The rules of the set <c>UserClaims</c>.</summary>
public sealed class UserClaimFacade : Facade
{
    public override ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
    {
        foreach (var row in step.Rows)
            if (UserStore.MistakeOfClaim((string)row["Claim"]!) is { } mistake)
                row.Refuse(mistake, "Claim");
        return ChangeAsync(step, cancellation);
    }

    public override ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation) => ChangeAsync(step, cancellation);

    public override ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation) => ChangeAsync(step, cancellation);

    private static async ValueTask ChangeAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        await step.Session.ChangeAsync(step.Dialect, async () => await step.StoreAsync(), cancellation);
    }
}
