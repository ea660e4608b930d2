namespace BackendApi.Model;

/// <summary>Fits one field to its column: what the document leaves out comes from the column, what it says must not contradict it.</summary>
internal static class FieldCompletion
{
    /// <param name="field">The document's; null when the document lists no fields.</param>
    /// <param name="path">The field's place in the document.</param>
    public static CompletedField Complete(string name, ColumnSchema column, FieldDefinition? field, bool isKey, string path, MistakeList mistakes)
    {
        var kind = KindOf(column, field, path, mistakes);
        var items = kind != ValueKind.Json ? null : field?.Type is { } type ? FieldTypes.ItemsOf(type) : column.Type.Items;
        if (field is not null)
            Check(field, column, kind, path, mistakes);
        var isWritable = !column.IsGenerated;
        var definition = (field ?? new FieldDefinition { Column = column.Name }) with
        {
            Name = name,
            Type = FieldTypes.Spelled(kind, items),
            // Objects in a list are shown and asked, not written.
            IsCreatable = items != ValueKind.Json && (field?.IsCreatable ?? (isWritable && !column.IsIdentity)),
            // A key is what other rows and links know an entity by; it never changes.
            IsEditable = !isKey && items != ValueKind.Json && (field?.IsEditable ?? (isWritable && !column.IsIdentity)),
            Description = field?.Description ?? column.Comment,
            Members = kind == ValueKind.Enum ? field?.Members ?? MembersOf(column) : null,
            Precision = field?.Precision ?? column.Type.Precision,
            Scale = field?.Scale ?? (kind == ValueKind.Decimal ? column.Type.Scale : null),
            Validation = CompleteValidation(field?.Validation, column, kind),
        };
        // A collection is never null (CSDL 4.01, 6.2.1): where the column is, it is empty.
        return new(name, column, kind, column.IsNullable && !isKey && items is null, definition) { Items = items };
    }

    private static ValueKind KindOf(ColumnSchema column, FieldDefinition? field, string path, MistakeList mistakes)
    {
        var natural = FieldTypes.DefaultFor(column);
        if (field?.Type is not { } type || (FieldTypes.ItemsOf(type) is null ? FieldTypes.Parse(type) : ValueKind.Json) is not { } wanted)
            return natural;
        if (FieldTypes.CanShow(column.Type.Kind, wanted))
            return wanted;
        mistakes.Add($"{path}.type", $"The column '{column.Name}' has type {FieldTypes.NameOf(column.Type.Kind)} ({column.Type.Native}), which cannot be shown as {type}.");
        return natural;
    }

    private static ValidationDefinition CompleteValidation(ValidationDefinition? given, ColumnSchema column, ValueKind kind)
    {
        var isText = kind is ValueKind.String;
        var isDecimal = kind == ValueKind.Decimal;
        return (given ?? new ValidationDefinition()) with
        {
            IsRequired = given?.IsRequired ?? (!column.IsNullable && column.Default is null && !column.IsIdentity && !column.IsGenerated),
            MaxLength = given?.MaxLength ?? (isText ? column.Type.MaxLength : null),
            Precision = given?.Precision ?? (isDecimal ? column.Type.Precision : null),
            Scale = given?.Scale ?? (isDecimal ? column.Type.Scale : null),
            Enum = given?.Enum ?? (isText ? column.Members : null),
        };
    }

    private static void Check(FieldDefinition field, ColumnSchema column, ValueKind kind, string path, MistakeList mistakes)
    {
        if (column.IsGenerated && field.IsCreatable == true)
            mistakes.Add($"{path}.isCreatable", $"The database computes the column '{column.Name}'; no client can set it.");
        if (column.IsGenerated && field.IsEditable == true)
            mistakes.Add($"{path}.isEditable", $"The database computes the column '{column.Name}'; no client can set it.");
        if (kind == ValueKind.Enum)
            CheckMembers(field, column, path, mistakes);
        CheckFacets(field.Precision, field.Scale, column, kind, path, mistakes);
        if (field.Validation is { } validation)
            CheckValidation(validation, column, kind, $"{path}.validation", mistakes);
    }

