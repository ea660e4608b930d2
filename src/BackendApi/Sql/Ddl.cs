using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>Writes the DDL of tables that the product creates: its own, the demo shop's, and those of the tests.</summary>
public abstract class Ddl(Dialect dialect)
{
    /// <summary>
    /// CREATE TABLE with primary key, unique keys, foreign keys, defaults, identity and the check constraint of <see cref="ColumnSchema.Members"/>.
    /// <see cref="ColumnSchema.Default"/> is written as it stands, but for <c>now</c>, which is the current instant.
    /// Column types follow <see cref="ColumnType.Kind"/> and its facets; <see cref="ColumnType.Native"/> is ignored.
    /// </summary>
    public abstract string CreateTable(TableSchema table);

    /// <summary>ALTER TABLE with one more column, declared as <see cref="CreateTable"/> declares it.</summary>
    public string AddColumn(TableName table, ColumnSchema column) => $"ALTER TABLE {Name(table)} ADD {Column(column)}";

    /// <summary>The declaration of a column.</summary>
    protected abstract string Column(ColumnSchema column);

    public virtual string CreateIndex(string name, TableName table, IReadOnlyList<string> columns) =>
        $"CREATE INDEX {Quoted(name)} ON {Name(table)} {List(columns)}";

    public string DropTable(TableName table) => $"DROP TABLE {Name(table)}";

    protected string Quoted(string name) => dialect.Quoted(name);

    protected string Name(TableName table) => table.Schema is null ? Quoted(table.Name) : $"{Quoted(table.Schema)}.{Quoted(table.Name)}";

    protected string List(IReadOnlyList<string> columns) => $"({string.Join(", ", columns.Select(Quoted))})";

    protected virtual string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
