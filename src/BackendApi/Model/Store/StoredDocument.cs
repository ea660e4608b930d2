namespace BackendApi.Model.Store;

/// <summary>A definition as <see cref="StoreTables.Versions"/> keeps it: the configuration document as JSON.</summary>
internal static class StoredDocument
{
    public static string Write(EndpointDefinition definition) => DefinitionWriter.ToJson(definition);

    /// <returns><see cref="DefinitionChange.Upsert"/> or <see cref="DefinitionChange.Unreadable"/>.</returns>
    public static DefinitionChange Read(string alias, string text)
    {
        var (definitions, mistakes) = DefinitionReader.Read(text, DefinitionFormat.Json);
        return definitions is [var definition] && mistakes.Count == 0
            ? new DefinitionChange.Upsert(definition)
            : new DefinitionChange.Unreadable(alias, [.. mistakes.Select(mistake => mistake with { Document = alias })]);
    }

    /// <summary>By content: the lists of a definition are compared by their members.</summary>
    public static bool Same(EndpointDefinition left, EndpointDefinition right) => Write(left) == Write(right);
}
