using System.ComponentModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

public enum DocumentFormat { Json, Yaml }

public enum ImportAction { Created, Changed, Deleted }

[Description("What an import does to a configuration, place by place where it changes it.")]
public sealed record ImportedConfiguration(string Alias, ImportAction Action, IReadOnlyList<DocumentChange> Changes);

/// <summary>All configurations as one document, and back.</summary>
internal sealed class ConfigurationTransfer(Publisher publisher) : IOrderedFacade
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async ValueTask EnterAsync(OperationContext context) => await publisher.DraftAsync(context.Session, context.Cancellation);

    [Description("All configurations as one text: a list of documents in the order of their aliases, which ImportDefinitions and configuration files take.")]
    public string ExportDefinitions(BoundCollection configurations, OperationContext context, DocumentFormat format = DocumentFormat.Json)
    {
        ConfigurationRights.RequireAll(context.Caller);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartArray();
            foreach (var definition in publisher.Definitions.Values.OrderBy(definition => definition.Alias, StringComparer.Ordinal))
                DefinitionWriter.Write(json, definition);
            json.WriteEndArray();
        }
        var written = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (format == DocumentFormat.Json)
            return Encoding.UTF8.GetString(written.Span);
        using var parsed = JsonDocument.Parse(written);
        return YamlWriter.Write(parsed.RootElement);
    }

    [Description("Publishes a document of many configurations as one version and tells what differs. With Prefer: validate-only that is all that happens.")]
    public async Task<IReadOnlyList<ImportedConfiguration>> ImportDefinitionsAsync(
        BoundCollection configurations, OperationContext context, [Description("A list of documents, as JSON or YAML.")] string document,
        [Description("Deletes the configurations that the document does not have.")] bool replace = false)
    {
        ConfigurationRights.RequireAll(context.Caller);
        var draft = await publisher.DraftAsync(context.Session, context.Cancellation);
        var (definitions, mistakes) = DocumentText.ReadAll(document, "document");
        if (definitions.GroupBy(definition => definition.Alias, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ServiceException(Errors.InvalidValue, $"The document has two configurations with the alias '{twice.Key}'.", "document");
        List<DefinitionChange> changes =
        [
            .. definitions.Where(definition => !draft.Definitions.TryGetValue(definition.Alias, out var stored) || !StoredDocument.Same(definition, stored))
                .Select(definition => new DefinitionChange.Upsert(definition)),
            .. replace ? draft.Definitions.Keys.Except(definitions.Select(definition => definition.Alias), StringComparer.Ordinal).Select(alias => new DefinitionChange.Delete(alias)) : [],
        ];
        var told = changes.Select(change => Imported(change, draft.Definitions.GetValueOrDefault(change.Alias))).OrderBy(change => change.Alias, StringComparer.Ordinal).ToList();
        await draft.ApplyAsync(new(changes, mistakes), context.Caller, context.Cancellation, "Imported");
        return told;
    }

    private static ImportedConfiguration Imported(DefinitionChange change, EndpointDefinition? stored)
    {
        if (change is not DefinitionChange.Upsert { Definition: var definition })
            return new(change.Alias, ImportAction.Deleted, []);
        if (stored is null)
            return new(change.Alias, ImportAction.Created, []);
        using var before = JsonDocument.Parse(StoredDocument.Write(stored));
        using var after = JsonDocument.Parse(StoredDocument.Write(definition));
        return new(change.Alias, ImportAction.Changed, DocumentDiff.Of(before.RootElement, after.RootElement));
    }
}
