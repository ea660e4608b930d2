using System.Text.RegularExpressions;

namespace BackendApi.Model;

/// <summary>What a configuration document must satisfy by itself, before anything is looked up in the catalogue.</summary>
internal static partial class DefinitionValidator
{
    public static readonly IReadOnlyList<string> Formats = ["email", "url", "uuid"];
    public static readonly IReadOnlyList<string> Transforms = ["trim", "upper", "lower"];
    public static readonly IReadOnlyList<string> Multiplicities = ["one", "many"];

    private static readonly string Objects = FieldTypes.Spelled(ValueKind.Json, ValueKind.Json);

    public static void Check(EndpointDefinition definition, MistakeList mistakes)
    {
        if (definition.Alias.Length > Identifiers.MaxLength || !AliasPattern().IsMatch(definition.Alias))
            mistakes.Add("alias", $"The alias '{definition.Alias}' may hold letters, digits, - and _ only, at most {Identifiers.MaxLength}.");
        if (definition.EntitySet is { } set)
            CheckIdentifier(set, "entitySet", mistakes);
        CheckColumns(definition.Key, "key", mistakes);
        CheckFields(definition.Fields, "fields", mistakes);
        for (var i = 0; i < (definition.AlternateKeys?.Count ?? 0); i++)
            CheckColumns(definition.AlternateKeys![i], $"alternateKeys[{i}]", mistakes);
        if (definition.Search is { Count: > 0 })
            CheckColumns(definition.Search, "search", mistakes);
        if (definition.Filter is { } filter && string.IsNullOrWhiteSpace(filter))
            mistakes.Add("filter", "The filter is empty. Leave it out when every row is shown.");
        for (var i = 0; i < (definition.Rules?.Count ?? 0); i++)
        {
            if (string.IsNullOrWhiteSpace(definition.Rules![i].Expression))
                mistakes.Add($"rules[{i}].expression", "The rule has no expression.");
            if (string.IsNullOrWhiteSpace(definition.Rules[i].Message))
                mistakes.Add($"rules[{i}].message", "The rule has no message for a row that breaks it.");
        }
        CheckRelations(definition.Relations, "relations", mistakes);
        CheckDerived(definition.Derived, mistakes);
        if (definition.Media?.ContentType is { } mediaType && !MediaTypePattern().IsMatch(mediaType))
            mistakes.Add("media.contentType", $"'{mediaType}' is not a media type such as image/png.");
        CheckStreams(definition.Streams, mistakes);
        if (definition is { IsSingleton: true, Allow.Create: true })
            mistakes.Add("allow.create", "A singleton is never created.");
        if (definition is { IsSingleton: true, Allow.Delete: true })
            mistakes.Add("allow.delete", "A singleton is never deleted.");
        if (definition is { IsSingleton: true, TrackChanges: true })
            mistakes.Add("trackChanges", "Changes are tracked for entity sets, and this is a singleton.");
    }

    private static void CheckColumns(IReadOnlyList<string>? columns, string path, MistakeList mistakes)
    {
        if (columns is null)
            return;
        if (columns.Count == 0)
            mistakes.Add(path, "The list names no column. Leave it out to take what the catalogue says.");
        for (var i = 1; i < columns.Count; i++)
            if (columns.Take(i).Contains(columns[i]))
                mistakes.Add($"{path}[{i}]", $"The column '{columns[i]}' is named twice.");
    }

    private static void CheckStreams(IReadOnlyList<StreamDefinition>? streams, MistakeList mistakes)
    {
        var columns = new HashSet<string>();
        for (var i = 0; i < (streams?.Count ?? 0); i++)
        {
            var stream = streams![i];
            if (!columns.Add(stream.Column))
                mistakes.Add($"streams[{i}].column", $"The column '{stream.Column}' is listed twice.");
            if (stream.Name is { } name)
                CheckIdentifier(name, $"streams[{i}].name", mistakes);
            if (stream.ContentType is { } type && !MediaTypePattern().IsMatch(type))
                mistakes.Add($"streams[{i}].contentType", $"'{type}' is not a media type such as image/png.");
        }
    }

