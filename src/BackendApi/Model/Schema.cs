using System.Data.Common;

namespace BackendApi.Model;

/// <summary>The name of a table or view; <paramref name="Schema"/> is null on databases without schemas and for the default schema.</summary>
public sealed record TableName(string? Schema, string Name)
{
    /// <summary>Reads <c>name</c> or <c>schema.name</c>. A name that itself holds a dot is written <c>[schema].[na.me]</c>.</summary>
    public static TableName Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text[0] == '[' && text[^1] == ']')
        {
            var middle = text.IndexOf("].[", StringComparison.Ordinal);
            return middle < 0 ? new(null, text[1..^1]) : new(text[1..middle], text[(middle + 3)..^1]);
        }
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new(null, text) : new(text[..dot], text[(dot + 1)..]);
    }

    public override string ToString() =>
        Name.Contains('.', StringComparison.Ordinal) || Schema?.Contains('.', StringComparison.Ordinal) == true
            ? Schema is null ? $"[{Name}]" : $"[{Schema}].[{Name}]"
            : Schema is null ? Name : $"{Schema}.{Name}";
}

/// <summary>What a column stores, exactly as the database declares it.</summary>
/// <param name="Kind">The natural property type of the column.</param>
/// <param name="Native">The declared type in the database's own words, such as <c>numeric(10,2)</c> or <c>varchar(64)</c>.</param>
/// <param name="MaxLength">Characters for text, bytes for binary; null when unbounded or not meaningful.</param>
/// <param name="Precision">Digits of a decimal, fractional digits of a second for date and time types.</param>
/// <param name="Scale">Digits behind the point of a decimal; null on a decimal means that it floats.</param>
public sealed record ColumnType(ValueKind Kind, string Native, int? MaxLength = null, int? Precision = null, int? Scale = null)
{
    /// <summary>
    /// The <see cref="Native"/> form of a decimal that a nested statement has aggregated: exact, in a form that SQLite brings into operand form first.
    /// </summary>
    public const string Exact = "exact decimal";

    /// <summary>The kind of the items of a column that is declared as a list of values; null for every other column.</summary>
    public ValueKind? Items { get; init; }

    /// <summary>The column of a nested statement that has brought the value into operand form already: no template applies to it any more.</summary>
    public bool IsOperand { get; init; }
}

/// <param name="IsGenerated">Computed by the database: never written.</param>
/// <param name="IsIdentity">Numbered by the database when it is left out of an insert.</param>
/// <param name="Default">The default's SQL text; null when there is none.</param>
/// <param name="Members">The texts that a check constraint or an enumeration type allows, in declared order; null when the column is not an enumeration.</param>
public sealed record ColumnSchema(
    string Name, ColumnType Type, bool IsNullable, bool IsIdentity = false, bool IsGenerated = false,
    string? Default = null, IReadOnlyList<string>? Members = null, string? Comment = null);

/// <summary>Columns that identify a row; the order is the one of the constraint.</summary>
public sealed record UniqueKey(string Name, IReadOnlyList<string> Columns);

/// <summary>A foreign key: <paramref name="Columns"/> refer to <paramref name="TargetColumns"/> of <paramref name="Target"/>, position by position.</summary>
public sealed record ForeignKey(string Name, IReadOnlyList<string> Columns, TableName Target, IReadOnlyList<string> TargetColumns);

public sealed record TableSchema(
    TableName Name, IReadOnlyList<ColumnSchema> Columns, IReadOnlyList<string> PrimaryKey,
    IReadOnlyList<UniqueKey> UniqueKeys, IReadOnlyList<ForeignKey> ForeignKeys, bool IsView = false, string? Comment = null)
{
    /// <summary>
    /// What the database itself changes with every change of a row: a <c>rowversion</c> among the columns, or a system column beside them; null where
    /// there is none, as in views.
    /// </summary>
    public ColumnSchema? RowVersion { get; init; }

    /// <summary>
    /// What a statement returns of a row that it writes is what is stored: a table of rows without triggers and rules, which could write the row once more.
    /// </summary>
    public bool ReturnsStored { get; init; }

    /// <summary>The column of that name, compared exactly; null when there is none.</summary>
    public ColumnSchema? Column(string name)
    {
        foreach (var column in Columns)
            if (column.Name == name)
                return column;
        return null;
    }
}

/// <summary>Reads the database's own catalogue.</summary>
public interface ICatalog
{
    /// <summary>All tables and views that the connection can see, less the database's own and the product's own (<c>backend_</c>).</summary>
    /// <param name="only">Restricts the answer to these tables; null reads everything.</param>
    Task<IReadOnlyList<TableSchema>> ReadAsync(DbConnection connection, IReadOnlyCollection<TableName>? only, CancellationToken cancellation);

    /// <summary>How many rows tables have, as far as the database knows it without counting them.</summary>
    Task<IReadOnlyDictionary<TableName, long>> EstimateRowsAsync(DbConnection connection, CancellationToken cancellation);
}
