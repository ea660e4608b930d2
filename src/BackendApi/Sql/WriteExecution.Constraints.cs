using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;

namespace BackendApi.Sql;

/// <summary>Statements over rows, one of which can break a constraint.</summary>
internal sealed partial class WriteExecution
{
    /// <summary>
    /// Runs a statement over rows. When it breaks a constraint it does not say which row did: then each is tried alone, so that every one that
    /// fails is named.
    /// </summary>
    /// <param name="change">The statement of a part of the rows.</param>
    private async Task ChangeAsync(IReadOnlyList<PlannedRow> rows, Func<Rows, Statement> change, Func<Statement, Rows, Task> run)
    {
        var all = new Rows(0, rows.Count);
        if (rows.Count > 1 && !dialect.UndoesFailedStatements && !IsAttempt)
            await session.SaveAsync(cancellation);
        try
        {
            await run(change(all), all);
        }
        catch (Exception failure) when (!IsAttempt && dialect.Violated(failure) is { } violation)
        {
            if (rows.Count == 1)
            {
                _constraints.Add(rows[0], violation);
            }
            else
            {
                if (!dialect.UndoesFailedStatements)
                    await session.RestoreAsync(cancellation);
                await EachAloneAsync(rows, change, run);
            }
            mistakes.ThrowIfAny();
        }
    }

    private async Task EachAloneAsync(IReadOnlyList<PlannedRow> rows, Func<Rows, Statement> change, Func<Statement, Rows, Task> run)
    {
        for (var i = 0; i < rows.Count && mistakes.Count < Mistakes.Most; i++)
        {
            await session.SaveAsync(cancellation);
            try
            {
                await run(change(new(i, 1)), new(i, 1));
            }
            catch (Exception failure) when (dialect.Violated(failure) is { } violation)
            {
                await session.RestoreAsync(cancellation);
                _constraints.Add(rows[i], violation);
            }
        }
    }
}
