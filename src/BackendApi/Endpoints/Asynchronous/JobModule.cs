using BackendApi.Resources;

namespace BackendApi.Endpoints.Asynchronous;

/// <summary>Long work as an entity set: what runs, for whom and since when, and what has become of it.</summary>
public sealed class JobModule : ResourceModule
{
    public override void Declare(ModuleBuilder module)
    {
        var jobs = module.EntitySet<JobFacade, Job>("backend-jobs", [nameof(Job.Id)], definition => definition with
        {
            EntitySet = "Jobs",
            Description = "Work that goes on without its client, and its results as long as they are kept.",
            Fields =
            [
                new() { Column = nameof(Job.Id) },
                new() { Column = nameof(Job.Kind), Description = "Request: a request with Prefer: respond-async." },
                new() { Column = nameof(Job.Subject), Description = "What is done; of a request the method and the path." },
                new() { Column = nameof(Job.State), Description = "Lost: the node that worked on it has ended." },
                new() { Column = nameof(Job.Progress), Description = "Percent; null where nobody can tell." },
                new() { Column = nameof(Job.StartedAt) },
                new() { Column = nameof(Job.FinishedAt) },
                new() { Column = nameof(Job.Caller) },
                new() { Column = nameof(Job.CallerKind) },
                new() { Column = nameof(Job.Status), Description = "The HTTP status of the result." },
                new() { Column = nameof(Job.Result), Description = "Where the result is, below the service root, for whom it was made." },
            ],
        });
        jobs.Action<JobFacade>(nameof(JobFacade.CancelAsync));
    }
}
