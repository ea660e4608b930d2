using System.Globalization;
using System.Text.Json;

namespace BackendApi.Model;

/// <summary>
/// Reads configuration documents: one, an array of them, or Spryker's installer document, as JSON (comments and trailing commas allowed) or as
/// YAML (also several documents in one stream). Unknown members, wrong types and missing members are mistakes, all reported at once.
/// </summary>
public static class DefinitionReader
{
    internal static readonly JsonDocumentOptions JsonOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    public static ReadDefinitions Read(string text, DefinitionFormat format)
    {
        try
        {
            using var document = format == DefinitionFormat.Yaml ? YamlDocument.ToJson(text) : JsonDocument.Parse(text, JsonOptions);
            return Read(document.RootElement);
        }
        catch (JsonException mistake)
        {
            return NotReadable(string.Create(CultureInfo.InvariantCulture, $"This is not JSON: line {mistake.LineNumber + 1}, position {mistake.BytePositionInLine + 1}."));
        }
        catch (YamlMistakeException mistake)
        {
            return NotReadable(mistake.Message);
        }
    }

    /// <summary>Reads one document or an array of documents.</summary>
    public static ReadDefinitions Read(JsonElement value)
    {
        try
        {
            var definitions = new List<EndpointDefinition>();
            var mistakes = new List<DefinitionMistake>();
            if (value.ValueKind != JsonValueKind.Array)
                ReadOne(value, "", definitions, mistakes);
            else
            {
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    ReadOne(item, string.Create(CultureInfo.InvariantCulture, $"[{index++}]"), definitions, mistakes);
            }
            return new(definitions, mistakes);
        }
        // JSON can escape halves of characters, which no text can hold.
        catch (InvalidOperationException)
        {
            return NotReadable("A text of the document is not valid Unicode.");
        }
    }

    private static ReadDefinitions NotReadable(string message) => new([], [new("", "", message)]);

    private static void ReadOne(JsonElement value, string place, List<EndpointDefinition> definitions, List<DefinitionMistake> mistakes)
    {
        var own = new MistakeList(NameOf(value) ?? place, mistakes);
        var document = DocumentObject.Read(value, "", own);
        definitions.Add(SprykerDocument.IsOne(value) ? SprykerDocument.Read(document, own) : ReadDefinition(document, own));
    }

