using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>A statement as text with its parameters in the order of their numbers. No value ever stands in the text.</summary>
public sealed record Statement(string Text, IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary>The sets whose rows facades supply when the statement runs (<see cref="SuppliedRows"/>); null for none.</summary>
    internal IReadOnlyList<EntitySetModel>? Supplied { get; init; }
}

/// <summary>
/// A value on its way to the database. <paramref name="Type"/> is the type of the column that it meets, so that the database
/// compares like with like and can use its indexes.
/// </summary>
/// <param name="Value">In the CLR type that <see cref="ValueKind"/> names, or null. When <paramref name="IsList"/>, an <c>IReadOnlyList&lt;object?&gt;</c> of such values.</param>
public readonly record struct SqlParameter(ColumnType Type, object? Value, bool IsList = false);
