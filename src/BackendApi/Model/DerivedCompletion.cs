using System.Globalization;

namespace BackendApi.Model;

/// <summary>Looks up what a document says of derived types in the catalogue.</summary>
internal static class DerivedCompletion
{
    /// <param name="fields">The fields of the type that they are derived from.</param>
    public static List<CompletedDerived> Complete(EndpointDefinition definition, TableSchema table, IReadOnlyList<CompletedField> fields, MistakeList mistakes)
    {
        var completed = new List<CompletedDerived>();
        for (var i = 0; i < (definition.Derived?.Count ?? 0); i++)
        {
            var derived = definition.Derived![i];
            var path = $"derived[{i}]";
            var own = Fields(derived, table, fields, path, mistakes);
            if (table.Column(derived.Column) is not { } column)
                ExposedColumns.AddUnknown(derived.Column, table, $"{path}.column", mistakes);
            else if (derived.Column != definition.Derived[0].Column)
                mistakes.Add($"{path}.column", $"The column '{definition.Derived[0].Column}' tells the type of a row: it is the same for all derived types.");
            else if (ValueOf(derived.Value, column.Type.Kind) is not { } value)
                mistakes.Add($"{path}.value", $"The column '{column.Name}' ({FieldTypes.NameOf(column.Type.Kind)}) cannot hold '{derived.Value}' as the mark of a type; texts and whole numbers can be one.");
            else
                completed.Add(new(derived, column, value, own));
        }
        return completed;
    }

    private static List<CompletedField> Fields(
        DerivedDefinition derived, TableSchema table, IReadOnlyList<CompletedField> fields, string path, MistakeList mistakes)
    {
        var own = new List<CompletedField>();
        // A derived type has the members of its base type as well: no name can be used twice.
        var taken = new HashSet<string>(fields.Select(field => field.Path[0]), StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < (derived.Fields?.Count ?? 0); i++)
        {
            var field = derived.Fields![i];
            var at = $"{path}.fields[{i}]";
            var name = field.Name ?? Identifiers.PascalCase(field.Column, "Column");
            if (taken.Contains(name.Split('/')[0]))
                mistakes.Add($"{at}.name", $"'{name.Split('/')[0]}' is a field of the endpoint already; names differ in more than case.");
            if (table.Column(field.Column) is { } column)
                own.Add(FieldCompletion.Complete(name, column, field, isKey: false, at, mistakes));
            else
                ExposedColumns.AddUnknown(field.Column, table, $"{at}.column", mistakes);
        }
        DefinitionCompletion.CheckPaths(own.Select((field, i) => (field, $"{path}.fields[{i}].name")), mistakes);
        return own;
    }

    private static object? ValueOf(string text, ValueKind kind) => kind switch
    {
        ValueKind.String or ValueKind.Enum => text,
        ValueKind.Byte => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        ValueKind.Int16 => short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        ValueKind.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        ValueKind.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };
}
