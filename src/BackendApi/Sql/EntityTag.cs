using System.Data.Common;
using BackendApi.Model;

namespace BackendApi.Sql;

/// <summary>
/// The ETag of a row, as every response tells it and every write compares it. Weak, because it stands for the entity and not for one
/// representation of it. It tells nothing of the values that it is made of: some of them the client may not see.
/// </summary>
internal static class EntityTag
{
    [ThreadStatic]
    private static RowContent? _content;

    /// <param name="etag">That of the row's set.</param>
    /// <param name="ordinals">Where its columns stand in the row.</param>
    /// <param name="offset">Columns that stand before the plan's own.</param>
    public static string Of(ETagModel etag, DbDataReader row, IReadOnlyList<int> ordinals, int offset, ValueReader values)
    {
        var content = _content ??= new();
        content.Begin(etag.Hash);
        for (var i = 0; i < etag.Columns.Count; i++)
            values.AddTo(content, FieldTypes.DefaultFor(etag.Columns[i]), row, ordinals[i] + offset);
        return Complete(content);
    }

    /// <summary>The same of a row whose first columns are those of the tag.</summary>
    public static string Of(ETagModel etag, DbDataReader row, ValueReader values)
    {
        var content = _content ??= new();
        content.Begin(etag.Hash);
        for (var i = 0; i < etag.Columns.Count; i++)
            values.AddTo(content, FieldTypes.DefaultFor(etag.Columns[i]), row, i);
        return Complete(content);
    }

    /// <summary>The same tag for a stream of the row, where it stands for its bytes.</summary>
    public static string Strong(string weak) => weak["W/".Length..];

    private static string Complete(RowContent content) => $"W/\"{content.Complete()}\"";
}
