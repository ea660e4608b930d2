using System.Text.Json;
using BackendApi.Resources;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>Makes the types of one EDM: entity types, what is derived from them, complex and enumeration types, and their properties.</summary>
/// <param name="names">Names that no type can have any more: types, container and terms share one namespace.</param>
internal sealed class TypeBuilder(EdmModel model, HashSet<string> names)
{
    private readonly Dictionary<string, EdmComplexType> complexTypes = [];
    private readonly List<EdmEnumType> enumTypes = [];

    /// <summary>The complex types of compiled sets, each once however many sets use it, and those of objects in JSON lists.</summary>
    public IReadOnlyList<EdmComplexType> SharedComplexTypes => [.. complexTypes.Values];
    public IReadOnlyList<EdmEnumType> EnumTypes => enumTypes;

    public EdmEntityType AddEntityType(string name, EdmEntityType? baseType = null, bool hasStream = false)
    {
        var type = new EdmEntityType(EdmBuilder.Namespace, name, baseType, isAbstract: false, isOpen: false, hasStream);
        model.AddElement(type);
        return type;
    }

    /// <summary>The fields as members of a type; those with a path into complex properties of it.</summary>
    /// <param name="structures">Columns whose JSON is shown as complex values.</param>
    public Structure AddMembers(
        EdmStructuredType type, string typeName, IReadOnlyList<CompletedField> fields, int depth = 0, IReadOnlyDictionary<string, StructuredColumn>? structures = null)
    {
        var properties = new List<PropertyModel>(fields.Count);
        List<ComplexModel>? complex = null;
        foreach (var field in fields)
        {
            if (field.Path.Count == depth + 1)
                properties.Add(AddProperty(type, typeName, field, structures?.GetValueOrDefault(field.Column.Name)));
            else if (complex is null || !complex.Exists(known => known.Name == field.Path[depth]))
                (complex ??= []).Add(AddComplex(type, typeName, [.. fields.Where(other => other.Path.Count > depth + 1 && other.Path[depth] == field.Path[depth])], depth));
        }
        return new(properties, complex ?? []);
    }

    public static StreamModel AddStream(EdmEntityType type, CompletedStream stream) => new()
    {
        Media = stream.Media,
        Edm = type.AddStructuralProperty(stream.Media.Name, EdmCoreModel.Instance.GetStream(isNullable: stream.Media.Column.IsNullable)),
        Description = stream.Description,
    };

    private ComplexModel AddComplex(EdmStructuredType owner, string ownerName, IReadOnlyList<CompletedField> fields, int depth)
    {
        var name = fields[0].Path[depth];
        var type = new EdmComplexType(EdmBuilder.Namespace, Unique(ownerName + name));
        model.AddElement(type);
        var isNullable = fields.All(field => field.IsNullable);
        return new()
        {
            Name = name,
            Path = string.Join('/', fields[0].Path.Take(depth + 1)),
            Type = type,
            Members = AddMembers(type, type.Name, fields, depth + 1),
            Edm = owner.AddStructuralProperty(name, new EdmComplexTypeReference(type, isNullable)),
            JsonName = JsonEncodedText.Encode(name),
            IsNullable = isNullable,
        };
    }

    private PropertyModel AddProperty(EdmStructuredType type, string typeName, CompletedField field, StructuredColumn? structure)
    {
        var definition = field.Definition;
        var name = field.Path[^1];
        IEdmTypeReference reference = structure is not null
            ? Reference(structure, field.IsNullable)
            : field.Kind == ValueKind.Enum
            ? new EdmEnumTypeReference(AddEnumType(typeName + name, definition), field.IsNullable)
            : field.Items == ValueKind.Json
            ? EdmCoreModel.GetCollection(new EdmComplexTypeReference(AddItemType(typeName + name, definition.Items ?? []), isNullable: true))
            : field.Items is { } items
            ? EdmCoreModel.GetCollection(PrimitiveType(items, isNullable: true, null, definition.Precision, definition.Scale))
            : PrimitiveType(field.Kind, field.IsNullable, field.Column.Type.MaxLength, definition.Precision, definition.Scale);
        return new()
        {
            Name = name,
            Path = field.Name,
            Alias = definition.Alias ?? field.Name,
            Column = field.Column,
            Kind = field.Kind,
            Items = field.Items,
            ItemMembers = field.Items != ValueKind.Json ? [] :
                [.. (definition.Items ?? []).Select(item => new ItemMember(item.Name, FieldTypes.MemberOf(item.Type) ?? ValueKind.String, JsonEncodedText.Encode(item.Name)))],
            IsNullable = field.IsNullable,
            Edm = type.AddStructuralProperty(name, reference),
            JsonName = JsonEncodedText.Encode(name),
            JsonAlias = JsonEncodedText.Encode(definition.Alias ?? field.Name),
            Definition = definition,
            Members = definition.Members,
            Description = definition.Description,
            IsCreatable = definition.IsCreatable == true,
            IsEditable = definition.IsEditable == true,
        };
    }

    private IEdmTypeReference Reference(StructuredColumn column, bool isNullable)
    {
        var single = new EdmComplexTypeReference(AddComplexType(column.Type), isNullable && !column.IsCollection);
        return column.IsCollection ? EdmCoreModel.GetCollection(single) : single;
    }

