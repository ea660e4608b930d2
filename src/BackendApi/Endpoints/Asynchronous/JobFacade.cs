using System.ComponentModel;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Endpoints.Asynchronous;

public enum JobState { Running, Succeeded, Failed, Lost }

/// <summary>A piece of long work as the entity set shows it.</summary>
public sealed record Job(
    string Id, string Kind, string? Subject, JobState State, int? Progress, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string Caller, string CallerKind, int? Status, string? Result);

/// <summary>Supplies the set <c>Jobs</c>: the requests that run, or have run, without their clients.</summary>
internal sealed class JobFacade(KeptResponses responses, AsynchronousRequests requests, TimeProvider clock) : RowFacade<Job>
{
    public override async ValueTask<IReadOnlyList<Job>> ReadAsync(OperationContext context)
    {
        var values = context.Dialect.Values;
        var statement = context.Dialect.Select(ResponseTables.Responses, ["id", "caller", "state", "status", "touched_at", "started_at", "subject"], []);
        var jobs = new List<Job>();
        await using var row = await context.Session.ReadAsync(statement, context.Cancellation);
        while (await row.ReadAsync(context.Cancellation))
        {
            var (id, caller, touched) = (values.String(row, 0), values.String(row, 1), values.DateTimeOffset(row, 4));
            int? status = row.IsDBNull(3) ? null : values.Int32(row, 3);
            var state = status is { } known ? known < 400 ? JobState.Succeeded : JobState.Failed
                : clock.GetUtcNow() - touched < AsynchronousRequests.LostAfter ? JobState.Running : JobState.Lost;
            var colon = caller.IndexOf(':', StringComparison.Ordinal);
            jobs.Add(new(
                id, "Request", row.IsDBNull(6) ? null : values.String(row, 6), state, Progress: state is JobState.Succeeded or JobState.Failed ? 100 : null, row.IsDBNull(5) ? null : values.DateTimeOffset(row, 5),
                state == JobState.Running ? null : touched, caller[(colon + 1)..], caller[..colon], status, status is null ? null : $"{StatusMonitor.Segment}/{id}"));
        }
        return jobs;
    }

    [Description("Gives the work up. It is gone from here then, with what it has done so far.")]
    public async Task CancelAsync(BoundEntity job, OperationContext context)
    {
        var id = (string)job.Key[0];
        if ((await ReadAsync(context)).FirstOrDefault(known => known.Id == id) is not { State: JobState.Running })
            throw new ServiceException(Errors.Conflict, "The job has ended: there is nothing to give up.");
        await responses.RemoveAsync(context.Session, id, context.Cancellation);
        // A node that works on it for another one notices that the row is gone.
        if (!context.IsTrial)
            requests.Cancel(id);
    }
}
