using System.Collections;
using System.Diagnostics;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BackendApi.Resources;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>
/// Runs a <see cref="WritePlan"/> on a session whose transaction is open: level by level, all rows of one kind by one statement. Whoever gets a
/// mistake or an exception rolls back.
/// </summary>
internal sealed partial class WriteExecution(ModelSnapshot model, Session session, Dialect dialect, Mistakes mistakes, Observations observations, CallerHooks hooks, CancellationToken cancellation)
{
    private readonly Dictionary<PlannedRow, WrittenRow> _written = [];
    private readonly ConstraintMistakes _constraints = new(mistakes);
    /// <summary>Rows of tracked tables, for the change log.</summary>
    private readonly List<PlannedRow> _logged = [];
    /// <summary>What has been inserted or updated, in this order, where something follows from it.</summary>
    private readonly List<PlannedRow> _stored = [];

    /// <summary>Rows that a client's limit counts: inserted, changed or deleted.</summary>
    public long Affected { get; private set; }

    /// <summary>A constraint that is broken ends the plan with the exception of the driver: whoever runs it finds out in another way which row it was.</summary>
    public bool IsAttempt { get; set; }

    /// <summary>The answer shows the row of the address, also what no other answer shows.</summary>
    public bool ShowsSecrets { get; init; }

    /// <summary>What is known of a row since it was found or written.</summary>
    public WrittenRow this[PlannedRow row] => _written[row];

    /// <exception cref="ServiceException">What the mistakes say; 404: a row of the request's address is not there.</exception>
    public async Task RunAsync(WritePlan plan)
    {
        mistakes.ThrowIfAny();
        if (!_isForgotten)
            _written.EnsureCapacity(plan.Rows.Count);
        _together ??= AuditedTogether(plan);
        if (IsOneKind(plan))
            await RunAsync(plan.Rows[0].Set, plan.Rows);
        else
            await RunLevelsAsync(plan);
        mistakes.ThrowIfAny();
        await FinishAsync();
        mistakes.ThrowIfAny();
        if (_logged.Count > 0)
            await LogAsync();
        if (_audit is not null)
            await AuditAsync(_audit);
    }

    /// <summary>Tells the change log of the rows.</summary>
    private async Task LogAsync()
    {
        foreach (var changed in _logged.GroupBy(row => row.Set))
            foreach (var statement in dialect.Statements(changed.Key, changed.Select(row => (IReadOnlyList<object>)[.. changed.Key.LoggedKey!.Select(column => _written[row][column]!)])))
                await ExecuteAsync(statement);
    }

    /// <summary>The usual plan: rows of one level and kind.</summary>
    private static bool IsOneKind(WritePlan plan)
    {
        if (plan.Rows.Count == 0 || plan.Links.Count > 0 || plan.Replacements.Count > 0)
            return false;
        var first = plan.Rows[0];
        for (var i = 1; i < plan.Rows.Count; i++)
            if (plan.Rows[i] is var row && (row.Set != first.Set || row.Action != first.Action || row.Level != first.Level))
                return false;
        return true;
    }

    private async Task RunLevelsAsync(WritePlan plan)
    {
        var replacements = plan.Replacements.ToLookup(replacement => replacement.Owner.Level);
        var removed = plan.Links.Where(link => link.IsRemoved).ToLookup(link => Math.Max(link.Source.Level, link.Target.Level));
        foreach (var level in plan.Rows.GroupBy(row => row.Level).OrderBy(level => level.Key))
        {
            // What goes makes room for what comes.
            foreach (var kind in level.GroupBy(row => (Order: OrderOf(row.Action), row.Set)).OrderBy(kind => kind.Key.Order))
                await RunAsync(kind.Key.Set, [.. kind]);
            foreach (var replacement in replacements[level.Key])
                await ReplaceAsync(replacement);
            await LinkAsync(removed[level.Key]);
            mistakes.ThrowIfAny();
        }
        await LinkAsync(plan.Links.Where(link => !link.IsRemoved));
    }

