using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>
/// The column that a definition names for its ETag (<c>concurrency</c>) changes with every change of a row. Unless the database sees to it itself, this
/// service does: it raises a number, sets an instant, or makes a new GUID, whatever the client says of the column. What another type means is known to clients only.
/// </summary>
internal static class RowVersions
{
    /// <summary>Null where the service has nothing to write.</summary>
    public static ColumnSchema? Of(EntitySetModel set) =>
        set.ETag is ETagModel.Version { Column: { IsGenerated: false, IsIdentity: false } column } && (IsNumber(column) || column.Type.Kind is ValueKind.DateTimeOffset or ValueKind.Guid)
            ? column
            : null;

    /// <summary>The statement itself adds one to what is there.</summary>
    public static bool IsNumber(ColumnSchema column) => column.Type.Kind is ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64;

    /// <summary>For a new row, or for a change of one whose version is no number.</summary>
    public static object New(ColumnSchema column) => column.Type.Kind switch
    {
        ValueKind.DateTimeOffset => DateTimeOffset.UtcNow,
        ValueKind.Guid => Guid.NewGuid(),
        ValueKind.Byte => (byte)1,
        ValueKind.Int16 => (short)1,
        ValueKind.Int32 => 1,
        _ => 1L,
    };
}
