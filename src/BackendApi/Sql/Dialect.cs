using System.Collections.Concurrent;
using System.Text;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>What the SQL writer and the executor need to know of one database product. Holds only what every product does.</summary>
public abstract class Dialect
{
    /// <summary>The value of <c>Database:Provider</c> that selects it.</summary>
    public abstract string Name { get; }
    public abstract ValueReader Values { get; }
    public abstract ICatalog Catalog { get; }
    public abstract Ddl Ddl { get; }
    public abstract ChangeCapture Capture { get; }

    /// <summary>The most parameters that one statement may carry.</summary>
    public abstract int MaxParameters { get; }
    /// <summary>A condition may stand where a value may. Without it the writer turns conditions into <c>CASE</c> and bit columns into comparisons.</summary>
    public abstract bool HasBooleanValues { get; }
    /// <summary><c>(a, b) &gt; (x, y)</c> is understood and served by an index.</summary>
    public abstract bool HasRowComparison { get; }
    /// <summary>Ascending order puts nulls first by itself, as OData wants it.</summary>
    public abstract bool SortsNullsFirst { get; }

    public abstract void AppendIdentifier(StringBuilder text, string name);

    /// <summary>The same as a text.</summary>
    public string Quoted(string name)
    {
        var text = new StringBuilder(name.Length + 2);
        AppendIdentifier(text, name);
        return text.ToString();
    }

    /// <param name="index">Counted from 0 within the statement.</param>
    public abstract void AppendParameter(StringBuilder text, int index);

    /// <summary>Ends a SELECT that has an ORDER BY: skip and take are parameter numbers, or null.</summary>
    public abstract void AppendPage(StringBuilder text, int? skip, int? take);

    /// <summary>
    /// A table source named <paramref name="alias"/> over list parameters of one length, one for each column: columns <c>k0</c>, <c>k1</c>, ... in the
    /// operand form of their types and <c>ord</c>, the position in the lists counted from 0. A list can hold nulls.
    /// </summary>
    public abstract void AppendKeyList(StringBuilder text, string alias, IReadOnlyList<(int Parameter, ColumnType Type)> columns);

    /// <summary>The template that makes the JSON list, which <see cref="AppendItems"/> takes, of a stored column; <c>{0}</c> when it is one.</summary>
    public virtual string Listed(ColumnType column) => "{0}";

    /// <summary>A table source named <paramref name="alias"/> over the items of a JSON list; what is no list has none.</summary>
    public abstract void AppendItems(StringBuilder text, Action<StringBuilder> list, string alias);

    /// <summary>
    /// The template of an item in operand form, over the alias of such a source; null where the item is of another type. What JSON has no values for is text in
    /// it, and is read as <c>cast</c> reads text.
    /// </summary>
    /// <exception cref="ServiceException">501: this database cannot read such a text.</exception>
    public string ItemOf(ValueKind kind) =>
        PlainItem(kind) ?? ConversionOf(ValueKind.String, kind).Replace("{0}", PlainItem(ValueKind.String), StringComparison.Ordinal);

    /// <summary>The template of a member of an item that is an object: <c>{1}</c> is its value as that of an item of the alias <c>m</c>, <c>{2}</c> its name.</summary>
    public abstract string ItemMember { get; }

    /// <summary>The template of an item that is a text, a number, a boolean or an object; null for every other kind.</summary>
    protected abstract string? PlainItem(ValueKind kind);

    /// <summary>The template of an item as <see cref="AppendList"/> takes it.</summary>
    public abstract string ItemAsJson { get; }

    /// <summary>The template of an item's place in its list, from 0.</summary>
    public abstract string ItemPlace { get; }

    /// <summary>One JSON list of the rows of a table source with columns <c>v</c>, the item, and <c>n</c>, its place.</summary>
    public abstract void AppendList(StringBuilder text, Action rows);

    /// <summary><paramref name="operand"/> is among the values of a list parameter.</summary>
    public abstract void AppendIn(StringBuilder text, Action<StringBuilder> operand, int parameter, ColumnType type);

    /// <summary>
    /// The template that brings a stored column into operand form, the one form in which values of its kind are compared, computed with and
    /// sent as parameters; <c>{0}</c> when the stored form is that form.
    /// </summary>
    public virtual string Operand(ColumnType column) => "{0}";

    /// <summary>
    /// The template that brings a parameter, which travels in operand form, into the form in which the column stores it; <c>{0}</c> when
    /// they are the same. INSERT and UPDATE write values through it.
    /// </summary>
    public virtual string Stored(ColumnType column) => "{0}";

    /// <summary>The same for a value that the database has computed, which can have more digits than the column.</summary>
    public virtual string Assigned(ColumnType column) => Stored(column);

    /// <summary>The template that a stored column stands in a select list with; other than <c>{0}</c> only for types that the driver cannot read.</summary>
    public virtual string Selected(ColumnType column) => "{0}";

    /// <summary>The template of an exact equality: binary for text whatever the collation of the column, still served by its index.</summary>
    public virtual string EqualityOf(ValueKind kind) => "{0} = {1}";

    /// <summary>What the template of <see cref="Parse.Functions.Search"/> takes for a word that is looked for: the word itself, or a pattern of it.</summary>
    public virtual string SearchedFor(string word) => word;

    /// <summary>
    /// Templates of OData operators and functions where the default of <see cref="Parse.FunctionRow.Sql"/> does not serve. Looked up as
    /// <c>name(Kind,Kind)</c> first, with the kinds of the operands and then with those of the signature that they fit, then as <c>name</c>.
    /// </summary>
    public abstract IReadOnlyDictionary<string, string> Functions { get; }