    /// <summary>What must be known of rows besides what is: their keys, what the change log names them by, and what other rows take.</summary>
    private static ColumnSchema[] Wanted(EntitySetModel set, IReadOnlyList<PlannedRow> rows, IReadOnlyList<ColumnSchema> known)
    {
        var wanted = new List<ColumnSchema>(4);
        Add(set.KeyColumns.Columns);
        Add(set.LoggedKey ?? []);
        for (var i = 0; i < rows.Count; i++)
            Add(rows[i].Wanted);
        return [.. wanted];

        void Add(IReadOnlyList<ColumnSchema> columns)
        {
            for (var i = 0; i < columns.Count; i++)
                if (!wanted.Contains(columns[i]) && !known.Contains(columns[i]))
                    wanted.Add(columns[i]);
        }
    }

    private void Changed(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        Affected += rows.Count;
        if (set.LoggedKey is not null)
            _logged.AddRange(rows);
    }

    private void Stored(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        if (IsFinished(set) || set.RowFilter is not null || set.Rights is { DependOnRows: true } || hooks.Hooks.Has(set))
            _stored.AddRange(rows);
    }

    private static int OrderOf(RowAction action) => action switch { RowAction.Delete => 0, RowAction.Find => 1, RowAction.Update => 2, RowAction.Upsert => 3, _ => 4 };

