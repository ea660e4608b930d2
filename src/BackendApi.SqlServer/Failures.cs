using System.Text.RegularExpressions;
using BackendApi.Sql;
using Microsoft.Data.SqlClient;

namespace BackendApi.SqlServer;

/// <summary>SQL Server's error numbers and the driver's own as failures.</summary>
internal static partial class Failures
{
    /// <summary>Errors of this severity end the connection.</summary>
    private const byte FatalSeverity = 20;

    public static Failure Classify(Exception exception) => exception switch
    {
        SqlException failed => Classify(failed),
        StoredValueException or System.Data.SqlTypes.SqlTypeException => Failure.BadValue,
        OperationCanceledException => Failure.Cancelled,
        TimeoutException => Failure.Timeout,
        // No connection became free in the pool, or the one at hand broke between two statements.
        InvalidOperationException { Source: "Microsoft.Data.SqlClient" or "Core Microsoft SqlClient Data Provider" } => Failure.Unavailable,
        IOException => Failure.Unavailable,
        _ => Failure.Other,
    };

    private static Failure Classify(SqlException failed)
    {
        // A statement that fails often says so in several errors, the telling one not always first.
        foreach (SqlError error in failed.Errors)
            if (Classify(error) is not Failure.Other and var failure)
                return failure;
        return failed.Class >= FatalSeverity ? Failure.Unavailable : Failure.Other;
    }

    /// <summary>The first name between quotes is the constraint's, or the column's that may not be null.</summary>
    public static Violation? Violated(Exception exception)
    {
        if (exception is not SqlException failed)
            return null;
        foreach (SqlError error in failed.Errors)
            if (Classify(error) is var kind and >= Failure.UniqueViolation and <= Failure.CheckViolation)
            {
                var name = Quoted().Match(error.Message) is { Success: true } match ? match.Groups[1].Value : null;
                return kind == Failure.NotNullViolation ? new(kind, null, name is null ? [] : [name]) : new(kind, name, []);
            }
        return null;
    }

    [GeneratedRegex("['\"]([^'\"]+)['\"]", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    private static Failure Classify(SqlError error) => error.Number switch
    {
        2601 or 2627 => Failure.UniqueViolation,
        547 => error.Message.Contains("CHECK", StringComparison.Ordinal) ? Failure.CheckViolation : Failure.ForeignKeyViolation,
        515 => Failure.NotNullViolation,
        // Deadlock, snapshot conflicts, conflicts of memory-optimised tables.
        1205 or 3960 or 3961 or 41301 or 41302 or 41305 or 41325 or 41839 => Failure.Retry,
        -2 or 1222 => Failure.Timeout,
        // "Operation cancelled by user": what an attention leaves behind.
        0 when error.Class == 11 => Failure.Cancelled,
        // Arithmetic overflow, division by zero, conversions, dates out of range, lengths, texts too long.
        220 or 232 or 241 or 242 or 244 or 245 or 248 or 295 or 517 or 535 or 537 or 1007 or 2628 or 3622 or 3623 or 8114 or 8115 or 8134 or 8152
            or 8023 or 8169 or 8728 or 9807 or 9810 or 9813 or 13609 or 13610 or 19300 or 19301 or 19302 => Failure.BadValue,
        // An unknown function: REGEXP_COUNT before SQL Server 2025.
        195 => Failure.Unsupported,
        // Nested too deeply, out of stack, no plan found for so much, too many expressions.
        125 or 191 or 8621 or 8623 or 8631 or 8632 => Failure.TooComplex,
        // No network, no such server, login or database refused, restarting, throttled, too many sessions.
        -1 or 2 or 20 or 53 or 64 or 121 or 233 or 258 or 4060 or 4221 or 6005 or 6006 or 10053 or 10054 or 10060 or 10061 or 10928 or 10929 or 11001
            or 17142 or 17187 or 18401 or 18451 or 18452 or 18456 or 40143 or 40197 or 40501 or 40613 or 40615 or 49918 or 49919 or 49920 => Failure.Unavailable,
        _ => Failure.Other,
    };
}
