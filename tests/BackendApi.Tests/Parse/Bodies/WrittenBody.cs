using BackendApi.Parse;
using BackendApi.Parse.Bodies;

namespace BackendApi.Tests.Parse.Bodies;

/// <summary>An entity of a body as a line of text, for literal comparison.</summary>
internal static class WrittenBody
{
    public static string Of(EntityBody body)
    {
        var parts = new List<string>();
        if (body.Type is { } type)
            parts.Add($":{type.Name}");
        if (body.Key is { } key)
            parts.Add($"({string.Join(',', key.Select(Text))})");
        if (body.AlternateKey is { } alternate)
            parts.Add(Of(alternate));
        if (body.Removed is { } removed)
            parts.Add($"-{removed}");
        if (body.ETag is { } tag)
            parts.Add($"etag={tag}");
        parts.AddRange(body.Values.Select(value => $"{value.Property.Path}={Text(value.Value)}"));
        parts.AddRange(body.Lookups.Select(lookup => $"{lookup.Property.Path}={lookup.Lookup.Set.Name}({lookup.Lookup.By.Name}={Text(lookup.Value)})"));
        parts.AddRange(body.Resets.Select(reset => $"{reset.Path}!"));
        parts.AddRange(body.Relations.Select(Of));
        return string.Join(' ', parts);
    }

    private static string Of(BodyRelation relation) => relation switch
    {
        BodyRelation.Bound bound => $"{relation.Navigation.Name}->[{string.Join(' ', bound.Entities.Select(Of))}]",
        BodyRelation.Nested nested => $"{relation.Navigation.Name}=[{Join(nested.Entities, nested.References)}]",
        BodyRelation.Delta delta => $"{relation.Navigation.Name}+=[{Join(delta.Entities, delta.References)}]",
        _ => throw new ArgumentOutOfRangeException(nameof(relation)),
    };

    private static string Join(IEnumerable<EntityBody> entities, IEnumerable<EntityReference> references) =>
        string.Join(' ', entities.Select(entity => $"{{{Of(entity)}}}").Concat(references.Select(reference => $"->{Of(reference)}")));

    private static string Of(EntityReference reference) => $"{reference.Set.Name}({string.Join(',', reference.Key.Select(part => $"{part.Property.Name}={Text(part.Value)}"))})";

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        _ => LiteralText.Write(value),
    };
}
