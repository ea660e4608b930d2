using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Sql;

/// <summary>
/// How one database stamps the entries of the change log, and the triggers that write them for programs that write past the product. Stamps are numbers
/// that follow the beginnings of transactions, not their ends: the horizon tells up to where all of them have ended.
/// </summary>
public abstract class ChangeCapture(Dialect dialect)
{
    /// <summary>
    /// CREATE TABLE of <see cref="ChangeTables.Entries"/> with its indexes: by <see cref="Place"/>, and by the table's name with it. All columns but the table's
    /// name and the key are filled in by the database.
    /// </summary>
    public abstract string CreateEntries { get; }

    /// <summary>The columns whose values no two entries share: the stamp, and <c>id</c> where entries can have the same stamp.</summary>
    public abstract IReadOnlyList<string> Place { get; }

    /// <summary>
    /// A SELECT of two numbers. Every transaction that has written an entry with a stamp below the first has ended, before this statement and so before
    /// any later one; every entry that can be seen has a stamp below the second.
    /// </summary>
    public abstract string Window { get; }

    /// <summary>The template by which a stored stamp becomes a number.</summary>
    public virtual string StampAsNumber => "{0}";

    /// <summary>The template by which a number is compared with a stored stamp.</summary>
    public virtual string NumberAsStamp => "{0}";

    /// <summary>A SELECT of the schema that the product's own tables are in; null on a database without schemas.</summary>
    public virtual string? CurrentSchema => null;

    /// <summary>A line between two statements of a script; null where a semicolon is enough.</summary>
    public virtual string? Separator => null;

    /// <summary>The DDL of triggers that write an entry for each row of <paramref name="table"/> that is inserted, updated (old and new key) or deleted.</summary>
    /// <param name="key">By which the log names a row: <see cref="EntitySetModel.LoggedKey"/>.</param>
    /// <param name="schema">From <see cref="CurrentSchema"/>.</param>
    public abstract IReadOnlyList<string> CreateTriggers(TableSchema table, IReadOnlyList<ColumnSchema> key, string? schema);

    /// <summary>The DDL that removes them, and succeeds where there are none.</summary>
    public abstract IReadOnlyList<string> DropTriggers(TableSchema table);

    protected string Quoted(string name) => dialect.Quoted(name);

    protected string Quoted(TableName name) => name.Schema is null ? Quoted(name.Name) : $"{Quoted(name.Schema)}.{Quoted(name.Name)}";

    protected string Entries(string? schema) => Quoted(ChangeTables.Entries.Name with { Schema = schema });

    protected static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The name of a trigger or of its function, within the 63 bytes that PostgreSQL keeps of one.</summary>
    protected static string NameOf(TableSchema table, string? suffix = null)
    {
        var name = table.Name.ToString();
        var text = $"{ProductTables.Prefix}change_{name}{(suffix is null ? "" : "_" + suffix)}";
        if (System.Text.Encoding.UTF8.GetByteCount(text) <= 63)
            return text;
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..16];
        return $"{ProductTables.Prefix}change_{hash}{(suffix is null ? "" : "_" + suffix)}";
    }
}
