using BackendApi.Model;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Sql;

/// <summary>Rows of a set that has a facade are written by it.</summary>
internal sealed partial class WriteExecution
{
    private async Task StoreAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows, RowAction action, Func<EntitySetModel, IReadOnlyList<PlannedRow>, Task> store)
    {
        await CheckRightsBeforeAsync(set, rows, action);
        await (set.Facade is null ? store(set, rows) : StoreByFacadeAsync(set, rows, action, store));
    }

    private async Task StoreByFacadeAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows, RowAction action, Func<EntitySetModel, IReadOnlyList<PlannedRow>, Task> store)
    {
        var step = new WriteStep(set, hooks.Caller, session, dialect, [.. rows.Select(row => new WriteRow(row, _written.GetValueOrDefault, Value, mistakes, isOpen: true))]);
        step.Store = async left =>
        {
            if (SuppliedRows.Are(set.Table.Name))
                throw new InvalidOperationException($"The rows of {set.Name} are in no table: its facade stores them by itself.");
            // Nothing is stored of rows when one of them is refused already.
            mistakes.ThrowIfAny();
            foreach (var row in left)
                row.Close();
            await store(set, [.. left.Select(row => row.Planned)]);
        };
        var facade = (Facade)hooks.Services.GetRequiredService(set.Facade!);
        await RefusalsAsync(set, action switch
        {
            RowAction.Insert => facade.CreateAsync(step, cancellation),
            RowAction.Update => facade.UpdateAsync(step, cancellation),
            _ => facade.DeleteAsync(step, cancellation),
        });
        mistakes.ThrowIfAny();
        if (step.Store is not null && step.Rows.Any(row => !row.IsStored))
            throw new InvalidOperationException($"{set.Facade!.Name} has neither stored nor refused all rows of {set.Name}.");
        foreach (var row in step.Rows)
            if (row.StoredValues is { } values)
                await KnowAsync(set, row.Planned, values, action);
        foreach (var row in step.Rows)
            if (row.Secret is { } secret && row.Planned.IsRoot && ShowsSecrets)
                _written[row.Planned].Secret = secret;
            else if (row.Secret is not null)
                mistakes.Add(Errors.MethodNotAllowed, $"Entities of {set.Name} are created by a POST each, because its answer shows a secret that no other shows.", row.Path);
        mistakes.ThrowIfAny();
    }

    /// <summary>Changes links of many to many, by the facade of the set that they lead from.</summary>
    private async Task LinkByFacadeAsync(NavigationModel navigation, IEnumerable<PlannedRow> sources, Func<Task> store)
    {
        if (navigation.Source.Facade is not { } type)
        {
            await store();
            return;
        }
        var step = new LinkStep(navigation, hooks.Caller, session, dialect, [.. sources.Distinct().Select(row => new EntityKey(_written[row].Key))], store);
        await RefusalsAsync(navigation.Source, ((Facade)hooks.Services.GetRequiredService(type)).LinkAsync(step, cancellation));
        mistakes.ThrowIfAny();
    }

    /// <summary>What a facade throws to refuse is a mistake like others.</summary>
    private async Task RefusalsAsync(EntitySetModel set, ValueTask call)
    {
        try
        {
            await call;
        }
        catch (ServiceException refusal) when (!mistakes.Any)
        {
            mistakes.Add(refusal.Error.Row, refusal.Error.Message, refusal.Error.Target ?? "");
        }
        catch (Exception failure) when (dialect.Violated(failure) is not null)
        {
            mistakes.Add(Errors.Conflict, $"What follows from a change of {set.Name} breaks a constraint of the database.", "");
        }
    }

    /// <summary>What is said of a row that a facade has written by itself.</summary>
    private async Task KnowAsync(EntitySetModel set, PlannedRow row, IReadOnlyList<PlannedValue> values, RowAction action)
    {
        PlannedValue[] all = [.. values.Concat(row.Values).Concat(row.Key).DistinctBy(value => value.Column)];
        var (columns, items) = (Array.ConvertAll(all, value => value.Column), Array.ConvertAll(all, Value));
        if (action == RowAction.Insert)
            _written[row] = new(row, columns, items) { IsNew = true, Exists = true };
        else if (action == RowAction.Update)
            _written[row].Know(columns, items);
        Changed(set, [row]);
        await AuditStoredAsync(set, row, action, columns, items);
    }
}
