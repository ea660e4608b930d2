using System.Globalization;
using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Sql;

/// <summary>An entry of the change log.</summary>
/// <param name="Key">As <see cref="RowKey"/> writes it.</param>
public readonly record struct ChangeEntry(long Stamp, long Id, string Key);

/// <summary>Statements over <see cref="ChangeTables"/>: entries are added by whoever writes rows, read by their stamps, and removed by their age.</summary>
public static class ChangeLog
{
    private static readonly ColumnType Number = new(ValueKind.Int64, "");

    /// <summary>
    /// INSERTs that log rows of a table, many in a statement, for the transaction that writes the rows. Nothing where no set tracks the table. A row whose
    /// key changes is logged by both keys; one that is logged twice does no harm.
    /// </summary>
    /// <param name="set">Any set over the table that is written.</param>
    /// <param name="keys">Of each row the values of <see cref="EntitySetModel.LoggedKey"/>, in its order.</param>
    public static IEnumerable<Statement> Statements(this Dialect dialect, EntitySetModel set, IEnumerable<IReadOnlyList<object>> keys)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.LoggedKey is { } columns ? dialect.Statements(set.Table.Name, columns, keys) : [];
    }

    /// <summary>The same for a table and the columns that its rows are logged by.</summary>
    public static IEnumerable<Statement> Statements(this Dialect dialect, TableName table, IReadOnlyList<ColumnSchema> columns, IEnumerable<IReadOnlyList<object>> keys)
    {
        var name = table.ToString();
        return dialect.Insert(ChangeTables.Entries, ["table_name", "row_key"], keys.Select(key => (IReadOnlyList<object?>)[name, RowKey.Write(columns, key)]));
    }

    /// <summary>The stamps that are sure to be past, and the one behind the last: see <see cref="ChangeCapture.Window"/>.</summary>
    internal static Statement Window(Dialect dialect) => new(dialect.Capture.Window, []);

    /// <summary>The stamp up to which entries are gone.</summary>
    internal static Statement Forgotten(Dialect dialect) => dialect.Select(ChangeTables.Horizons, ["stamp"], [("name", ChangeTables.Forgotten)]);

    /// <summary>Stamp, id and key of a table's entries behind a place, below a stamp, oldest first.</summary>
    internal static Statement Entries(Dialect dialect, TableName table, long stamp, long id, long until, int take)
    {
        var text = new Writer(dialect);
        text.Add($"SELECT {text.Stamp}, {text.Id}, {text.Key} FROM {text.Table} WHERE ").AddRange(table, stamp, until);
        text.Add($" AND ({text.StampColumn} > {text.StampParameter(stamp)} OR {text.Id} > {text.Parameter(Number, id)}) ORDER BY {text.Place}");
        return text.Page(take);
    }

    /// <summary>The number of rows that entries with a stamp in a range name.</summary>
    internal static Statement Count(Dialect dialect, TableName table, long stamp, long until)
    {
        var text = new Writer(dialect);
        text.Add($"SELECT COUNT(DISTINCT {text.Key}) FROM {text.Table} WHERE ").AddRange(table, stamp, until);
        return text.Statement();
    }

    /// <summary>Stamp, id and time of the oldest entries of all tables.</summary>
    internal static Statement Oldest(Dialect dialect, int take)
    {
        var text = new Writer(dialect);
        text.Add($"SELECT {text.Stamp}, {text.Id}, {text.ChangedAt} FROM {text.Table} ORDER BY {text.Place}");
        return text.Page(take);
    }

    /// <summary>
    /// Removes the entries up to a place that are older than <paramref name="limit"/>. In front of it, in the same transaction, it is noted that they are gone.
    /// An entry that was not there when the place was chosen has a later time, and stays.
    /// </summary>
    internal static IEnumerable<Statement> Forget(Dialect dialect, long stamp, long id, DateTimeOffset limit)
    {
        var (horizon, name) = (ChangeTables.Horizons.Column("stamp")!, ChangeTables.Horizons.Column("name")!);
        // Another node may have come further.
        yield return dialect.Compose(
            $"UPDATE {ChangeTables.Horizons} SET {horizon} = {new SqlParameter(Number, stamp)} WHERE {name} = {new SqlParameter(name.Type, ChangeTables.Forgotten)} AND {horizon} < {new SqlParameter(Number, stamp)}");
        var text = new Writer(dialect);
        text.Add($"DELETE FROM {text.Table} WHERE {text.StampColumn} <= {text.StampParameter(stamp)}");
        text.Add($" AND ({text.StampColumn} < {text.StampParameter(stamp)} OR {text.Id} <= {text.Parameter(Number, id)})");
        text.Add($" AND {text.ChangedAt} < {text.Parameter(ChangeTables.Entries.Column("changed_at")!.Type, limit)}");
        yield return text.Statement();
    }

    /// <summary>A statement over the entries while it is put together; its parameters are numbered as they come.</summary>
    private sealed class Writer(Dialect dialect)
    {
        private readonly System.Text.StringBuilder _text = new(256);
        private readonly List<SqlParameter> _parameters = [];

        public string Table { get; } = dialect.Quoted(ChangeTables.Entries.Name.Name);
        public string Place { get; } = string.Join(", ", dialect.Capture.Place.Select(dialect.Quoted));
        public string StampColumn { get; } = dialect.Quoted(dialect.Capture.Place[0]);
        public string Stamp { get; } = AsNumber(dialect);
        public string Id { get; } = dialect.Capture.Place.Count > 1 ? dialect.Quoted(dialect.Capture.Place[1]) : AsNumber(dialect);
        public string Key { get; } = dialect.Quoted("row_key");
        public string ChangedAt { get; } = dialect.Quoted("changed_at");

        private static string AsNumber(Dialect dialect) =>
            string.Format(CultureInfo.InvariantCulture, dialect.Capture.StampAsNumber, dialect.Quoted(dialect.Capture.Place[0]));

        public Writer Add(string text)
        {
            _text.Append(text);
            return this;
        }

        public void AddRange(TableName table, long stamp, long until)
        {
            var type = ChangeTables.Entries.Column("table_name")!.Type;
            _text.AppendFormat(CultureInfo.InvariantCulture, dialect.EqualityOf(ValueKind.String), dialect.Quoted("table_name"), Parameter(type, table.ToString()))
                .Append(" AND ").Append(StampColumn).Append(" >= ").Append(StampParameter(stamp))
                .Append(" AND ").Append(StampColumn).Append(" < ").Append(StampParameter(until));
        }

        public string StampParameter(long stamp) => string.Format(CultureInfo.InvariantCulture, dialect.Capture.NumberAsStamp, Parameter(Number, stamp));

        public string Parameter(ColumnType type, object value)
        {
            var text = new System.Text.StringBuilder();
            dialect.AppendParameter(text, _parameters.Count);
            _parameters.Add(new(type, value));
            return text.ToString();
        }

        public Statement Page(int take)
        {
            _parameters.Add(new(Number, (long)take));
            dialect.AppendPage(_text, skip: null, _parameters.Count - 1);
            return Statement();
        }

        public Statement Statement() => new(_text.ToString(), _parameters);
    }
}