    private static void CheckMembers(FieldDefinition field, ColumnSchema column, string path, MistakeList mistakes)
    {
        if (field.Members is null && column.Members is null)
            mistakes.Add($"{path}.members", $"The column '{column.Name}' does not say which values it allows: name the members of the enumeration.");
        if (field.Members is null || column.Members is null || field.IsFlags)
            return;
        var values = field.Members.Select(member => member.Value ?? member.Name).ToHashSet();
        foreach (var missing in column.Members.Where(value => !values.Contains(value)))
            mistakes.Add($"{path}.members", $"The column '{column.Name}' allows the value '{missing}', for which there is no member.");
    }

    private static void CheckFacets(int? precision, int? scale, ColumnSchema column, ValueKind kind, string path, MistakeList mistakes)
    {
        if (kind != ValueKind.Decimal)
        {
            if (precision is not null && kind is not (ValueKind.DateTimeOffset or ValueKind.TimeOfDay or ValueKind.Duration))
                mistakes.Add($"{path}.precision", $"A {FieldTypes.NameOf(kind)} has no precision.");
            if (scale is not null)
                mistakes.Add($"{path}.scale", $"A {FieldTypes.NameOf(kind)} has no scale.");
            return;
        }
        // Clients that read 10.25 into decimal(3,1) lose digits without a word.
        if (precision < column.Type.Precision)
            mistakes.Add($"{path}.precision", $"The column '{column.Name}' holds {column.Type.Precision} digits, more than {precision}.");
        if (scale < column.Type.Scale)
            mistakes.Add($"{path}.scale", $"The column '{column.Name}' holds {column.Type.Scale} digits behind the point, more than {scale}.");
    }

    private static void CheckValidation(ValidationDefinition validation, ColumnSchema column, ValueKind kind, string path, MistakeList mistakes)
    {
        var name = FieldTypes.NameOf(kind);
        var isNumber = FieldTypes.IsNumber(kind);
        var isText = kind == ValueKind.String;
        Only(isNumber, validation.Min, "min", "numbers");
        Only(isNumber, validation.Max, "max", "numbers");
        Only(isText, validation.MinLength, "minLength", "texts");
        Only(isText, validation.MaxLength, "maxLength", "texts");
        Only(isText, validation.Pattern, "pattern", "texts");
        Only(isText, validation.Enum, "enum", "texts");
        Only(isText, validation.Format, "format", "texts");
        Only(kind == ValueKind.Decimal, validation.Precision, "precision", "decimals");
        Only(kind == ValueKind.Decimal, validation.Scale, "scale", "decimals");
        if (isText && validation.MaxLength > column.Type.MaxLength)
            mistakes.Add($"{path}.maxLength", $"The column '{column.Name}' holds {column.Type.MaxLength} characters, fewer than {validation.MaxLength}.");
        if (isText && validation.MinLength > column.Type.MaxLength)
            mistakes.Add($"{path}.minLength", $"The column '{column.Name}' holds {column.Type.MaxLength} characters, fewer than {validation.MinLength}.");
        if (isText && validation.Enum is { } values && column.Members is { } members)
            for (var i = 0; i < values.Count; i++)
                if (!members.Contains(values[i]))
                    mistakes.AddUnknown($"{path}.enum[{i}]", $"The column '{column.Name}' does not allow the value '{values[i]}'.", values[i], members);

        void Only(bool applies, object? value, string member, string to)
        {
            if (!applies && value is not null)
                mistakes.Add($"{path}.{member}", $"'{member}' applies to {to}; this field has type {name}.");
        }
    }

    /// <summary>A column's own texts as members: identifiers in their order, unlike ones told apart by number.</summary>
    private static List<EnumMember>? MembersOf(ColumnSchema column)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return column.Members?
            .Select(text => (Name: Identifiers.Unique(Identifiers.IsIdentifier(text) ? text : Identifiers.Underscored(text, "Empty"), taken), Text: text))
            .Select(member => new EnumMember(member.Name, member.Name == member.Text ? null : member.Text))
            .ToList();
    }
}
