using System.Text.RegularExpressions;
using BackendApi.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>SQLite's result codes as failures.</summary>
internal static partial class Failures
{
    public static Failure Classify(Exception exception) => exception switch
    {
        SqliteException failed => Classify(failed),
        StoredValueException => Failure.BadValue,
        OperationCanceledException => Failure.Cancelled,
        TimeoutException => Failure.Timeout,
        _ => Failure.Other,
    };

    /// <summary>
    /// "UNIQUE constraint failed: product.sku, product.store" names columns, a check names itself or its condition, a foreign key nothing.
    /// </summary>
    public static Violation? Violated(Exception exception)
    {
        if (exception is not SqliteException failed)
            return null;
        var kind = Classify(failed);
        if (kind is not (>= Failure.UniqueViolation and <= Failure.CheckViolation))
            return null;
        var told = Constraint().Match(failed.Message) is { Success: true } match ? match.Groups[1].Value : null;
        return kind is Failure.UniqueViolation or Failure.NotNullViolation
            ? new(kind, null, [.. (told ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(column => column[(column.LastIndexOf('.') + 1)..])])
            : new(kind, kind == Failure.CheckViolation ? told : null, []);
    }

    [GeneratedRegex("constraint failed: (.*?)'?\\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Constraint();

    private static Failure Classify(SqliteException failed) => failed.SqliteExtendedErrorCode switch
    {
        raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID => Failure.UniqueViolation,
        raw.SQLITE_CONSTRAINT_FOREIGNKEY => Failure.ForeignKeyViolation,
        raw.SQLITE_CONSTRAINT_NOTNULL => Failure.NotNullViolation,
        raw.SQLITE_CONSTRAINT_CHECK => Failure.CheckViolation,
        _ => failed.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Failure.Retry,
            raw.SQLITE_INTERRUPT => Failure.Cancelled,
            raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT
                or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_READONLY or raw.SQLITE_PERM => Failure.Unavailable,
            raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG => Failure.BadValue,
            // SUM and abs of integers that leave 64 bits, JSON functions over what is not JSON, LIKE and GLOB over very long patterns.
            raw.SQLITE_ERROR when failed.Message.Contains("integer overflow", StringComparison.Ordinal)
                || failed.Message.Contains("malformed JSON", StringComparison.Ordinal)
                || failed.Message.Contains("pattern too complex", StringComparison.Ordinal) => Failure.BadValue,
            raw.SQLITE_ERROR when failed.Message.Contains("parser stack overflow", StringComparison.Ordinal)
                || failed.Message.Contains("Expression tree is too large", StringComparison.Ordinal) => Failure.TooComplex,
            _ => Failure.Other,
        },
    };
}
