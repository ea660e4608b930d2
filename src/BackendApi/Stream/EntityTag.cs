using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>
/// The ETag of a row, as every response tells it and every write compares it. Weak, because it stands for the entity and not for one
/// representation of it.
/// </summary>
internal static class EntityTag
{
    /// <summary>Not base64url: no value has this tag.</summary>
    private const string OfNull = "~";

    [ThreadStatic]
    private static RowContent? _content;

    /// <param name="set">One that has ETags.</param>
    /// <param name="ordinals">Where the columns of <see cref="Plan.Entity.ETagColumns"/> stand in the row.</param>
    /// <param name="offset">Columns that stand before the plan's own.</param>
    public static string Of(EntitySetModel set, DbDataReader row, IReadOnlyList<int> ordinals, int offset, ValueReader values) => set.ETag switch
    {
        ETagModel.Version version => $"W/\"{Version(version.Column, row, ordinals[0] + offset, values)}\"",
        ETagModel.Content content => $"W/\"{Content(content.Columns, row, ordinals, offset, values)}\"",
        _ => throw new InvalidOperationException($"{set.Name} has no ETags."),
    };

    private static string Version(ColumnSchema column, DbDataReader row, int ordinal, ValueReader values) =>
        row.IsDBNull(ordinal) ? OfNull : Base64Url.EncodeToString(values.Read(FieldTypes.DefaultFor(column), row, ordinal) is var value && value is byte[] bytes
            ? bytes
            : Encoding.UTF8.GetBytes(EntityUrl.Text(value)));

    private static string Content(IReadOnlyList<ColumnSchema> columns, DbDataReader row, IReadOnlyList<int> ordinals, int offset, ValueReader values)
    {
        var content = _content ??= new();
        for (var i = 0; i < columns.Count; i++)
            if (row.IsDBNull(ordinals[i] + offset))
                content.AddNull();
            else
                values.AddTo(content, FieldTypes.DefaultFor(columns[i]), row, ordinals[i] + offset);
        Span<byte> digest = stackalloc byte[RowContent.DigestLength];
        content.Complete(digest);
        return Base64Url.EncodeToString(digest);
    }
}
