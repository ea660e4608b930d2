using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Modules;

/// <summary>Rows that are nowhere but in the memory of the module.</summary>
public sealed class TierModule : ResourceModule
{
    public enum Mood { Calm, Busy }

    public sealed record Tier(string Name, int LeastPoints, decimal Discount, DateOnly? Since, bool IsOpen, Mood Mood, Guid Id, int? PatronId)
    {
        public static IReadOnlyList<Tier> AtFirst =>
        [
            new("Gold", 1000, 0.05m, new(2026, 1, 2), true, Mood.Busy, new("00000000-0000-0000-0000-000000000002"), 1),
            new("Silver", 0, 0.0125m, null, true, Mood.Calm, new("00000000-0000-0000-0000-000000000001"), 2),
            new("Platinum", 10_000, 0.1m, new(2025, 12, 31), false, Mood.Calm, new("00000000-0000-0000-0000-000000000003"), 1),
        ];
    }

    public override void Declare(ModuleBuilder module)
    {
        var tiers = module.EntitySet<Tiers, Tier>("tiers", ["Name"], definition => definition with
        {
            Allow = new(Create: true, Update: true, Delete: true),
            Relations = [new() { Name = "Patron", Target = "customers", Multiplicity = "one", On = [new("PatronId", "id")] }],
        });
        tiers.Function<Tiers>(nameof(Tiers.Next));

        // Nobody has made the table: the set is left out, and so are its operations.
        module.EntitySet(new() { Alias = "ghosts", Table = "no_such_table" }).Function<Tiers>(nameof(Tiers.Haunt));
    }

    public override void AddServices(IServiceCollection services) => services.AddSingleton<Tiers>();

    public sealed class Tiers : RowFacade<Tier>
    {
        private readonly Dictionary<string, Tier> _tiers = Tier.AtFirst.ToDictionary(tier => tier.Name);

        public override ValueTask<IReadOnlyList<Tier>> ReadAsync(OperationContext context) => new([.. _tiers.Values]);

        public override ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
        {
            foreach (var row in step.Rows)
                if (_tiers.TryAdd((string)row["Name"]!, new((string)row["Name"]!, (int)row["LeastPoints"]!, (decimal)row["Discount"]!, null, (bool)row["IsOpen"]!, Mood.Calm, (Guid)row["Id"]!, (int?)row["PatronId"])))
                    row.Stored();
                else
                    row.Refuse("There is such a tier.", "Name", Errors.Conflict);
            return ValueTask.CompletedTask;
        }

        public override ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation)
        {
            foreach (var row in step.Rows)
            {
                var name = (string)row.Key![0];
                if (row.Has("Discount"))
                    _tiers[name] = _tiers[name] with { Discount = (decimal)row["Discount"]! };
                row.Stored();
            }
            return ValueTask.CompletedTask;
        }

        public override ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation)
        {
            foreach (var row in step.Rows)
            {
                _tiers.Remove((string)row.Key![0]);
                row.Stored();
            }
            return ValueTask.CompletedTask;
        }

        public static int Haunt(BoundCollection ghosts) => ghosts.Set.Key.Count;

        public EntityKey? Next(BoundEntity tier) => _tiers.Values.Where(other => other.LeastPoints > _tiers[(string)tier.Key[0]].LeastPoints).MinBy(other => other.LeastPoints) is { } next ? new(next.Name) : null;
    }
}
