using BackendApi.Model;

namespace BackendApi.Sql.Audit;

/// <summary>How rows are told that a statement of <see cref="TableStatements"/> changes.</summary>
internal abstract class AuditedRows
{
    /// <summary>The columns that have to be known of the rows that the statement is going to change; none where nothing has.</summary>
    protected abstract IReadOnlyList<string> ColumnsBefore(RowChange change);

    /// <param name="before">The values of <see cref="ColumnsBefore"/>, row by row.</param>
    protected abstract void Tell(AuditTrail trail, RowChange change, IReadOnlyList<string> columns, IReadOnlyList<object?[]> before);

    /// <summary>Sends the statement, between a look at the rows that it changes, which locks them, and telling the trail of them.</summary>
    public async ValueTask<int> ChangeAsync(Session session, RowChange change, AuditTrail trail, Func<ValueTask<int>> send, CancellationToken cancellation)
    {
        var columns = ColumnsBefore(change);
        var before = columns.Count == 0 ? [] : await ReadAsync(session, change, columns, cancellation);
        var count = await send();
        Tell(trail, change, columns, before);
        return count;
    }

    private static async Task<List<object?[]>> ReadAsync(Session session, RowChange change, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var where = change switch { RowChange.Update update => update.Where, RowChange.Delete delete => delete.Where, _ => [] };
        var kinds = columns.Select(column => change.Table.Column(column)!.Type.Kind).ToArray();
        var found = new List<object?[]>();
        await using var rows = await session.ReadAsync(change.Dialect.Select(change.Table, columns, where, isLocked: true), cancellation);
        while (await rows.ReadAsync(cancellation))
            found.Add([.. kinds.Select((kind, i) => change.Dialect.Values.ReadOrNull(kind, rows, i))]);
        return found;
    }

    /// <summary>Only what is published of the set: what code keeps to itself in other columns may be secret.</summary>
    public sealed class OfSet(EntitySetModel set) : AuditedRows
    {
        private readonly string[] _key = [.. set.Key.Select(property => property.Column.Name)];

        /// <summary>Made for the first statement: of most sets code changes none of the rows.</summary>
        private Dictionary<string, ColumnSchema> Shown => field ??= set.Table.Columns.Where(set.Whole.AuditNames.ContainsKey).ToDictionary(column => column.Name);

        protected override IReadOnlyList<string> ColumnsBefore(RowChange change) => change switch
        {
            RowChange.Update update when Told(update) is { Length: > 0 } told => [.. _key, .. told],
            RowChange.Delete => [.. _key, .. set.Table.Columns.Select(column => column.Name).Where(column => Shown.ContainsKey(column) && !_key.Contains(column))],
            _ => [],
        };

        protected override void Tell(AuditTrail trail, RowChange change, IReadOnlyList<string> columns, IReadOnlyList<object?[]> before)
        {
            if (change is RowChange.Insert insert)
                foreach (var row in insert.Rows)
                    Created(trail, insert.Columns, row);
            foreach (var row in before)
            {
                if (change is RowChange.Update update)
                    trail.Updated(set, Key(row), [.. columns.Skip(_key.Length).Select(column => Shown[column])], row[_key.Length..],
                        [.. columns.Skip(_key.Length).Select(column => update.Values.First(value => value.Column == column).Value)]);
                else
                    trail.Deleted(set, Key(row), [.. columns.Select(column => Shown[column])], row);
                trail.Remember(set, Key(row));
            }
        }

        private void Created(AuditTrail trail, IReadOnlyList<string> columns, IReadOnlyList<object?> row)
        {
            var given = Enumerable.Range(0, columns.Count).Where(i => row[i] is not null && Shown.ContainsKey(columns[i])).ToArray();
            trail.Created(set, [.. given.Select(i => Shown[columns[i]])], [[.. given.Select(i => row[i])]], [], null);
            if (Array.ConvertAll(_key, column => Array.Find(given, i => columns[i] == column)) is var key && Array.TrueForAll(_key, columns.Contains))
                trail.Remember(set, [.. key.Select(i => row[i]!)]);
        }

        private string[] Told(RowChange.Update update) => [.. update.Values.Select(value => value.Column).Where(column => Shown.ContainsKey(column) && !_key.Contains(column))];

        private object[] Key(object?[] row) => [.. row.Take(_key.Length)!];
    }

    public static AuditedRows OfLinks(NavigationModel navigation) => new OfTable(
        AuditTrail.NameOf(navigation), [.. navigation.Through!.On.Select(pair => pair.Link), .. navigation.Through.To.Select(pair => pair.Link)], AuditTrail.Link, AuditTrail.Unlink);

    public static AuditedRows OfOther(ToldTable table) => new OfTable(table.Name, table.Columns, AuditTrail.Create, AuditTrail.Delete);

    /// <summary>Rows that are no entities: they have no key that an address could have.</summary>
    public sealed class OfTable(string name, IReadOnlyList<ColumnSchema> told, string create, string delete) : AuditedRows
    {
        protected override IReadOnlyList<string> ColumnsBefore(RowChange change) => change switch
        {
            RowChange.Insert => [],
            RowChange.Update update when !update.Values.Any(value => IsTold(value.Column)) => [],
            _ => [.. told.Select(column => column.Name)],
        };

        protected override void Tell(AuditTrail trail, RowChange change, IReadOnlyList<string> columns, IReadOnlyList<object?[]> before)
        {
            if (change is RowChange.Insert insert)
                foreach (var row in insert.Rows)
                    trail.Row(name, create, told, null, [.. told.Select(column => Given(insert.Columns, column) is >= 0 and var place ? row[place] : AuditTrail.Untold)]);
            foreach (var row in before)
                trail.Row(name, change is RowChange.Update ? AuditTrail.Update : delete, told, row, (change as RowChange.Update) is { Values: var values } ? [.. told.Select((column, i) => After(values, column, row[i]))] : null);
        }

        private static object? After(IReadOnlyList<(string Column, object? Value)> values, ColumnSchema column, object? before)
        {
            foreach (var (changed, value) in values)
                if (changed == column.Name)
                    return value;
            return before;
        }

        private static int Given(IReadOnlyList<string> columns, ColumnSchema column)
        {
            for (var i = 0; i < columns.Count; i++)
                if (columns[i] == column.Name)
                    return i;
            return -1;
        }

        private bool IsTold(string column) => told.Any(each => each.Name == column);
    }
}
