using System.Runtime.ExceptionServices;
using BackendApi.Access;
using BackendApi.Access.Statistics;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// Runs the requests of one batch in their order, each through the same stages as a request on its own, and writes their responses as they are made.
/// Those of a change set wait for its commit.
/// </summary>
internal sealed class BatchRun
{
    private readonly HttpContext _batch;
    private readonly BatchResponseWriter _writer;
    private readonly string _root;
    private readonly Database _database;
    private readonly Failures _failures;
    private readonly EntityRequests _entities;
    private readonly SeriesWrites _series;
    private readonly BatchReferences _references = new();
    private readonly InnerRequests _requests;
    private readonly CancellationToken _cancellation;

    /// <param name="root">The service root with a trailing slash, as the client reaches it.</param>
    public BatchRun(HttpContext batch, BatchResponseWriter writer, Caller caller, string root, Database database, Failures failures, EntityRequests entities, SeriesWrites series)
    {
        (_batch, _writer, _root, _database, _failures, _entities, _series) = (batch, writer, root, database, failures, entities, series);
        _requests = new(batch, caller, _references);
        _cancellation = batch.RequestAborted;
    }

    /// <param name="goesOn">After a request that failed.</param>
    public async Task RunAsync(BatchRequest request, bool goesOn)
    {
        _writer.BeginBatch();
        foreach (var item in request.Items)
        {
            var succeeded = item switch
            {
                BatchItem.Single single => await SingleAsync(single.Operation),
                BatchItem.Group group => await GroupAsync(group),
                _ => throw new InvalidOperationException($"No way to run {item.GetType().Name}."),
            };
            if (!succeeded && !goesOn)
                break;
        }
        _writer.EndBatch();
        await _writer.SendAsync(_cancellation);
    }

    private async Task<bool> SingleAsync(BatchOperation operation)
    {
        var response = new StreamedResponse(_writer, operation, _cancellation);
        await AnswerAsync(response, null, context => HandleAsync(context, operation));
        return response.IsSuccess;
    }

    private async Task<bool> GroupAsync(BatchItem.Group group)
    {
        await using var bodies = new Spool();
        var responses = new List<IGroupResponse>(group.Operations.Count);
        var failure = group.Operations.Count == 0 ? null : await TransactAsync(group, responses, bodies);
        if (failure is null)
        {
            _writer.BeginGroup();
            foreach (var response in responses)
                await response.CopyAsync(_writer, group.Id, _cancellation);
            _writer.EndGroup();
            return true;
        }
        foreach (var operation in group.Operations)
            if (operation.Id is { } id)
                _references.Failed(id);
        if (group.Id is { } name)
            _references.Failed(name);
        await FailAsync(group, failure, bodies);
        return false;
    }

    /// <returns>Null when everything is committed; else the response that says why nothing is.</returns>
    private async Task<SpooledResponse?> TransactAsync(BatchItem.Group group, List<IGroupResponse> responses, Spool bodies)
    {
        Session session;
        try
        {
            session = await _database.OpenAsync(_cancellation);
        }
        catch (Exception failure) when (!_cancellation.IsCancellationRequested)
        {
            return await FailedAsync(group.Operations[0], failure, bodies);
        }
        await using var opened = session;
        var changeSet = new ChangeSet(session);
        for (var next = 0; next < group.Operations.Count;)
        {
            var count = PostSeries.CountFrom(group.Operations, next);
            if (count > 1)
            {
                var (refusal, series) = await SeriesAsync([.. group.Operations.Skip(next).Take(count)], changeSet, isWhole: count == group.Operations.Count, bodies);
                if (refusal is not null)
                    return refusal;
                count = series.Operations;
                if (series.Responses is not null)
                {
                    responses.Add(series.Responses);
                    next += count;
                    continue;
                }
            }
            for (; count > 0; count--, next++)
            {
                var operation = group.Operations[next];
                var response = new SpooledResponse(operation, bodies);
                await AnswerAsync(response, changeSet, context => HandleAsync(context, operation));
                if (!response.IsSuccess)
                    return response;
                responses.Add(response);
            }
        }
        try
        {
            await changeSet.EndAsync(_cancellation);
            return null;
        }
        catch (Exception failure) when (!_cancellation.IsCancellationRequested)
        {
            return await FailedAsync(group.Operations[^1], failure, bodies);
        }
    }

    private async Task<SpooledResponse> FailedAsync(BatchOperation operation, Exception failure, Spool bodies)
    {
        var response = new SpooledResponse(operation, bodies);
        await AnswerAsync(response, null, _ =>
        {
            ExceptionDispatchInfo.Throw(failure);
            return Task.CompletedTask;
        });
        return response;
    }

