using BackendApi.Parse;
using BackendApi.Parse.Bodies;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>Binds what the documents say of transformations to the sets of a snapshot: values get types, names become sets and properties, expressions are parsed.</summary>
/// <param name="sets">By name.</param>
internal sealed class TransformBinding(EdmModel model, IReadOnlyDictionary<string, EntitySetModel> sets, ParseLimits limits)
{
    public static bool IsNeeded(EndpointDefinition definition) =>
        Fields(definition).Any(field => field.Field.Transform is not null);

    public void Bind(CompletedDefinition definition, EntitySetModel set)
    {
        var computed = new List<(DerivedModel? Type, PropertyModel Property)>();
        foreach (var (field, path, derived) in Fields(definition.Source))
        {
            var type = derived is null ? null : set.Derived.FirstOrDefault(known => known.Name == derived);
            var property = (derived is null ? set.Members : type?.Members)?.Columns.FirstOrDefault(property => property.Column.Name == field.Column);
            if (property is null || field.Transform is null)
                continue;
            var bound = TransformModel.None;
            for (var i = 0; i < field.Transform.Count; i++)
                bound = Add(bound, field.Transform[i], property, type?.Type ?? set.EntityType, $"{path}.transform[{i}]", definition.Mistakes);
            property.Transform = bound;
            CheckSteps(bound, property, field, path, definition.Mistakes);
            CheckUse(property, field, path, definition.Mistakes);
            if (bound.Compute is null)
                continue;
            computed.Add((type, property));
            CheckComputed(set, property, path, definition.Mistakes);
        }
        set.Computed = computed;
    }

    private static IEnumerable<(FieldDefinition Field, string Path, string? Derived)> Fields(EndpointDefinition definition)
    {
        for (var i = 0; i < (definition.Fields?.Count ?? 0); i++)
            yield return (definition.Fields![i], $"fields[{i}]", null);
        for (var i = 0; i < (definition.Derived?.Count ?? 0); i++)
            for (var j = 0; j < (definition.Derived![i].Fields?.Count ?? 0); j++)
                yield return (definition.Derived[i].Fields![j], $"derived[{i}].fields[{j}]", definition.Derived[i].Name);
    }

    private TransformModel Add(TransformModel bound, TransformDefinition transform, PropertyModel property, IEdmStructuredType type, string path, MistakeList mistakes) => transform switch
    {
        { Step: { } name } when TransformModel.StepOf(name) is { } step => bound with { Steps = [.. bound.Steps, step] },
        { Default: { } text } => bound with { Default = Value(text, property, $"{path}.default", mistakes) },
        { Constant: { } text } => bound with { Constant = Value(text, property, $"{path}.constant", mistakes) },
        { Lookup: { } lookup } => bound with { Lookup = Lookup(lookup, property, $"{path}.lookup", mistakes) },
        { Compute: { } text } => bound with { Compute = Expression(text, property, type, $"{path}.compute", mistakes) },
        _ => bound,
    };

    private static object? Value(string text, PropertyModel property, string path, MistakeList mistakes)
    {
        var value = FieldRules.Read(text, property) is var read && read is EnumValue member ? ValueParser.Stored(property, member) : read;
        if (property.Items is not null || property.Kind == ValueKind.Json)
            mistakes.Add(path, $"A {(property.Items is null ? "json" : "collection")} takes no such value.");
        else if (value is null)
            mistakes.Add(path, $"'{ValueTexts.Bounded(text)}' is not a value of type {FieldTypes.NameOf(property.Kind)}.");
        // What the document stores keeps the rules that it sets for clients.
        var broken = new Mistakes();
        if (value is not null)
            FieldChecks.Hold(new(property, ordinal: 0), value, BodyPath.Root, broken);
        foreach (var mistake in broken.Errors)
            mistakes.Add(path, mistake.Message);
        return value;
    }