    private static string? NameOf(JsonElement value)
    {
        foreach (var name in (ReadOnlySpan<string>)["alias", SprykerDocument.Alias])
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var alias)
                && alias.ValueKind == JsonValueKind.String && alias.GetString() is { Length: > 0 } text)
                return text;
        return null;
    }

    private static EndpointDefinition ReadDefinition(DocumentObject document, MistakeList mistakes)
    {
        var definition = new EndpointDefinition
        {
            Alias = document.RequiredText("alias"),
            EntitySet = document.Text("entitySet"),
            Table = document.RequiredText("table"),
            IsActive = document.Flag("isActive") ?? true,
            IsSingleton = document.Flag("isSingleton") ?? false,
            Key = document.Texts("key"),
            Allow = ReadAllow(document.Object("allow")),
            Description = document.Text("description"),
            Fields = document.Objects("fields", field => ReadField(field, mistakes)),
            AlternateKeys = document.List("alternateKeys", (key, path) => DocumentObject.Items(key, path, document.ItemText, mistakes) ?? []),
            Concurrency = document.Text("concurrency"),
            RequireETag = document.Flag("requireETag") ?? false,
            Search = document.Texts("search"),
            Filter = document.Text("filter"),
            TrackChanges = document.Flag("trackChanges") ?? false,
            Rules = document.Objects("rules", ReadRule),
            Relations = document.Objects("relations", ReadRelation),
            Derived = document.Objects("derived", derived => ReadDerived(derived, mistakes)),
            Media = document.Object("media") is { } media ? ReadMedia(media) : null,
            Streams = document.Objects("streams", ReadStream),
        };
        document.RejectOthers();
        return definition;
    }

    private static AllowDefinition ReadAllow(DocumentObject? allow)
    {
        if (allow is null)
            return new();
        var definition = new AllowDefinition(allow.Flag("create") ?? false, allow.Flag("update") ?? false, allow.Flag("delete") ?? false);
        allow.RejectOthers();
        return definition;
    }

    private static FieldDefinition ReadField(DocumentObject field, MistakeList mistakes)
    {
        var definition = new FieldDefinition
        {
            Column = field.RequiredText("column"),
            Name = field.Text("name"),
            Alias = field.Text("alias"),
            Type = field.Text("type"),
            IsCreatable = field.Flag("isCreatable"),
            IsEditable = field.Flag("isEditable"),
            Description = field.Text("description"),
            Example = field.Text("example"),
            Members = field.List("members", (member, path) => ReadMember(member, path, mistakes)),
            IsFlags = field.Flag("isFlags") ?? false,
            Items = field.Objects("items", ReadItem),
            Precision = field.Whole("precision"),
            Scale = field.Whole("scale"),
            Validation = field.Object("validation") is { } validation ? ReadValidation(validation) : null,
            Transform = field.List("transform", (item, path) => ReadTransform(item, path, mistakes)),
        };
        field.RejectOthers();
        return definition;
    }

    private static ItemDefinition ReadItem(DocumentObject item)
    {
        var definition = new ItemDefinition(item.RequiredText("name"), item.RequiredText("type"));
        item.RejectOthers();
        return definition;
    }

    /// <summary>A member is an object, or just its name.</summary>
    private static EnumMember ReadMember(JsonElement value, string path, MistakeList mistakes)
    {
        if (value.ValueKind == JsonValueKind.String)
            return new(value.GetString()!);
        var member = DocumentObject.Read(value, path, mistakes);
        var definition = new EnumMember(member.RequiredText("name"), member.Text("value"));
        member.RejectOthers();
        return definition;
    }

    /// <summary>A transformation is an object with one member, or just the name of a step.</summary>
    private static TransformDefinition ReadTransform(JsonElement value, string path, MistakeList mistakes)
    {
        if (value.ValueKind == JsonValueKind.String)
            return new() { Step = value.GetString() };
        var transform = DocumentObject.Read(value, path, mistakes);
        var definition = new TransformDefinition
        {
            Step = transform.Text("step"),
            Default = transform.Value("default"),
            Constant = transform.Value("constant"),
            Lookup = transform.Object("lookup") is { } lookup ? ReadLookup(lookup) : null,
            Compute = transform.Text("compute"),
        };
        transform.RejectOthers();
        return definition;
    }

    private static LookupDefinition ReadLookup(DocumentObject lookup)
    {
        var definition = new LookupDefinition(lookup.RequiredText("set"), lookup.RequiredText("by"));
        lookup.RejectOthers();
        return definition;
    }

    private static ValidationDefinition ReadValidation(DocumentObject validation)
    {
        var definition = new ValidationDefinition
        {
            IsRequired = validation.Flag("isRequired"),
            Min = validation.Number("min"),
            Max = validation.Number("max"),
            MinLength = validation.Whole("minLength"),
            MaxLength = validation.Whole("maxLength"),
            Pattern = validation.Text("pattern"),
            Enum = validation.Texts("enum"),
            Format = validation.Text("format"),
            Precision = validation.Whole("precision"),
            Scale = validation.Whole("scale"),
            References = validation.Text("references"),
        };
        validation.RejectOthers();
        return definition;
    }

    private static RuleDefinition ReadRule(DocumentObject rule)
    {
        var definition = new RuleDefinition(rule.RequiredText("expression"), rule.RequiredText("message"));
        rule.RejectOthers();
        return definition;
    }

    private static RelationDefinition ReadRelation(DocumentObject relation)
    {
        var definition = new RelationDefinition
        {
            Name = relation.RequiredText("name"),
            Alias = relation.Text("alias"),
            Target = relation.RequiredText("target"),
            Multiplicity = relation.Text("multiplicity"),
            IsEditable = relation.Flag("isEditable") ?? false,
            On = relation.Objects("on", ReadPair),
            Through = relation.Object("through") is { } through ? ReadThrough(through) : null,
        };
        relation.RejectOthers();
        return definition;
    }

    private static DerivedDefinition ReadDerived(DocumentObject derived, MistakeList mistakes)
    {
        var definition = new DerivedDefinition
        {
            Name = derived.RequiredText("name"),
            Column = derived.RequiredText("column"),
            Value = derived.RequiredText("value"),
            Fields = derived.Objects("fields", field => ReadField(field, mistakes)),
            Relations = derived.Objects("relations", ReadRelation),
        };
        derived.RejectOthers();
        return definition;
    }

    private static MediaDefinition ReadMedia(DocumentObject media)
    {
        var definition = new MediaDefinition(media.RequiredText("column"), media.Text("contentType"), media.Text("contentTypeColumn"));
        media.RejectOthers();
        return definition;
    }

    private static StreamDefinition ReadStream(DocumentObject stream)
    {
        var definition = new StreamDefinition
        {
            Column = stream.RequiredText("column"),
            Name = stream.Text("name"),
            ContentType = stream.Text("contentType"),
            ContentTypeColumn = stream.Text("contentTypeColumn"),
            IsEditable = stream.Flag("isEditable"),
            Description = stream.Text("description"),
        };
        stream.RejectOthers();
        return definition;
    }

    private static ThroughDefinition ReadThrough(DocumentObject through)
    {
        var definition = new ThroughDefinition(
            through.RequiredText("table"), through.Objects("on", ReadPair) ?? [], through.Objects("to", ReadPair) ?? []);
        through.RejectOthers();
        return definition;
    }

    private static ColumnPair ReadPair(DocumentObject pair)
    {
        var definition = new ColumnPair(pair.RequiredText("column"), pair.RequiredText("targetColumn"));
        pair.RejectOthers();
        return definition;
    }
}

public enum DefinitionFormat { Json, Yaml }

/// <param name="Definitions">
/// Every document, also one with mistakes, so that <see cref="ModelBuilder"/> can find the rest of them: <see cref="DefinitionMistake.Join"/> makes one answer of both.
/// Documents are fit to be stored only when there is no mistake.
/// </param>
public sealed record ReadDefinitions(IReadOnlyList<EndpointDefinition> Definitions, IReadOnlyList<DefinitionMistake> Mistakes);
