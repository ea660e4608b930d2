using System.Text.Json;
using BackendApi.Model.Store;

namespace BackendApi.Sql.Audit;

/// <summary>Entries of what is no write of rows: calls of actions, locks, what commands of the host do.</summary>
public static class AuditStatements
{
    /// <summary>Adds an entry to the session's transaction, which what it tells of is a part of; nothing where the session has no origin.</summary>
    /// <param name="subject">The entity set that it is about; null for none.</param>
    /// <param name="key">As it stands in the entity's address.</param>
    /// <param name="after">Writes members of what is told.</param>
    public static async Task AuditAsync(
        this Session session, Dialect dialect, string? subject, string operation, string? key, CancellationToken cancellation, Action<Utf8JsonWriter>? after = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(dialect);
        if (session.Trail(dialect) is not { } trail)
            return;
        trail.Done(subject, operation, key, after);
        await WriteOutsideAsync(session, cancellation);
    }

    /// <summary>The same for a document that was made, changed or removed: of one that was changed the members that differ.</summary>
    /// <param name="before">JSON; null for none.</param>
    /// <param name="after">JSON; null for none.</param>
    internal static async Task AuditAsync(this Session session, Dialect dialect, string set, string name, string? before, string? after, CancellationToken cancellation)
    {
        if (before == after || session.Trail(dialect) is not { } trail)
            return;
        using var old = before is null ? null : JsonDocument.Parse(before);
        using var next = after is null ? null : JsonDocument.Parse(after);
        trail.Documented(set, KeyOf(name), old?.RootElement, next?.RootElement);
        await WriteOutsideAsync(session, cancellation);
    }

    /// <summary>In a transaction it is told with the commit.</summary>
    private static async Task WriteOutsideAsync(Session session, CancellationToken cancellation)
    {
        if (session.Transaction is null)
            await session.WriteTrailAsync(cancellation);
    }

    /// <summary>The key of an entity that is named by a text.</summary>
    public static string KeyOf(string name) => Stream.EntityUrl.Literal(name, Model.ValueKind.String);
}