    private Task RunAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows) => rows[0].Action switch
    {
        RowAction.Find => FindOrMissAsync(set, rows, isLocked: false),
        RowAction.Insert => IsPlain(set) ? InsertStoredAsync(set, rows) : InsertAsync(set, rows),
        RowAction.Update => UpdateAsync(set, rows),
        RowAction.Upsert => UpsertAsync(set, rows),
        RowAction.Delete => DeleteAsync(set, rows),
        var other => throw new InvalidOperationException($"No way to {other} rows."),
    };

    private async Task FindOrMissAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows, bool isLocked)
    {
        await FindAsync(set, rows, isLocked);
        foreach (var row in rows)
            if (!_written[row].Exists && !row.MayBeMissing)
                Missing(row);
    }

    /// <summary>What the client asks of a row before it changes. Of the row that the address names the whole answer is about it.</summary>
    private void Check(PlannedRow row)
    {
        if (row.Condition?.Invoke(_written[row].Exists, _written[row].ETag) is not { } error)
            return;
        if (row is { IsRoot: true, Path.IsRoot: true })
            throw new ServiceException(error);
        mistakes.Add(error.Row, error.Message, row.Path);
    }

    private void Missing(PlannedRow row)
    {
        if (row is { IsRoot: true, Path.IsRoot: true })
            throw new ServiceException(Errors.EntityNotFound, "No entity has this key.");
        var error = !row.IsRoot ? Errors.ReferenceNotFound : row.Action == RowAction.Upsert ? Errors.KeyNotCreatable : Errors.EntityNotFound;
        // A definition can look into a set that the caller does not see.
        var what = model.EntitySets.ContainsKey(row.Set.Name) ? $"There is no entity of {row.Set.Name} with this key" : "There is no entity with this key";
        mistakes.Add(error, row.Action == RowAction.Upsert ? $"{what}, and none can be created with it." : $"{what}.", row.Path);
    }

    private async Task FindAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows, bool isLocked)
    {
        foreach (var like in Alike(rows, static (row, other) => IsAlike(row.Key, other.Key), static row => new(row.Key.Columns)))
        {
            var key = like[0].Key.Columns;
            var wanted = Wanted(set, like, known: []);
            var before = ColumnsBefore(set, like);
            if (before.Length > 0)
                wanted = [.. wanted, .. before.Except(wanted)];
            int[] places = [.. Enumerable.Range(1, wanted.Length)];
            var placesBefore = Array.ConvertAll(before, column => Array.IndexOf(wanted, column) + 1);
            foreach (var chunk in Chunks(like, dialect.MaxRows(key.Count)))
            {
                var known = chunk.Select(row => (Row: row, Values: Items(row.Key))).ToArray();
                foreach (var (row, values) in known)
                    _written[row] = new(row, key, values);
                // A reference that is null leads nowhere.
                var findable = Array.FindAll(known, row => Array.TrueForAll(row.Values, value => value is not null));
                if (findable.Length == 0)
                    continue;
                var lists = key.Select((_, i) => (IReadOnlyList<object>)[.. findable.Select(row => row.Values[i]!)]).ToArray();
                var tag = set.ETag is { } etag && Array.Exists(chunk, row => row.Condition is not null)
                    ? Enumerable.Range(wanted.Length + 1, etag.Columns.Count).ToArray()
                    : null;
                await using var found = await ReadAsync(SqlWriter.Write(WriteSelects.Find(model, set, chunk[0].Type, key, lists, wanted, isLocked, tag is not null), dialect));
                while (await found.ReadAsync(cancellation))
                {
                    var state = _written[findable[(int)dialect.Values.Int64(found, 0)].Row];
                    state.Exists = true;
                    if (tag is not null)
                        state.ETag = EntityTag.Of(set.ETag!, found, tag, offset: 0, dialect.Values);
                    state.Know(wanted, Read(wanted, places, found));
                    if (before.Length > 0)
                        state.Before = (before, Read(before, placesBefore, found));
                }
            }
        }
        foreach (var row in rows)
            Check(row);
    }

    private async Task UpdateAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        await BeforeUpdateAsync(set, rows);
        await StoreAsync(set, rows, RowAction.Update, UpdateStoredAsync);
        Stored(set, rows);
    }

    private async Task UpdateStoredAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        foreach (var like in Alike(rows,
            static (row, other) => IsAlike(row.Key, other.Key) && IsAlike(row.Values, other.Values) && row.Defaults.SequenceEqual(other.Defaults),
            static row => new([.. row.Key.Columns, .. row.Values.Columns, .. row.Defaults])))
        {
            var sample = like[0];
            var key = sample.Key.Columns;
            var version = RowVersions.Of(set);
            var raised = version is not null && RowVersions.IsNumber(version) ? version : null;
            var place = version is null ? -1 : sample.Values.Form.IndexOf(version);
            IReadOnlyList<ColumnSchema> columns = place < 0 ? sample.Values.Columns : [.. sample.Values.Columns.Where(column => column != version)];
            var defaults = version is null ? sample.Defaults : [.. sample.Defaults.Where(column => column != version)];
            // Who sets the version changes the row, though not to the value that they say.
            var hasNothing = sample.Values.Count + sample.Defaults.Count == 0;
            if (version is not null && raised is null)
                columns = [.. columns, version];
            IReadOnlyList<ColumnSchema> given = [.. key, .. columns];
            foreach (var chunk in Chunks(like, dialect.MaxRows(given.Count)))
            {
                var isKnown = IsKnown(set, chunk) && !hasNothing;
                if (isKnown ? IsAudited(set) && _together is null : !chunk.All(_written.ContainsKey))
                    await FindOrMissAsync(set, chunk, isLocked: true);
                mistakes.ThrowIfAny();
                if (!hasNothing || set.Computed.Count > 0)
                    Changed(set, chunk);
                if (hasNothing)
                    continue;
                var values = new object?[chunk.Length][];
                for (var i = 0; i < chunk.Length; i++)
                {
                    var row = values[i] = new object?[given.Count];
                    Items(chunk[i].Key).CopyTo(row, 0);
                    var items = Items(chunk[i].Values);
                    for (int from = 0, to = key.Count; from < items.Length; from++)
                        if (from != place)
                            row[to++] = items[from];
                    if (version is not null && raised is null)
                        row[^1] = RowVersions.New(version);
                }
                var update = new Change.Update(set.Table.Name, key, columns, defaults, values) { Raised = raised, Returning = _returning?.Columns ?? [] };
                update = Audited(update, chunk[0]);
                await ChangeAsync(chunk, part => Write(update with { Rows = Part(update.Rows, part) }), async (statement, part) =>
                {
                    var count = update.Returning.Count == 0 && update.Audit is null ? await ExecuteAsync(statement) : await ReturnAsync(statement, chunk[part.Start]);
                    if (isKnown && count == 0)
                        Missing(chunk[0]);
                });
                for (var i = 0; i < chunk.Length; i++)
                    if (_written.TryGetValue(chunk[i], out var found))
                        found.Know(given, values[i]);
                    else
                        _written.Add(chunk[i], new(chunk[i], given, values[i]) { Exists = true });
                await AuditUpdatesAsync(set, chunk);
            }
        }
    }

    private async Task UpsertAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        await FindAsync(set, rows, isLocked: true);
        foreach (var row in rows)
            row.Settle!(row, !_written[row].Exists);
        var existing = rows.Where(row => _written[row].Exists).ToArray();
        var missing = rows.Where(row => !_written[row].Exists).ToArray();
        if (existing.Length > 0)
            await UpdateAsync(set, existing);
        if (missing.Length == 0)
            return;
        foreach (var row in missing)
            if (!set.Definition.Allow.Create || !CanBeGiven(set, row))
                Missing(row);
        mistakes.ThrowIfAny();
        await InsertAsync(set, missing);
    }

    /// <summary>Nobody but the database numbers a row: one with a number that is not there cannot be made.</summary>
    private static bool CanBeGiven(EntitySetModel set, PlannedRow row) =>
        row.Key.All(part => part.From is not null || set.Key.All(property => property.Column != part.Column || property.IsCreatable));

    private async Task DeleteAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        await BeforeDeleteAsync(set, rows);
        await StoreAsync(set, rows, RowAction.Delete, DeleteStoredAsync);
    }

    private async Task DeleteStoredAsync(EntitySetModel set, IReadOnlyList<PlannedRow> rows)
    {
        foreach (var like in Alike(rows, static (row, other) => IsAlike(row.Key, other.Key), static row => new(row.Key.Columns)))
        {
            var key = like[0].Key.Columns;
            foreach (var chunk in Chunks(like, dialect.MaxRows(key.Count)))
            {
                var isKnown = IsKnown(set, chunk);
                if (isKnown ? IsAudited(set) && _together is null : !chunk.All(_written.ContainsKey))
                    await FindOrMissAsync(set, chunk, isLocked: true);
                mistakes.ThrowIfAny();
                Changed(set, chunk);
                var values = Array.ConvertAll(chunk, row => Items(row.Key));
                var delete = Audited(new Change.Delete(set.Table.Name, key, values), chunk[0]);
                await ChangeAsync(chunk, part => Write(delete with { Rows = Part(delete.Rows, part) }), async (statement, part) =>
                {
                    if ((delete.Audit is null ? await ExecuteAsync(statement) : await ReturnAsync(statement, chunk[part.Start])) == 0 && isKnown)
                        Missing(chunk[0]);
                });
                if (isKnown)
                    _written.TryAdd(chunk[0], new(chunk[0], key, values[0]));
                AuditDeletes(set, chunk);
            }
        }
    }

    /// <summary>One row that is found by the statement that changes it: nothing has to be read before.</summary>
    private static bool IsKnown(EntitySetModel set, PlannedRow[] rows) =>
        rows is [{ Wanted.Count: 0, Type: null, Condition: null } row] && set.RowFilter is null && set.Rights is not { DependOnRows: true } && (!IsFinished(set) || HasKey(set, row))
        && (set.LoggedKey is not { } logged || logged.All(column => row.Key.Any(part => part.Column == column)));

    private object? Value(PlannedValue value) => Known(value.Value);

    private object? Known(object? item) => item is TakenValue taken ? _written[taken.From][taken.Column] : item;

    private object?[] Items(PlannedValues values) => values.HasTaken ? Array.ConvertAll(values.Items, Known) : values.Items;

    private object?[] Read(ColumnSchema[] columns, int[] places, System.Data.Common.DbDataReader row)
    {
        var values = new object?[columns.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = dialect.Values.ReadOrNull(columns[i].Type.Kind, row, places[i]);
        return values;
    }

    private Statement Write(Change change) => model.ChangeForms.Write(change, dialect);

    private static T[] Part<T>(T[] items, Rows part) => part.Count == items.Length ? items : [items[part.Start]];

    private static IEnumerable<PlannedRow[]> Chunks(IReadOnlyList<PlannedRow> rows, int size)
    {
        for (var at = 0; at < rows.Count; at += size)
        {
            var chunk = new PlannedRow[Math.Min(size, rows.Count - at)];
            for (var i = 0; i < chunk.Length; i++)
                chunk[i] = rows[at + i];
            yield return chunk;
        }
    }

    /// <summary>Rows that one statement can write. Mostly they are all alike, which one look at each tells; else they come in the order of the first of each kind.</summary>
    private static IEnumerable<IReadOnlyList<PlannedRow>> Alike(IReadOnlyList<PlannedRow> rows, Func<PlannedRow, PlannedRow, bool> areAlike, Func<PlannedRow, ColumnList> kind)
    {
        for (var i = 1; i < rows.Count; i++)
            if (!areAlike(rows[i], rows[0]))
                return rows.GroupBy(kind).Select(like => (IReadOnlyList<PlannedRow>)[.. like]);
        return rows.Count == 0 ? [] : [rows];
    }

    private static bool IsAlike(PlannedValues values, PlannedValues others) =>
        ReferenceEquals(values.Form, others.Form) || values.Columns.SequenceEqual(others.Columns, ReferenceEqualityComparer.Instance);

    /// <summary>Bytes are compared too, not the arrays that hold them.</summary>
    private static bool Same(object?[] left, object?[] right) => StructuralComparisons.StructuralEqualityComparer.Equals(left, right);

    private async ValueTask<System.Data.Common.DbDataReader> ReadAsync(Statement statement)
    {
        if (statement.Supplied is not null)
            statement = await SuppliedRows.FillAsync(statement, session, cancellation);
        var start = Stopwatch.GetTimestamp();
        var rows = await session.ReadAsync(statement, cancellation);
        observations.Emit(new StatementExecuted(statement.Text, Stopwatch.GetElapsedTime(start)));
        return rows;
    }

    private async ValueTask<int> ExecuteAsync(Statement statement)
    {
        var start = Stopwatch.GetTimestamp();
        var count = await session.ExecuteAsync(statement, cancellation);
        observations.Emit(new StatementExecuted(statement.Text, Stopwatch.GetElapsedTime(start)));
        return count;
    }

    /// <summary>Columns, compared one by one: rows that have the same are written together.</summary>
    private sealed record ColumnList(IReadOnlyList<ColumnSchema> Columns)
    {
        public bool Equals(ColumnList? other) => other is not null && Columns.SequenceEqual(other.Columns, ReferenceEqualityComparer.Instance);

        public override int GetHashCode() => Columns.Count == 0 ? 0 : HashCode.Combine(Columns.Count, Columns[0].Name, Columns[^1].Name);
    }

    /// <summary>All rows of a list, or one of them.</summary>
    private readonly record struct Rows(int Start, int Count);

    private sealed record ValueList(object?[] Values)
    {
        public bool Equals(ValueList? other) => other is not null && Same(Values, other.Values);

        public override int GetHashCode() => StructuralComparisons.StructuralEqualityComparer.GetHashCode(Values);
    }
}