    /// <summary>Carries out a series of POSTs together, if they can be.</summary>
    /// <param name="isWhole">They are all of the change set.</param>
    /// <returns>With a refusal the change set has failed.</returns>
    private async Task<(SpooledResponse? Refusal, SeriesWrites.Result Series)> SeriesAsync(BatchOperation[] operations, ChangeSet changeSet, bool isWhole, Spool bodies)
    {
        var result = new SeriesWrites.Result(operations.Length, null);
        var response = new SpooledResponse(operations[0], bodies);
        await AnswerAsync(response, changeSet, async context =>
        {
            try
            {
                AddressTo(context, operations[0]);
                result = await _series.RunAsync(context, operations, changeSet, isWhole, bodies);
            }
            catch (ServiceException)
            {
                // On its own a request is told what is wrong with it.
            }
            // What is not done here is counted one by one.
            var done = result.Responses is null ? 0 : result.Operations;
            if (RequestTally.Of(context) is { } tally)
                (tally.Requests, tally.RowsWritten) = (done, changeSet.IsDiscarded ? 0 : done);
        });
        if (!response.IsSuccess)
            return (response, result);
        if (result.Responses is { } responses)
        {
            foreach (var (operation, location, etag, _) in responses.Members)
                if (operation.Id is { } id)
                    _references.Succeeded(id, location, etag);
        }
        return (null, result);
    }

    /// <summary>One response stands for a change set that failed (Protocol 11.7.7.6); every member of an atomicity group has its own (JSON Format 19.5).</summary>
    private async Task FailAsync(BatchItem.Group group, SpooledResponse failure, Spool bodies)
    {
        if (!_writer.AnswersEachOfFailedGroup)
        {
            await failure.CopyAsync(_writer, group.Id, _cancellation);
            return;
        }
        foreach (var operation in group.Operations)
        {
            var response = failure;
            if (operation != failure.Operation)
            {
                response = new(operation, bodies);
                await AnswerAsync(response, null, _ => throw new ServiceException(Errors.FailedDependency,
                    $"Nothing of the atomicity group '{group.Id}' is done: another of its requests failed."));
            }
            await response.CopyAsync(_writer, group.Id, _cancellation);
        }
    }

    /// <summary>Runs one request; whatever ends it early becomes its response.</summary>
    private async Task AnswerAsync(InnerResponse response, ChangeSet? changeSet, Func<HttpContext, Task> handle)
    {
        await _failures.InvokeAsync(_requests.Create(changeSet, response), async context =>
        {
            try
            {
                await handle(context);
            }
            catch
            {
                response.Forget();
                throw;
            }
        });
        _cancellation.ThrowIfCancellationRequested();
        if (response.IsBroken)
        {
            _batch.Abort();
            throw new BrokenOffException();
        }
        await response.CompleteAsync();
    }

    private async Task HandleAsync(HttpContext context, BatchOperation operation)
    {
        try
        {
            var url = AddressTo(context, operation);
            await _entities.InvokeAsync(context);
            Note(context, operation, url);
        }
        catch when (operation.Id is { } id)
        {
            _references.Failed(id);
            throw;
        }
    }

    /// <summary>Makes the context that of the operation.</summary>
    private OperationUrl AddressTo(HttpContext context, BatchOperation operation)
    {
        _requests.CheckHeaders(operation);
        CheckDependencies(operation);
        var url = OperationUrl.Of(operation.Reference is null ? operation.Url : _references.Resolve(operation.Url.TrimStart('/')), _root);
        _requests.Address(context, url);
        if (context.Request.Path.StartsWithSegments(ServiceRoot.Path, StringComparison.OrdinalIgnoreCase, out var below) && BatchEndpoint.IsAddressed(below))
            throw new ServiceException(Errors.InvalidBody, "A batch cannot hold another batch.");
        return url;
    }

    private void CheckDependencies(BatchOperation operation)
    {
        if (operation.IsConditional)
            throw new ServiceException(Errors.FailedDependency, "Conditions ('if') on the responses to other requests are not supported.", "if");
        foreach (var needed in operation.DependsOn)
            if (_references.HasFailed(needed))
                throw new ServiceException(Errors.FailedDependency, $"'{needed}', which this request depends on, failed.", "dependsOn");
    }

    /// <summary>What later requests can refer to: the entity that was made, or else the one that was addressed.</summary>
    private void Note(HttpContext context, BatchOperation operation, OperationUrl url)
    {
        if (operation.Id is not { } id)
            return;
        var headers = context.Response.Headers;
        if (context.Response.StatusCode >= 400)
            _references.Failed(id);
        else
            _references.Succeeded(id, First(headers.Location) ?? First(headers["OData-EntityId"]) ?? url.Absolute(_root), First(headers.ETag));
    }

    private static string? First(StringValues values) => values.Count > 0 ? values[0] : null;
}
