using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>
/// The texts that changes of one snapshot's tables had lately. Clients choose which columns they give, so there can be any number of them: when there are too many, all are
/// forgotten, and those in use come back.
/// </summary>
internal sealed class ChangeForms
{
    private const int Most = 512;

    private readonly ConcurrentDictionary<Shape, ChangeForm> _known = new();

    public Statement Write(Change change, Dialect dialect)
    {
        var rows = dialect.HasRowsInText ? change.Rows.Length : Math.Min(change.Rows.Length, 2);
        if (!_known.TryGetValue(new(change, rows), out var form))
        {
            form = dialect.FormOf(change);
            if (_known.Count >= Most)
                _known.Clear();
            // Without the values.
            _known[new(change with { Rows = [] }, rows)] = form;
        }
        return form.Of(change.Rows);
    }

    /// <summary>What a text depends on. Columns are compared by reference: a snapshot has each once.</summary>
    private readonly struct Shape(Change change, int rows) : IEquatable<Shape>
    {
        private readonly Change _change = change;
        private readonly int _rows = rows;

        public bool Equals(Shape other) => _rows == other._rows && _change.Table == other._change.Table && IsSame(_change.Audit, other._change.Audit) && (_change, other._change) switch
        {
            (Change.Insert one, Change.Insert two) => Same(one.Columns, two.Columns) && Same(one.Returning, two.Returning),
            (Change.Update one, Change.Update two) => Same(one.Key, two.Key) && Same(one.Columns, two.Columns) && Same(one.Defaults, two.Defaults)
                && Same(one.Returning, two.Returning) && ReferenceEquals(one.Raised, two.Raised),
            (Change.Delete one, Change.Delete two) => Same(one.Key, two.Key),
            _ => false,
        };

        public override bool Equals(object? other) => other is Shape shape && Equals(shape);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(_rows);
            switch (_change)
            {
                case Change.Insert insert:
                    Add(ref hash, insert.Columns);
                    Add(ref hash, insert.Returning);
                    break;
                case Change.Update update:
                    Add(ref hash, update.Key);
                    Add(ref hash, update.Columns);
                    Add(ref hash, update.Defaults);
                    break;
                case Change.Delete delete:
                    Add(ref hash, delete.Key);
                    break;
            }
            return hash.ToHashCode();
        }

        /// <summary>What is told follows from the columns of the change.</summary>
        private static bool IsSame(Audit.AuditedChange? one, Audit.AuditedChange? two) =>
            ReferenceEquals(one?.Set, two?.Set) && ReferenceEquals(one?.MadeKey, two?.MadeKey);

        private static void Add(ref HashCode hash, IReadOnlyList<ColumnSchema> columns)
        {
            hash.Add(columns.Count);
            for (var i = 0; i < columns.Count; i++)
                hash.Add(RuntimeHelpers.GetHashCode(columns[i]));
        }

        private static bool Same(IReadOnlyList<ColumnSchema> one, IReadOnlyList<ColumnSchema> two)
        {
            if (ReferenceEquals(one, two))
                return true;
            if (one.Count != two.Count)
                return false;
            for (var i = 0; i < one.Count; i++)
                if (!ReferenceEquals(one[i], two[i]))
                    return false;
            return true;
        }
    }
}