    private static void CheckFields(IReadOnlyList<FieldDefinition>? fields, string list, MistakeList mistakes)
    {
        if (fields is { Count: 0 })
            mistakes.Add(list, "The list names no field. Leave it out to show every column.");
        var columns = new HashSet<string>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < (fields?.Count ?? 0); i++)
        {
            var field = fields![i];
            var path = $"{list}[{i}]";
            if (!columns.Add(field.Column))
                mistakes.Add($"{path}.column", $"The column '{field.Column}' is listed twice.");
            if (field.Name is { } name && CheckPath(name, $"{path}.name", mistakes) && !names.Add(name))
                mistakes.Add($"{path}.name", $"Another field is named '{name}' already; names differ in more than case.");
            CheckField(field, path, mistakes);
        }
    }

    /// <summary>A name, or names with slashes between them: the last is a property of the complex property before it.</summary>
    private static bool CheckPath(string name, string path, MistakeList mistakes)
    {
        var isPath = true;
        foreach (var part in name.Split('/'))
            isPath &= CheckIdentifier(part, path, mistakes);
        return isPath;
    }

    private static void CheckField(FieldDefinition field, string path, MistakeList mistakes)
    {
        if (field.Type is { } type && FieldTypes.Parse(type) is null && FieldTypes.ItemsOf(type) is null)
            mistakes.AddUnknown(
                $"{path}.type", $"There is no type '{type}'; types are {string.Join(", ", FieldTypes.All)}, and collection(...) of those that a JSON list can hold.",
                type, FieldTypes.All.Concat(FieldTypes.Collections));
        if (field.Type != "enum" && field.Members is not null)
            mistakes.Add($"{path}.members", "Only a field of type enum has members. Use validation.enum to restrict the values of another type.");
        if (field.Type != "enum" && field.IsFlags)
            mistakes.Add($"{path}.isFlags", "Only a field of type enum can be flags.");
        if (field.Type != Objects && field.Items is not null)
            mistakes.Add($"{path}.items", $"Only a field of type {Objects} has items.");
        else if (field.Type == Objects)
            CheckItems(field.Items ?? [], $"{path}.items", mistakes);
        if (field.Members is { } members)
            CheckMembers(members, field.IsFlags, $"{path}.members", mistakes);
        CheckPrecision(field.Precision, field.Scale, path, mistakes);
        CheckTransforms(field.Transform ?? [], $"{path}.transform", mistakes);
        if (field.Validation is { } validation)
            CheckValidation(validation, $"{path}.validation", mistakes);
    }

    private static void CheckTransforms(IReadOnlyList<TransformDefinition> transforms, string list, MistakeList mistakes)
    {
        var members = new HashSet<string>();
        for (var i = 0; i < transforms.Count; i++)
        {
            var transform = transforms[i];
            var path = $"{list}[{i}]";
            var given = new[] { ("step", transform.Step), ("default", transform.Default), ("constant", transform.Constant), ("lookup", transform.Lookup?.Set), ("compute", transform.Compute) }
                .Where(member => member.Item2 is not null).Select(member => member.Item1).ToList();
            if (given is not [var member])
                mistakes.Add(path, "A transformation is one of trim, upper, lower, or an object with one of default, constant, lookup, compute.");
            else if (transform.Step is { } step && !Transforms.Contains(step))
                mistakes.Add(path, $"There is no transformation '{step}'. There are {string.Join(", ", Transforms)}, and objects with default, constant, lookup or compute.");
            else if (transform.Step is null && !members.Add(member))
                mistakes.Add($"{path}.{member}", $"There is another '{member}' before.");
            else if (member is "constant" or "compute" && transforms.Count > 1)
                mistakes.Add($"{path}.{member}", $"With '{member}', what the client says does not matter: no other transformation can stand beside it.");
        }
    }

    private static void CheckItems(IReadOnlyList<ItemDefinition> items, string path, MistakeList mistakes)
    {
        if (items.Count == 0)
            mistakes.Add(path, $"A field of type {Objects} says which members its objects have.");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < items.Count; i++)
        {
            if (CheckIdentifier(items[i].Name, $"{path}[{i}].name", mistakes) && !names.Add(items[i].Name))
                mistakes.Add($"{path}[{i}].name", $"Another member is named '{items[i].Name}' already; names differ in more than case.");
            if (FieldTypes.MemberOf(items[i].Type) is null)
                mistakes.AddUnknown($"{path}[{i}].type", $"A member of an object in a list cannot have the type '{items[i].Type}'.", items[i].Type, FieldTypes.All.Where(type => FieldTypes.MemberOf(type) is not null));
        }
    }

    private static void CheckMembers(IReadOnlyList<EnumMember> members, bool areFlags, string path, MistakeList mistakes)
    {
        if (members.Count == 0)
            mistakes.Add(path, "An enumeration needs at least one member.");
        if (areFlags && members.Count > 63)
            mistakes.Add(path, "Flags have at most 63 members.");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var values = new HashSet<string>();
        for (var i = 0; i < members.Count; i++)
        {
            if (CheckIdentifier(members[i].Name, $"{path}[{i}].name", mistakes) && !names.Add(members[i].Name))
                mistakes.Add($"{path}[{i}].name", $"Another member is named '{members[i].Name}' already; names differ in more than case.");
            if (!values.Add(members[i].Value ?? members[i].Name))
                mistakes.Add($"{path}[{i}].value", $"Another member stands for the value '{members[i].Value ?? members[i].Name}' already.");
        }
    }

    private static void CheckValidation(ValidationDefinition validation, string path, MistakeList mistakes)
    {
        if (validation.Min > validation.Max)
            mistakes.Add($"{path}.min", $"The minimum {validation.Min} is above the maximum {validation.Max}.");
        if (validation.MinLength < 0)
            mistakes.Add($"{path}.minLength", "A length is not negative.");
        if (validation.MaxLength < 0)
            mistakes.Add($"{path}.maxLength", "A length is not negative.");
        if (validation.MinLength > validation.MaxLength)
            mistakes.Add($"{path}.minLength", $"The minimum length {validation.MinLength} is above the maximum length {validation.MaxLength}.");
        if (validation.Pattern is { } pattern && PatternMistake(pattern) is { } mistake)
            mistakes.Add($"{path}.pattern", mistake);
        if (validation.Enum is { Count: 0 })
            mistakes.Add($"{path}.enum", "The list allows no value.");
        if (validation.Format is { } format && !Formats.Contains(format))
            mistakes.Add($"{path}.format", $"There is no format '{format}'. There are {string.Join(", ", Formats)}.");
        CheckPrecision(validation.Precision, validation.Scale, path, mistakes);
    }

    private static void CheckPrecision(int? precision, int? scale, string path, MistakeList mistakes)
    {
        if (precision < 1)
            mistakes.Add($"{path}.precision", "The precision is at least 1.");
        if (scale < 0)
            mistakes.Add($"{path}.scale", "The scale is not negative.");
        if (scale > precision)
            mistakes.Add($"{path}.scale", $"The scale {scale} is above the precision {precision}.");
    }

    private static string? PatternMistake(string pattern)
    {
        try
        {
            _ = FieldPattern.Compile(pattern);
            return null;
        }
        catch (RegexParseException mistake)
        {
            return $"The pattern is not a regular expression: {mistake.Error} at character {mistake.Offset}.";
        }
        catch (NotSupportedException)
        {
            return "The pattern uses backreferences, lookarounds or atomic groups, which are not supported.";
        }
    }

    private static void CheckDerived(IReadOnlyList<DerivedDefinition>? derived, MistakeList mistakes)
    {
        for (var i = 0; i < (derived?.Count ?? 0); i++)
        {
            var path = $"derived[{i}]";
            CheckIdentifier(derived![i].Name, $"{path}.name", mistakes);
            for (var other = 0; other < i; other++)
                if (derived[other].Column == derived[i].Column && derived[other].Value == derived[i].Value)
                    mistakes.Add($"{path}.value", $"Rows with the value '{derived[i].Value}' are of the type '{derived[other].Name}' already.");
            CheckFields(derived[i].Fields, $"{path}.fields", mistakes);
            CheckRelations(derived[i].Relations, $"{path}.relations", mistakes);
        }
    }

    private static void CheckRelations(IReadOnlyList<RelationDefinition>? relations, string list, MistakeList mistakes)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < (relations?.Count ?? 0); i++)
        {
            var relation = relations![i];
            var path = $"{list}[{i}]";
            if (CheckIdentifier(relation.Name, $"{path}.name", mistakes) && !names.Add(relation.Name))
                mistakes.Add($"{path}.name", $"Another relation is named '{relation.Name}' already; names differ in more than case.");
            if (relation.Multiplicity is { } multiplicity && !Multiplicities.Contains(multiplicity))
                mistakes.Add($"{path}.multiplicity", $"The multiplicity '{multiplicity}' is neither one nor many.");
            if (relation.On is { Count: 0 })
                mistakes.Add($"{path}.on", "The list names no columns. Leave it out to take them from the foreign key.");
            if (relation.Through is not { } through)
                continue;
            if (relation.On is not null)
                mistakes.Add($"{path}.on", "A relation through a link table states its columns in 'through' only.");
            if (relation.Multiplicity == "one")
                mistakes.Add($"{path}.multiplicity", "A relation through a link table leads to many.");
            if (through.On.Count == 0)
                mistakes.Add($"{path}.through.on", "The list names no columns.");
            if (through.To.Count == 0)
                mistakes.Add($"{path}.through.to", "The list names no columns.");
        }
    }

    private static bool CheckIdentifier(string name, string path, MistakeList mistakes)
    {
        if (Identifiers.IsIdentifier(name))
            return true;
        mistakes.Add(path, $"'{name}' is not an OData identifier: a letter or _ first, then letters, digits and _, at most {Identifiers.MaxLength}.");
        return false;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]+\z")]
    private static partial Regex AliasPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+-]+(\s*;[ -~]*)?\z")]
    private static partial Regex MediaTypePattern();
}