    /// <summary>Templates of <c>cast</c> for pairs of <see cref="Parse.Conversions"/>. What has no value in the other type becomes null, and never fails.</summary>
    public abstract IReadOnlyDictionary<(ValueKind From, ValueKind To), string> Conversions { get; }

    /// <summary>How many rows of so many columns one <see cref="Change"/> may have.</summary>
    public abstract int MaxRows(int columns);

    /// <summary>The text of a change of many rows depends on their number; else one text serves any number but one.</summary>
    public virtual bool HasRowsInText => false;

    /// <summary>Writes the text, which depends on columns and never on values.</summary>
    protected abstract void Write(ChangeText text, Change change);

    public Statement Write(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return FormOf(change).Of(change.Rows);
    }

    internal ChangeForm FormOf(Change change)
    {
        var text = new ChangeText(this, change);
        Write(text, change);
        return text.ToForm();
    }

    /// <summary>A change of one row can store an entry of the audit log in the same statement: <see cref="Change.Audit"/>.</summary>
    public virtual bool StoresAuditTogether => false;

    /// <summary>Such a statement can tell of a column with this type as it was.</summary>
    public virtual bool TellsBefore(ColumnType column) => false;

    /// <summary>A statement that breaks a constraint undoes what it did, and the transaction goes on: no savepoint has to stand in front of it.</summary>
    public virtual bool UndoesFailedStatements => false;

    /// <summary>
    /// The template of an UPDATE by rows that are joined: <c>{0}</c> the table, which the template names <c>d</c>, <c>{1}</c> the assignment, <c>{2}</c> the rows,
    /// which it names <c>v</c>, <c>{3}</c> what joins them.
    /// </summary>
    public virtual string UpdateFrom => "UPDATE {0} AS d SET {1} FROM {2} AS v WHERE {3}";

    /// <summary>
    /// What stands at the end of a SELECT that locks the rows of the source <c>{0}</c> until the transaction ends; empty where writers exclude each other
    /// anyway.
    /// </summary>
    public virtual string LockClause => "";

    /// <summary>The same behind the table itself, where the words belong there.</summary>
    public virtual string LockHint => "";

    /// <summary>Which constraint a failed statement broke, as far as the database says; null for other failures.</summary>
    public abstract Violation? Violated(Exception exception);

    public abstract Failure Classify(Exception exception);

    private readonly ConcurrentDictionary<(string Name, ValueKind? First, ValueKind? Second, ValueKind? Third), string?> _templates = new();

    /// <summary>The template that translates a function for operands of these kinds.</summary>
    /// <exception cref="ServiceException">501: this database has no translation.</exception>
    internal string TemplateOf(FunctionRow function, IReadOnlyList<Term> operands)
    {
        ValueKind? KindOf(int operand) => operand < operands.Count ? operands[operand].Kind : null;
        var key = (function.Name, KindOf(0), KindOf(1), KindOf(2));
        return _templates.GetOrAdd(key, static (_, state) => state.Dialect.FindTemplate(state.Function, state.Operands), (Dialect: this, Function: function, Operands: operands))
            ?? throw new ServiceException(Errors.NotImplemented, $"{function.Name} is not supported on this database.");
    }

    /// <exception cref="ServiceException">501: this database has no translation.</exception>
    internal string ConversionOf(ValueKind from, ValueKind to) =>
        from == to ? "{0}" : Conversions.GetValueOrDefault((from, to))
            ?? throw new ServiceException(Errors.NotImplemented, $"cast from {from} to {to} is not supported on this database.");

    private string? FindTemplate(FunctionRow function, IReadOnlyList<Term> operands)
    {
        var kinds = operands.Select(operand => (ValueKind?)operand.Kind).ToArray();
        var signature = Parse.Functions.Match(function, kinds);
        return Functions.GetValueOrDefault(Key(function, kinds))
            ?? (signature is null ? null : Functions.GetValueOrDefault(Key(function, signature.Operands)))
            ?? Functions.GetValueOrDefault(function.Name)
            ?? signature?.Sql
            ?? function.Sql;

        static string Key(FunctionRow function, IEnumerable<ValueKind?> kinds) => $"{function.Name}({string.Join(',', kinds)})";
    }
}

/// <summary>What went wrong in the database, as far as a client is concerned.</summary>
public enum Failure
{
    /// <summary>Not a failure of the database: a defect.</summary>
    Other,
    /// <summary>No connection could be had or it broke; trying again later can help.</summary>
    Unavailable,
    Timeout,
    Cancelled,
    /// <summary>Deadlock or serialization failure: the same transaction can be tried again.</summary>
    Retry,
    UniqueViolation, ForeignKeyViolation, NotNullViolation, CheckViolation,
    /// <summary>A value in the request made an expression overflow, divide by zero, or fail to convert.</summary>
    BadValue,
    /// <summary>This version of the database lacks a function that the statement calls.</summary>
    Unsupported,
    /// <summary>The statement nests deeper, or holds more, than the database can read.</summary>
    TooComplex,
}

/// <summary>A broken constraint, as the database names it.</summary>
/// <param name="Constraint">Its name; null when the database does not tell.</param>
/// <param name="Columns">Its columns, where the database tells them instead of a name.</param>
public sealed record Violation(Failure Kind, string? Constraint, IReadOnlyList<string> Columns);
