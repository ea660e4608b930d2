using System.Net.Sockets;
using BackendApi.Sql;
using Npgsql;

namespace BackendApi.PostgreSql;

/// <summary>SQLSTATE codes and the driver's own exceptions as failures.</summary>
internal static class Failures
{
    public static Failure Classify(Exception exception) => exception switch
    {
        PostgresException failed => Classify(failed.SqlState),
        StoredValueException => Failure.BadValue,
        OperationCanceledException => Failure.Cancelled,
        TimeoutException => Failure.Timeout,
        NpgsqlException { InnerException: TimeoutException } => Failure.Timeout,
        // Without an answer of the server it is the connection, or the pool that has none left.
        NpgsqlException or SocketException or IOException => Failure.Unavailable,
        _ => Failure.Other,
    };

    public static Violation? Violated(Exception exception) =>
        exception is PostgresException failed && Classify(failed.SqlState) is var kind and >= Failure.UniqueViolation and <= Failure.CheckViolation
            ? new(kind, failed.ConstraintName, failed.ColumnName is { } column ? [column] : [])
            : null;

    private static Failure Classify(string code) => code switch
    {
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => Failure.UniqueViolation,
        PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation => Failure.ForeignKeyViolation,
        PostgresErrorCodes.NotNullViolation => Failure.NotNullViolation,
        PostgresErrorCodes.CheckViolation => Failure.CheckViolation,
        // Sent for a statement that the client or its timeout stopped.
        PostgresErrorCodes.QueryCanceled => Failure.Cancelled,
        PostgresErrorCodes.LockNotAvailable => Failure.Timeout,
        // Invalid names and passwords, a database that is not there, too many connections, a server that stops or starts.
        PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped => Failure.Unavailable,
        PostgresErrorCodes.UndefinedFunction => Failure.Unsupported,
        PostgresErrorCodes.StatementTooComplex => Failure.TooComplex,
        // What PostgreSQL says of the year of infinity, which is what the driver makes of the first and the last instant.
        PostgresErrorCodes.ProgramLimitExceeded or PostgresErrorCodes.FeatureNotSupported => Failure.BadValue,
        _ => code.AsSpan(0, Math.Min(2, code.Length)) switch
        {
            "08" or "28" or "53" or "58" or "F0" or "XX" => Failure.Unavailable,
            // Data exceptions: overflow, division by zero, texts that are no numbers, invalid regular expressions.
            "22" => Failure.BadValue,
            "40" => Failure.Retry,
            _ => Failure.Other,
        },
    };
}
