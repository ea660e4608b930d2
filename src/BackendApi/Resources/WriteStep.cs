using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Sql;
using BackendApi.Support;

namespace BackendApi.Resources;

/// <summary>Rows of one set to which the same happens.</summary>
public sealed class WriteStep
{
    internal WriteStep(EntitySetModel set, Caller caller, Session session, Dialect dialect, IReadOnlyList<WriteRow> rows) =>
        (Set, Caller, Session, Dialect, Rows) = (set, caller, session, dialect, rows);

    public EntitySetModel Set { get; }
    /// <summary>Who sends the request.</summary>
    public Caller Caller { get; }
    /// <summary>
    /// For statements of the hook's own, one for all rows where that can be. Its transaction is that of the write: a hook neither commits it nor rolls it back, and
    /// ends what it reads before it returns.
    /// </summary>
    public Session Session { get; }
    /// <summary>How the database at hand quotes names and passes values.</summary>
    public Dialect Dialect { get; }
    public IReadOnlyList<WriteRow> Rows { get; }

    /// <summary>Set for the step of a facade, until its rows are stored.</summary>
    internal Func<IReadOnlyList<WriteRow>, Task>? Store { get; set; }

    /// <summary>
    /// In a facade: the rows are created, changed or deleted as they stand now, by one statement where that can be; those that are <see cref="WriteRow.Stored"/> are left out. Keys
    /// that the database makes are known afterwards.
    /// </summary>
    /// <exception cref="ServiceException">The database refuses rows.</exception>
    /// <exception cref="InvalidOperationException">The step is a hook's, or its rows are stored already.</exception>
    public async ValueTask StoreAsync()
    {
        var store = Store ?? throw new InvalidOperationException("Only a facade stores the rows of a step, and once.");
        Store = null;
        await store([.. Rows.Where(row => !row.IsStored)]);
    }
}

/// <summary>A row on its way into the database. Properties are named as OData names them: <c>Name</c>, <c>Address/City</c>.</summary>
public sealed class WriteRow
{
    // In the order of the kinds.
    private static readonly Type[] Types =
    [
        typeof(bool), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(float), typeof(string), typeof(DateOnly),
        typeof(TimeOnly), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Guid), typeof(byte[]), typeof(string), typeof(string),
    ];

    private readonly PlannedRow _row;
    private readonly Func<PlannedValue, object?> _value;
    private readonly Func<PlannedRow, WrittenRow?> _written;
    private readonly Mistakes _mistakes;
    private bool _isOpen;

    /// <param name="isOpen">The row is not written yet.</param>
    internal WriteRow(PlannedRow row, Func<PlannedRow, WrittenRow?> written, Func<PlannedValue, object?> value, Mistakes mistakes, bool isOpen) =>
        (_row, _written, _value, _mistakes, _isOpen) = (row, written, value, mistakes, isOpen);

    /// <summary>Where the row stands in the request's body, such as <c>orders[1].items[0]</c>; empty for the body itself.</summary>
    public string Path => _row.Path.ToString();

    /// <summary>The key in the CLR types of its columns; null before a new row is written.</summary>
    public IReadOnlyList<object>? Key => _written(_row)?.Key;

    internal PlannedRow Planned => _row;

    /// <summary>What a facade has stored by itself; null while it has not.</summary>
    internal IReadOnlyList<PlannedValue>? StoredValues { get; private set; }

    internal string? Secret { get; private set; }

    /// <summary>
    /// In a facade that creates the row: the answer to this request shows the text, as the annotation <c>@BackendApi.ShownOnce</c>, and no other answer does. A request that creates the row
    /// in another way than by itself, and so could not show it, is refused.
    /// </summary>
    /// <exception cref="InvalidOperationException">The facade is not marked as <see cref="SecretAttribute"/>, so nobody is told of it.</exception>
    public void ShowOnce(string secret) => Secret = _row.Set.ShowsSecret ? secret : throw new InvalidOperationException($"The facade of {_row.Set.Name} shows secrets: mark it as [Secret].");

    internal bool IsStored => StoredValues is not null;

    /// <summary>The row is written: it cannot be changed any more.</summary>
    internal void Close() => _isOpen = false;

    /// <summary>In a facade: it has written the row by statements of its own, which count for nothing else of the service but the change log.</summary>
    /// <param name="values">What is stored now as far as it differs from what the row says: at least the parts of the key that the row did not have.</param>
    /// <exception cref="ArgumentException">There is no such property.</exception>
    public void Stored(params IReadOnlyList<(string Property, object? Value)> values)
    {
        StoredValues = [.. values.Select(value => new PlannedValue(Find(value.Property).Column, value.Value))];
        Close();
    }

    /// <summary>The write gives the property a value, perhaps null. What an update does not give stays as it is; the session can read it.</summary>
    public bool Has(string property) => Given(Find(property).Column) is not null;

    /// <summary>
    /// What the property is given, in the CLR type of its column (<see cref="ValueKind"/>); null also where it is given nothing. Before the write it can be set, whatever
    /// the definition lets clients write; the rules for a client's values do not apply.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such property, or the value has another type than its column.</exception>
    /// <exception cref="InvalidOperationException">Set: the row is written already, is deleted, or the property is part of the key or made by the database.</exception>
    public object? this[string property]
    {
        get => Given(Find(property).Column) is { } given ? _value(given) : null;
        set
        {
            var found = Find(property);
            var column = found.Column;
            if (!_isOpen || _row.Action == RowAction.Delete)
                throw new InvalidOperationException("A row can be changed before it is created or updated only.");
            if (column.IsGenerated || column.IsIdentity || _row.Set.Key.Contains(found))
                throw new InvalidOperationException($"{property} is no value that a hook can set.");
            if (value is not null && value.GetType() != Types[(int)column.Type.Kind])
                throw new ArgumentException($"{property} takes a {Types[(int)column.Type.Kind].Name}.", nameof(value));
            var name = _row.Values.FirstOrDefault(known => known.Column == column)?.Name;
            _row.Values = [.. _row.Values.Where(known => known.Column != column), new PlannedValue(column, value, name)];
            _row.Defaults = [.. _row.Defaults.Where(known => known != column)];
        }
    }

    /// <summary>Nothing of the request is written. The other rows are still looked at, so that the client is told of all mistakes together.</summary>
    /// <param name="message">What the client can change.</param>
    /// <param name="property">What is wrong with the row, where it is one property.</param>
    /// <param name="error"><see cref="Errors.InvalidValue"/> (400) when left out.</param>
    public void Refuse(string message, string? property = null, ErrorRow? error = null)
    {
        var path = property is null ? _row.Path
            : Given(Find(property).Column) is { } given && _row.PathOf(given) is { } said ? said
            : _row.Path.Member(property.Replace('/', '.'));
        _mistakes.Add(error ?? Errors.InvalidValue, message, path);
    }

    private PropertyModel Find(string property)
    {
        foreach (var known in _row.Set.Members.Columns)
            if (known.Path == property)
                return known;
        foreach (var known in _row.Type?.Members.Columns ?? [])
            if (known.Path == property)
                return known;
        throw new ArgumentException($"{_row.Set.Name} has no property '{property}'.", nameof(property));
    }

    private PlannedValue? Given(ColumnSchema column) =>
        _row.Values.FirstOrDefault(value => value.Column == column) ?? _row.Key.FirstOrDefault(value => value.Column == column);
}
