using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>The host's code around what is written.</summary>
internal sealed partial class WriteExecution
{
    private readonly List<PlannedRow> _deleted = [];

    private Task BeforeInsertAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows) =>
        CallAsync(set, rows, isBefore: true, (hook, step) => hook.BeforeCreateAsync(step, cancellation));

    /// <summary>Hooks see rows that are there.</summary>
    private async Task BeforeUpdateAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        if (await FindForHooksAsync(set, rows))
            await CallAsync(set, rows, isBefore: true, (hook, step) => hook.BeforeUpdateAsync(step, cancellation));
    }

    private async Task BeforeDeleteAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        if (!await FindForHooksAsync(set, rows))
            return;
        await CallAsync(set, rows, isBefore: true, (hook, step) => hook.BeforeDeleteAsync(step, cancellation));
        _deleted.AddRange(rows);
    }

    private async Task AfterAsync()
    {
        foreach (var gone in _deleted.GroupBy(row => row.Set))
            await CallAsync(gone.Key, [.. gone], isBefore: false, (hook, step) => hook.AfterDeleteAsync(step, cancellation));
        foreach (var stored in _stored.GroupBy(row => row.Set))
        {
            await CallAsync(stored.Key, [.. stored.Where(row => _written[row].IsNew)], isBefore: false, (hook, step) => hook.AfterCreateAsync(step, cancellation));
            await CallAsync(stored.Key, [.. stored.Where(row => !_written[row].IsNew)], isBefore: false, (hook, step) => hook.AfterUpdateAsync(step, cancellation));
        }
    }

    /// <summary>False when there is nobody to tell.</summary>
    private async Task<bool> FindForHooksAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        if (set.Facade is null && !hooks.Hooks.Has(set))
            return false;
        var unknown = rows.Where(row => !_written.ContainsKey(row)).ToArray();
        if (unknown.Length > 0)
            await FindOrMissAsync(set, unknown, isLocked: true);
        mistakes.ThrowIfAny();
        return true;
    }

    private async Task CallAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows, bool isBefore, Func<IWriteHook, WriteStep, ValueTask> call)
    {
        if (rows.Count == 0)
            return;
        foreach (var hook in hooks.Hooks.Of(set))
        {
            var step = new WriteStep(set, hooks.Caller, session, dialect,
                [.. rows.Select(row => new WriteRow(row, _written.GetValueOrDefault, Value, mistakes, isBefore))]);
            try
            {
                await call(hook, step);
            }
            catch (ServiceException refusal)
            {
                mistakes.Add(refusal.Error.Row, refusal.Error.Message, refusal.Error.Target ?? "");
            }
            catch (Exception failure) when (dialect.Violated(failure) is not null)
            {
                // PostgreSQL runs nothing more in this transaction.
                mistakes.Add(Errors.Conflict, $"What follows from a change of {set.Name} breaks a constraint of the database.", "");
                mistakes.ThrowIfAny();
            }
        }
        if (isBefore)
            mistakes.ThrowIfAny();
    }
}
