using System.Text.Json;
using BackendApi.Resources.Configurations;

namespace BackendApi.Model.Store;

/// <summary>The row of <see cref="StoreTables.Configurations"/> that shows a definition.</summary>
internal static class ConfigurationRow
{
    public static readonly IReadOnlyList<string> Columns = [.. ConfigurationMember.All.Select(property => property.Column)];

    /// <summary>The values in the order of <see cref="Columns"/>.</summary>
    public static IReadOnlyList<object?> Of(EndpointDefinition definition, long version, DateTimeOffset at, string by)
    {
        using var parsed = JsonDocument.Parse(StoredDocument.Write(definition));
        var document = parsed.RootElement;
        return [.. ConfigurationMember.All.Select(object? (property) => property.Name switch
        {
            "isActive" => definition.IsActive,
            "isSingleton" => definition.IsSingleton,
            "requireETag" => definition.RequireETag,
            "trackChanges" => definition.TrackChanges,
            "version" => version,
            "modifiedAt" => at,
            "modifiedBy" => by,
            var name when property.IsJson =>
                ConfigurationDocument.Shaped(Member(document, name), property.Structure?.Type, property.IsCollection),
            var name => Member(document, name)?.GetString(),
        })];
    }

    private static JsonElement? Member(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