    private EdmComplexType AddItemType(string name, IReadOnlyList<ItemDefinition> items)
    {
        var type = new EdmComplexType(EdmBuilder.Namespace, Unique(name));
        complexTypes.Add(type.Name, type);
        foreach (var item in items)
            type.AddStructuralProperty(item.Name, PrimitiveType(FieldTypes.MemberOf(item.Type) ?? ValueKind.String, isNullable: true, null, null, null));
        model.AddElement(type);
        return type;
    }

    private EdmEnumType AddEnumType(string name, FieldDefinition definition)
    {
        var members = definition.Members!;
        var underlying = members.Count > 31 && definition.IsFlags ? EdmPrimitiveTypeKind.Int64 : EdmPrimitiveTypeKind.Int32;
        var type = new EdmEnumType(EdmBuilder.Namespace, Unique(name), underlying, definition.IsFlags);
        for (var i = 0; i < members.Count; i++)
            type.AddMember(members[i].Name, new EdmEnumMemberValue(definition.IsFlags ? 1L << i : i));
        model.AddElement(type);
        enumTypes.Add(type);
        return type;
    }

    private string Unique(string name) =>
        Identifiers.Unique(name.Length > Identifiers.MaxLength ? name[..Identifiers.MaxLength] : name, names);

    private EdmComplexType AddComplexType(StructuredType structure)
    {
        if (complexTypes.TryGetValue(structure.Name, out var known))
            return known;
        var type = new EdmComplexType(EdmBuilder.Namespace, structure.Name);
        complexTypes.Add(structure.Name, type);
        foreach (var member in structure.Members)
        {
            var isNullable = member.IsNullable && !member.IsCollection;
            IEdmTypeReference single = member.Structure is null
                ? PrimitiveType(member.Kind, isNullable, null, null, null)
                : new EdmComplexTypeReference(AddComplexType(member.Structure), isNullable);
            type.AddStructuralProperty(member.Name, member.IsCollection ? EdmCoreModel.GetCollection(single) : single);
        }
        model.AddElement(type);
        return type;
    }

    /// <summary>A type in the signature of an operation; complex and enumeration types are made when they are first used, and are those of their names.</summary>
    public IEdmTypeReference Reference(OperationType type) => type switch
    {
        { Item: { } item } => EdmCoreModel.GetCollection(Reference(item)),
        { Enumeration: { } enumeration } => new EdmEnumTypeReference(EnumType(enumeration), type.IsNullable),
        { Complex: { } complex } => new EdmComplexTypeReference(ComplexType(complex), type.IsNullable),
        // Nothing limits the digits of a decimal in code.
        _ => PrimitiveType(type.Kind!.Value, type.IsNullable, null, null, null),
    };

    private EdmEnumType EnumType(Type enumeration)
    {
        if (enumTypes.Find(known => known.Name == enumeration.Name) is { } added)
            return added;
        var isFlags = enumeration.IsDefined(typeof(FlagsAttribute), inherit: false);
        var values = Enum.GetValuesAsUnderlyingType(enumeration).Cast<object>().Select(value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var type = new EdmEnumType(EdmBuilder.Namespace, enumeration.Name, Array.TrueForAll(values, value => value is >= int.MinValue and <= int.MaxValue) ? EdmPrimitiveTypeKind.Int32 : EdmPrimitiveTypeKind.Int64, isFlags);
        var names = Enum.GetNames(enumeration);
        for (var i = 0; i < names.Length; i++)
            type.AddMember(names[i], new EdmEnumMemberValue(values[i]));
        model.AddElement(type);
        enumTypes.Add(type);
        return type;
    }

    private EdmComplexType ComplexType(ComplexShape complex)
    {
        if (complexTypes.TryGetValue(complex.Name, out var known))
            return known;
        var type = new EdmComplexType(EdmBuilder.Namespace, complex.Name);
        complexTypes.Add(complex.Name, type);
        foreach (var member in complex.Members)
            type.AddStructuralProperty(member.Name, Reference(member.Type));
        model.AddElement(type);
        return type;
    }

    private static IEdmTypeReference PrimitiveType(ValueKind kind, bool isNullable, int? maxLength, int? precision, int? scale)
    {
        // Fractions of a second beyond 100 ns do not exist in the values that we carry.
        const int MostFractionalDigits = 7;
        // What a reader's decimal is sure to hold; said where the column itself states no limit.
        const int MostDecimalDigits = 28;
        var type = kind.Primitive();
        return type switch
        {
            // EdmCoreModel.GetDecimal takes two absent facets for a scale of 0.
            EdmPrimitiveTypeKind.Decimal => new EdmDecimalTypeReference(EdmCoreModel.Instance.GetPrimitiveType(type), isNullable, precision ?? MostDecimalDigits, scale),
            EdmPrimitiveTypeKind.DateTimeOffset or EdmPrimitiveTypeKind.TimeOfDay or EdmPrimitiveTypeKind.Duration =>
                EdmCoreModel.Instance.GetTemporal(type, Math.Min(precision ?? MostFractionalDigits, MostFractionalDigits), isNullable),
            EdmPrimitiveTypeKind.String => EdmCoreModel.Instance.GetString(false, kind == ValueKind.String ? maxLength : null, true, isNullable),
            EdmPrimitiveTypeKind.Binary => EdmCoreModel.Instance.GetBinary(false, maxLength, isNullable),
            _ => EdmCoreModel.Instance.GetPrimitive(type, isNullable),
        };
    }
}
