namespace BackendApi.Model.Store;

/// <summary>
/// Columns of tables that the product creates. <see cref="ColumnType.Native"/> stays empty: the dialect's DDL chooses the declaration
/// from the kind and its facets.
/// </summary>
public static class Column
{
    /// <param name="maxLength">Characters; null is unbounded, which SQL Server puts in no index.</param>
    public static ColumnSchema Text(string name, int? maxLength = null, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.String, "", maxLength), isNullable, comment);

    public static ColumnSchema Boolean(string name, string? comment = null) => Of(name, new(ValueKind.Boolean, ""), false, comment);

    public static ColumnSchema Int32(string name, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.Int32, ""), isNullable, comment);

    public static ColumnSchema Int64(string name, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.Int64, ""), isNullable, comment);

    public static ColumnSchema Decimal(string name, int precision, int scale, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.Decimal, "", Precision: precision, Scale: scale), isNullable, comment);

    public static ColumnSchema Date(string name, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.Date, ""), isNullable, comment);

    public static ColumnSchema Instant(string name, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.DateTimeOffset, "", Precision: 6), isNullable, comment);

    public static ColumnSchema Guid(string name, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.Guid, ""), isNullable, comment);

    public static ColumnSchema Binary(string name, int? maxLength = null, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.Binary, "", maxLength), isNullable, comment);

    /// <summary>A text column that a check constraint holds to <paramref name="members"/>.</summary>
    public static ColumnSchema Enumeration(string name, IReadOnlyList<string> members, bool isNullable = false, string? comment = null) =>
        Of(name, new(ValueKind.Enum, "", members.Max(member => member.Length)), isNullable, comment) with { Members = members };

    private static ColumnSchema Of(string name, ColumnType type, bool isNullable, string? comment) =>
        new(name, type, isNullable, Comment: comment);
}
