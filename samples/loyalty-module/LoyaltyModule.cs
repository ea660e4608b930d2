using System.ComponentModel;
using System.Globalization;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Samples.Loyalty;

/// <summary>
/// A loyalty scheme for the customers of a shop: accounts with points in tables of its own, joined to the set <c>Customers</c> that a stored definition publishes.
/// A host adds it by one line, <c>services.AddModule&lt;LoyaltyModule&gt;()</c>.
/// </summary>
public sealed class LoyaltyModule : ResourceModule
{
    public static readonly TableSchema Account = new(
        new(null, "loyalty_account"),
        [Column.Int32("customer_id"), Column.Int32("points"), Column.Text("nickname", 40, isNullable: true)],
        PrimaryKey: ["customer_id"], UniqueKeys: [], ForeignKeys: []);

    public static readonly TableSchema Booking = new(
        new(null, "loyalty_booking"),
        [Column.Guid("id"), Column.Int32("customer_id"), Column.Int32("points"), Column.Text("reason", 100, isNullable: true), Column.Instant("booked_at")],
        PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: [new("fk_loyalty_booking_account", ["customer_id"], Account.Name, ["customer_id"])]);

    public override void Declare(ModuleBuilder module)
    {
        var accounts = module.EntitySet<LoyaltyAccounts>(new()
        {
            Alias = "loyalty-accounts",
            Table = "loyalty_account",
            Allow = new(Create: true, Update: true, Delete: true),
            Fields = [new() { Column = "customer_id" }, new() { Column = "points", IsCreatable = false, IsEditable = false }, new() { Column = "nickname" }],
            Relations =
            [
                new() { Name = "Customer", Target = "customers", Multiplicity = "one", On = [new("customer_id", "id")] },
                new() { Name = "Bookings", Target = "loyalty-bookings", Multiplicity = "many", On = [new("customer_id", "customer_id")] },
            ],
        });
        accounts.Action<LoyaltyAccounts>(nameof(LoyaltyAccounts.CreditAsync));
        accounts.Action<LoyaltyAccounts>(nameof(LoyaltyAccounts.ClearAsync));
        accounts.Function<LoyaltyAccounts>(nameof(LoyaltyAccounts.Worth));

        // Read only, and without a facade: nothing but the definition is behind it.
        module.EntitySet(new() { Alias = "loyalty-bookings", Table = "loyalty_booking" });

        module.Function<LoyaltyAccounts>(nameof(LoyaltyAccounts.AccountsAbove)).ReturnsFrom("loyalty-accounts");
        module.Function<LoyaltyAccounts>(nameof(LoyaltyAccounts.Levels));
    }

    public override void AddServices(IServiceCollection services) =>
        services.AddSingleton(new ProductArea("loyalty", [[new TableChange.Create(Account), new TableChange.Create(Booking)]]));
}

[Description("What a number of points makes of a customer.")]
public sealed record LoyaltyLevel(string Name, int LeastPoints);

/// <summary>The rules of the scheme.</summary>
public sealed class LoyaltyAccounts(TimeProvider clock) : Facade
{
    public const int Welcome = 100;

    private static readonly LoyaltyLevel[] All = [new("Silver", 0), new("Gold", 1000), new("Platinum", 10_000)];

    /// <summary>Everybody begins with some points.</summary>
    public override async ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
    {
        foreach (var row in step.Rows)
            row["Points"] = Welcome;
        await step.StoreAsync();
        foreach (var row in step.Rows)
            await BookAsync(step.Session, step.Dialect, (int)row.Key![0], Welcome, "Welcome", cancellation);
    }

    public override async ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation)
    {
        foreach (var row in step.Rows)
        {
            var id = (int)row.Key![0];
            if (await PointsAsync(step.Session, step.Dialect, id, cancellation) > Welcome)
                row.Refuse("The account has points that the customer has earned. Clear it first.", error: Errors.Conflict);
            await step.Session.ExecuteAsync(step.Dialect.Delete(LoyaltyModule.Booking, [("customer_id", id)]), cancellation);
        }
        await step.StoreAsync();
    }

    [Description("Adds points, or takes some away, and returns the account.")]
    public async Task<EntityKey> CreditAsync(
        BoundEntity account, OperationContext context, [Description("Negative to take points away; there is never less than none.")] int points, string? reason = null)
    {
        var id = (int)account.Key[0];
        var left = await PointsAsync(context.Session, context.Dialect, id, context.Cancellation) + points;
        if (left < 0)
            throw new ServiceException(Errors.Conflict, string.Create(CultureInfo.InvariantCulture, $"The account has only {left - points} points."), "points");
        await context.Session.ExecuteAsync(context.Dialect.Update(LoyaltyModule.Account, [("points", left)], [("customer_id", id)]), context.Cancellation);
        await BookAsync(context.Session, context.Dialect, id, points, reason, context.Cancellation);
        return new(account.Key);
    }

    [Description("Takes all points of the accounts away, and says how many accounts there were.")]
    public static async Task<int> ClearAsync(BoundCollection accounts, OperationContext context)
    {
        var keys = await accounts.ReadKeysAsync();
        foreach (var key in keys)
            await context.Session.ExecuteAsync(context.Dialect.Update(LoyaltyModule.Account, [("points", 0)], [("customer_id", key.Values[0])]), context.Cancellation);
        return keys.Count;
    }

    [Description("What the points are worth in money.")]
    [Expression("Points mul rate")]
    public static async Task<decimal> Worth(BoundEntity account, OperationContext context, decimal rate = 0.01m) =>
        await PointsAsync(context.Session, context.Dialect, (int)account.Key[0], context.Cancellation) * rate;

    [Description("Accounts with more points than this.")]
    public static EntityFilter AccountsAbove(int points) => EntityFilter.Where($"Points gt {points}");

    public static IReadOnlyList<LoyaltyLevel> Levels() => All;

    private static async Task<int> PointsAsync(Session session, Dialect dialect, int customer, CancellationToken cancellation)
    {
        await using var rows = await session.ReadAsync(dialect.Select(LoyaltyModule.Account, ["points"], [("customer_id", customer)]), cancellation);
        return await rows.ReadAsync(cancellation) ? dialect.Values.Int32(rows, 0) : 0;
    }

    private async Task BookAsync(Session session, Dialect dialect, int customer, int points, string? reason, CancellationToken cancellation)
    {
        foreach (var statement in dialect.Insert(LoyaltyModule.Booking, ["id", "customer_id", "points", "reason", "booked_at"], [[Guid.NewGuid(), customer, points, reason, clock.GetUtcNow()]]))
            await session.ExecuteAsync(statement, cancellation);
    }
}
