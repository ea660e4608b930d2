using System.Text.Json;

namespace BackendApi.Model;

/// <summary>
/// One configuration of Spryker's installer document, read as it is. Visible names and relation names that are not OData identifiers get one, and keep
/// their own in the Data Exchange dialect. Types are those of the columns. Members that we do not know are ignored, as the installer does.
/// </summary>
internal static class SprykerDocument
{
    public const string Alias = "tableAlias";

    private static readonly string[] Types = ["boolean", "integer", "string", "decimal", "float"];

    public static bool IsOne(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && !document.TryGetProperty("alias", out _) && (document.TryGetProperty(Alias, out _) || document.TryGetProperty("tableName", out _));

    public static EndpointDefinition Read(DocumentObject document, MistakeList mistakes)
    {
        var alias = document.RequiredText(Alias);
        var table = document.RequiredText("tableName");
        var isActive = document.Flag("isActive") ?? true;
        var relations = document.Objects("childRelations", ReadRelation);
        var definition = document.RequiredObject("definition");
        var identifier = definition.RequiredText("identifier");
        var fields = definition.Objects("fields", field => ReadField(field, mistakes))?.OfType<FieldDefinition>().ToList();
        return new()
        {
            Alias = alias,
            Table = table,
            IsActive = isActive,
            Key = [identifier],
            Allow = new(
                Create: fields?.Any(field => field.IsCreatable == true) == true,
                Update: fields?.Any(field => field.IsEditable == true) == true,
                Delete: definition.Flag("isDeletable") ?? false),
            Fields = fields,
            Relations = relations,
        };
    }

    private static FieldDefinition? ReadField(DocumentObject field, MistakeList mistakes)
    {
        var column = field.RequiredText("fieldName");
        var visible = field.Text("fieldVisibleName") ?? column;
        var name = Identifiers.Underscored(visible, "Field");
        if (field.Text("type") is { } type && !Types.Contains(type))
            mistakes.AddUnknown(field.PathOf("type"), $"There is no type '{type}'; types are {string.Join(", ", Types)}.", type, Types);
        var definition = new FieldDefinition
        {
            Column = column,
            Name = name,
            Alias = name == visible ? null : visible,
            IsCreatable = field.Flag("isCreatable") ?? false,
            IsEditable = field.Flag("isEditable") ?? false,
            Description = field.Text("description"),
            Validation = ReadValidation(field.Object("validation"), field.Texts("enumValues"), mistakes),
        };
        return field.Flag("isEnabled") == false ? null : definition;
    }

    private static ValidationDefinition? ReadValidation(DocumentObject? validation, IReadOnlyList<string>? values, MistakeList mistakes)
    {
        values = values is { Count: 0 } ? null : values;
        if (validation is null)
            return values is null ? null : new() { Enum = values };
        return new()
        {
            IsRequired = validation.Flag("isRequired") ?? validation.Flag("required"),
            Min = validation.Number("min"),
            Max = validation.Number("max"),
            MinLength = validation.Whole("minLength"),
            MaxLength = validation.Whole("maxLength"),
            Precision = validation.Whole("precision"),
            Scale = validation.Whole("scale"),
            Format = validation.Objects("constraints", constraint => ReadConstraint(constraint, mistakes)) is [var constraint, ..] ? constraint : null,
            Enum = values,
        };
    }

    private static string ReadConstraint(DocumentObject constraint, MistakeList mistakes)
    {
        var name = constraint.RequiredText("name");
        if (name is not ("url" or ""))
            mistakes.Add(constraint.PathOf("name"), $"There is no constraint '{name}'. There is url.");
        return name;
    }

    private static RelationDefinition ReadRelation(DocumentObject relation)
    {
        var alias = relation.RequiredText("name");
        var name = Identifiers.Underscored(alias, "Relation");
        return new()
        {
            Name = name,
            Alias = name == alias ? null : alias,
            Target = relation.RequiredObject("childDynamicEntityConfiguration").RequiredText(Alias),
            IsEditable = relation.Flag("isEditable") ?? false,
            On = relation.Objects("relationFieldMappings", mapping =>
                new ColumnPair(mapping.RequiredText("parentFieldName"), mapping.RequiredText("childFieldName"))),
        };
    }
}
