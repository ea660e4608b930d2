using BackendApi.Model;
using BackendApi.Sql.Audit;

namespace BackendApi.Sql;

/// <summary>A statement as text with its parameters in the order of their numbers. No value ever stands in the text.</summary>
public sealed record Statement(string Text, IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary>The sets whose rows facades supply when the statement runs (<see cref="SuppliedRows"/>); null for none.</summary>
    internal IReadOnlyList<EntitySetModel>? Supplied { get; init; }

    /// <summary>What the audit log is told of it; null where whoever sends it tells by itself, or has nothing to tell.</summary>
    internal RowChange? Told { get; private init; }

    internal Statement Telling(RowChange change) => this with { Told = change };

    /// <summary>Whoever sends it tells the audit log in its own way.</summary>
    internal Statement Untold => this with { Told = null };
}

/// <summary>
/// A value on its way to the database. <paramref name="Type"/> is the type of the column that it meets, so that the database
/// compares like with like and can use its indexes.
/// </summary>
/// <param name="Value">In the CLR type that <see cref="ValueKind"/> names, or null. When <paramref name="IsList"/>, an <c>IReadOnlyList&lt;object?&gt;</c> of such values.</param>
public readonly record struct SqlParameter(ColumnType Type, object? Value, bool IsList = false);
