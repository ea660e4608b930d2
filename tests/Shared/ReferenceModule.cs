using System.ComponentModel;
using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Support;

namespace BackendApi.Testing;

/// <summary>Functions and actions over the reference model: those of the checklist, and one for each kind of parameter and result.</summary>
internal sealed class ReferenceModule : ResourceModule
{
    public override void Declare(ModuleBuilder module)
    {
        var customers = module.Existing("customers");
        customers.Action<Operations>(nameof(Operations.Archive));
        customers.Action<Operations>(nameof(Operations.Reset));
        customers.Function<Operations>(nameof(Operations.Oldest));
        customers.Function<Operations>(nameof(Operations.Deputy));
        customers.Function<Operations>(nameof(Operations.Greet));
        customers.OfType("VipCustomer").Function<VipOperations>(nameof(VipOperations.Greet));
        customers.OfType("VipCustomer").Action<VipOperations>(nameof(VipOperations.Upgrade));
        customers.OfType("VipCustomer").Action<VipOperations>(nameof(VipOperations.Gather));
        customers.OfType("NoSuchType").Action<VipOperations>(nameof(VipOperations.Upgrade));
        module.Function<Operations>(nameof(Operations.Spent));
        module.Action<Operations>(nameof(Operations.Merge)).ReturnsFrom("customers");
        module.Existing("config").Function<Operations>(nameof(Operations.Motto));
        module.Function<Operations>(nameof(Operations.TopCustomers)).ReturnsFrom("customers");
        module.Function<Operations>(nameof(Operations.Same));
        module.Function<Operations>(nameof(Operations.Sum));
        module.Function<Operations>(nameof(Operations.Nothing));
        module.Action<Operations>(nameof(Operations.ResetAll));
        module.Action<Operations>(nameof(Operations.Keep));
        module.Action<Operations>(nameof(Operations.Pick)).ReturnsFrom("customers");
        // Nobody publishes it.
        module.Existing("somebody-else").Action<Operations>(nameof(Operations.Archive));
    }

    public enum Mood { Calm, Busy = 5 }

    [Flags]
    public enum Days { None = 0, Monday = 1, Tuesday = 2 }

    [Description("Where something is.")]
    public sealed record Spot(string Name, Corner? Corner, IReadOnlyList<int> Numbers, Mood Mood = Mood.Calm);

    public sealed record Corner(double X, double Y);

    /// <summary>A value of every primitive type.</summary>
    public sealed record Everything(
        bool Flag, byte Small, short Short, int Whole, long Long, decimal Money, double Real, float Single, string Text, DateOnly Day, TimeOnly Time, DateTimeOffset Instant,
        TimeSpan Length, Guid Id, byte[] Bytes, Mood Mood, Days Days, int? Perhaps);

    public sealed class VipOperations
    {
        public static string Greet(BoundEntity customer) => $"Your Excellency {customer.Key[0]}";

        public static EntityKey Upgrade(BoundEntity customer, int levels) => levels > 0 ? new(customer.Key) : throw new ServiceException(Errors.Conflict, "Up is up.");

        public static async Task<int> Gather(BoundCollection customers) => (await customers.ReadKeysAsync()).Count;
    }

    public sealed class Operations
    {
        [Description("Puts a customer away, \"for good\" & all.")]
        public static string Archive(BoundEntity customer, [Description("Why.")] string reason = "old") => $"{customer.Key[0]} {reason}";

        public static async Task<int> Reset(BoundCollection customers) => (await customers.ReadKeysAsync()).Count;

        public static EntityKey? Oldest(BoundCollection customers, bool exists = true) => exists ? new(3) : null;

        public static EntityKey? Deputy(BoundEntity customer) => customer.Key[0] is 1 ? null : new(1);

        public static string Greet(BoundEntity customer) => $"Hello, {customer.Key[0]}";

        public static string Spent([EntityOf("customers")] EntityKey customer, [EntityOf("orders")] IReadOnlyList<EntityKey> orders) =>
            $"{customer.Values[0]}: {string.Join(' ', orders.Select(order => order.Values[0]))}";

        public static EntityKey Merge([EntityOf("customers")] EntityKey into, [EntityOf("customers")] EntityKey[] others, [EntityOf("orders")] EntityKey? latest = null) =>
            others.Length > 0 && latest is null ? into : throw new ServiceException(Errors.Conflict, $"{others.Length} {latest?.Values[0]}");

        public static string Motto(BoundEntity config) => $"motto {config.Key.Count}";

        public static IReadOnlyList<EntityKey> TopCustomers() => [new(3), new(1)];

        public static IReadOnlyList<EntityKey> TopCustomers(int first) => [.. TopCustomers().Take(first)];

        public static IReadOnlyList<EntityKey> TopCustomers(int first, string country) => country == "DE" ? [.. TopCustomers().Skip(1).Take(first)] : [];

        public static Everything Same(
            bool flag, byte small, short @short, int whole, long @long, decimal money, double real, float single, string text, DateOnly day, TimeOnly time, DateTimeOffset instant,
            TimeSpan length, Guid id, byte[] bytes, Mood mood, Days days, int? perhaps) =>
            new(flag, small, @short, whole, @long, money, real, single, text, day, time, instant, length, id, bytes, mood, days, perhaps);

        public static ValueTask<long> Sum(IReadOnlyList<long> numbers, Spot? spot = null) => new(numbers.Sum() + (spot?.Numbers.Sum() ?? 0));

        public static string? Nothing() => null;

        public static void ResetAll() { }

        public static Task<IReadOnlyList<Spot>> Keep(IReadOnlyList<Spot> spots, Spot? other, CancellationToken cancellation) =>
            cancellation.IsCancellationRequested ? throw new ServiceException(Errors.Conflict, "Too late.") : Task.FromResult<IReadOnlyList<Spot>>(other is null ? spots : [.. spots, other]);

        public static IReadOnlyList<EntityKey> Pick(int[] ids) => [.. ids.Select(id => new EntityKey(id))];
    }
}
