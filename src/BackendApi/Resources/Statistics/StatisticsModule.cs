using BackendApi.Access.Statistics;
using BackendApi.Model;

namespace BackendApi.Resources.Statistics;

/// <summary>The statistics of requests as an entity set, which nobody writes.</summary>
public sealed class StatisticsModule : ResourceModule
{
    public override void Declare(ModuleBuilder module)
    {
        module.Table(StatisticsTables.Rows);
        module.EntitySet(new()
        {
            Alias = "backend-request-statistics", EntitySet = "RequestStatistics", Table = StatisticsTables.Rows.Name.Name,
            Description = "Requests, errors, rows and times by period, set, caller and operation. Every request is counted in one row, so sums of any rows are right.",
            Fields =
            [
                new() { Column = "id" },
                new() { Column = "period", Description = "How long the row tells of: Minute, Hour or Day." },
                new() { Column = "period_start", Description = "When that began, in UTC." },
                new() { Column = "entity_set", Description = "With which the address began; null for the service itself, operations that are bound to none, and addresses that are not there." },
                new() { Column = "caller", Description = "The name of a user, key or client; null for requests without valid credentials." },
                new() { Column = "caller_kind", Description = "User, ApiKey, Client, Outside or System." },
                new() { Column = "operation", Description = "Read, Create, Update, Delete, Execute (functions and actions), or Batch, whose requests are counted as well." },
                .. Measures.All.Select(measure => new FieldDefinition { Column = measure.Column, Name = measure.Property, Description = measure.Description }),
            ],
            Relations = [],
        });
    }
}
