namespace BackendApi.Model;

/// <summary>Looks up what a document says of streams in the catalogue.</summary>
internal static class StreamCompletion
{
    public static MediaModel? Media(MediaDefinition? media, TableSchema table, MistakeList mistakes) =>
        media is null ? null : Media(MediaModel.OfEntity, media.Column, media.ContentType, media.ContentTypeColumn, table, "media", mistakes);

    /// <param name="fields">Whose names are taken.</param>
    public static List<CompletedStream> Complete(EndpointDefinition definition, TableSchema table, IReadOnlyList<CompletedField> fields, MistakeList mistakes)
    {
        var completed = new List<CompletedStream>();
        var taken = new HashSet<string>(fields.Select(field => field.Path[0]), StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < (definition.Streams?.Count ?? 0); i++)
        {
            var stream = definition.Streams![i];
            var path = $"streams[{i}]";
            var name = stream.Name ?? Identifiers.PascalCase(stream.Column, "Stream");
            if (!taken.Add(name))
                mistakes.Add($"{path}.name", $"Another property is named '{name}' already; names differ in more than case.");
            if (Media(name, stream.Column, stream.ContentType, stream.ContentTypeColumn, table, path, mistakes) is { } media)
                completed.Add(new(media with { IsEditable = stream.IsEditable ?? true }, stream.Description ?? media.Column.Comment));
        }
        return completed;
    }

    private static MediaModel? Media(string name, string columnName, string? contentType, string? contentTypeColumn, TableSchema table, string path, MistakeList mistakes)
    {
        var column = table.Column(columnName);
        if (column is null)
            ExposedColumns.AddUnknown(columnName, table, $"{path}.column", mistakes);
        else if (column.Type.Kind != ValueKind.Binary)
            mistakes.Add($"{path}.column", $"The column '{column.Name}' has type {FieldTypes.NameOf(column.Type.Kind)}; a stream is binary.");
        var type = contentTypeColumn is null ? null : table.Column(contentTypeColumn);
        if (contentTypeColumn is not null && type is null)
            ExposedColumns.AddUnknown(contentTypeColumn, table, $"{path}.contentTypeColumn", mistakes);
        else if (type is not null && type.Type.Kind is not (ValueKind.String or ValueKind.Enum))
            mistakes.Add($"{path}.contentTypeColumn", $"The column '{type.Name}' has type {FieldTypes.NameOf(type.Type.Kind)}; a media type is a text.");
        return column is null ? null : new(name, column, contentType, type);
    }
}