    private LookupModel? Lookup(LookupDefinition lookup, PropertyModel property, string path, MistakeList mistakes)
    {
        var set = sets.GetValueOrDefault(lookup.Set) ?? sets.Values.FirstOrDefault(candidate => candidate.Alias == lookup.Set);
        if (set is null)
        {
            mistakes.AddUnknown($"{path}.set", $"There is no endpoint '{lookup.Set}'.", lookup.Set, sets.Values.Select(known => known.Alias));
            return null;
        }
        if (set.PropertiesByName.GetValueOrDefault(lookup.By) is not { } by)
        {
            mistakes.AddUnknown($"{path}.by", $"{set.Name} has no property '{lookup.By}'.", lookup.By, set.PropertiesByName.Keys);
            return null;
        }
        if (!set.AlternateKeys.Append(set.Key).Any(key => key.Count == 1 && key[0] == by))
            mistakes.Add($"{path}.by", $"Two rows of {set.Name} could have the same {by.Name}: it is neither the key nor an alternate one.");
        else if (set.Key.Count != 1)
            mistakes.Add($"{path}.set", $"The key of {set.Name} has several parts, which one field cannot hold.");
        else if (set.Key[0].Kind != property.Kind)
            mistakes.Add($"{path}.set", $"The key of {set.Name} has type {FieldTypes.NameOf(set.Key[0].Kind)}; this field has type {FieldTypes.NameOf(property.Kind)}.");
        else
            return new(set, by, set.Key[0]);
        return null;
    }

    private Expression? Expression(string text, PropertyModel property, IEdmStructuredType type, string path, MistakeList mistakes)
    {
        try
        {
            var expression = UrlParser.ParseExpression(model, type, text, limits);
            if (Fits(expression.Type.Kind(), property))
                return expression;
            mistakes.Add(path, $"The expression has type {PrimitiveTypes.NameOf(expression.Type)}; this field has type {FieldTypes.Spelled(property.Kind, property.Items)}.");
        }
        catch (ServiceException mistake)
        {
            mistakes.Add(path, mistake.Error.Message);
        }
        return null;
    }

    /// <summary>Databases convert numbers themselves; everything else has the field's own type.</summary>
    private static bool Fits(ValueKind? computed, PropertyModel property) =>
        property.Items is null && computed is { } kind && (kind == property.Kind || FieldTypes.IsNumber(kind) && FieldTypes.IsNumber(property.Kind));

    private static void CheckSteps(TransformModel bound, PropertyModel property, FieldDefinition field, string path, MistakeList mistakes)
    {
        if (bound.Steps.Count == 0 || (bound.Lookup?.By ?? property).Kind == ValueKind.String || field.Transform!.Any(transform => transform.Lookup is not null) && bound.Lookup is null)
            return;
        for (var i = 0; i < field.Transform!.Count; i++)
            if (field.Transform[i].Step is { } step)
                mistakes.Add($"{path}.transform[{i}]", $"'{step}' applies to texts; this field has type {FieldTypes.Spelled(property.Kind, property.Items)}.");
    }

    /// <summary>A row is there before its computed values are: what stands in their place until then must be allowed to.</summary>
    private static void CheckComputed(EntitySetModel set, PropertyModel property, string path, MistakeList mistakes)
    {
        var name = property.Column.Name;
        if (set.Key.Contains(property))
            mistakes.Add($"{path}.transform", "A key is not computed: rows are found by it.");
        else if (property.Column is { IsNullable: false, Default: null } && (set.Table.ForeignKeys.Any(key => key.Columns.Contains(name)) || set.Table.UniqueKeys.Any(key => key.Columns.Contains(name))))
            mistakes.Add($"{path}.transform", "The value is computed once the row is there. A column that is never null and part of a unique or foreign key needs a default that can stand there until then.");
    }

    private static void CheckUse(PropertyModel property, FieldDefinition field, string path, MistakeList mistakes)
    {
        for (var i = 0; i < field.Transform!.Count; i++)
        {
            var transform = field.Transform[i];
            if (transform.Default is not null && !property.IsCreatable)
                mistakes.Add($"{path}.transform[{i}].default", "A default is stored in new rows, but the field is not creatable.");
            if ((transform.Constant ?? transform.Compute) is not null && !property.IsCreatable && !property.IsEditable)
                mistakes.Add($"{path}.transform[{i}].{(transform.Constant is null ? "compute" : "constant")}", "This stores nothing: the field is neither creatable nor editable.");
        }
    }
}
