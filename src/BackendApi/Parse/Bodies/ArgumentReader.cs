using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse.Bodies;

/// <summary>
/// The arguments of an operation in the CLR types of its method: those of an action from its body (Protocol 11.5.5.1), those of a function from its URL. What does not fit is
/// a mistake with its path.
/// </summary>
internal sealed class ArgumentReader(BodyScope scope, Mistakes mistakes)
{
    private readonly ValueParser _values = new(mistakes, BodyDialect.OData, scope.Ieee754);
    private readonly EntityReferences _references = new(scope, mistakes);

    /// <param name="body">Null for none: an action whose parameters can all be left out needs no body.</param>
    /// <returns>In the order of the parameters; of no use when there are mistakes.</returns>
    public object?[] Read(JsonElement? body, OperationModel operation)
    {
        var parameters = operation.Signature.Parameters;
        foreach (var member in body?.EnumerateObject() ?? default)
            // Control information and annotations say nothing that an action is given.
            if (!member.Name.Contains('@', StringComparison.Ordinal) && !parameters.Any(parameter => parameter.Name == member.Name))
                mistakes.Add(Errors.UnknownProperty, BodyNames.Sentence($"The action {operation.Name} has no parameter of this name.", member.Name, parameters.Select(parameter => parameter.Name)), member.Name);
        return [.. parameters.Select(parameter =>
            body is { } given && given.TryGetProperty(parameter.Name, out var json) ? Value(json, parameter.Type, TypeOf(operation, parameter), BodyPath.Root.Member(parameter.Name)) : Missing(parameter))];
    }

    /// <returns>In the order of the parameters; of no use when there are mistakes.</returns>
    public object?[] Read(PathSegment.Operation call, OperationModel operation) => [.. operation.Signature.Parameters.Select(parameter =>
    {
        foreach (var (name, value) in call.Arguments)
            if (name == parameter.Name)
                return Value(value, parameter.Type, TypeOf(operation, parameter), BodyPath.Root.Member(name));
        return parameter.Default;
    })];

    private static IEdmTypeReference TypeOf(OperationModel operation, OperationParameter parameter) => operation.Edm.FindParameter(parameter.Name)!.Type;

    private object? Missing(OperationParameter parameter)
    {
        if (!parameter.IsOptional && !parameter.Type.IsNullable)
            mistakes.Add(Errors.RequiredMissing, "This parameter must have a value.", parameter.Name);
        return parameter.Default;
    }

    private object? Value(Expression value, OperationType type, IEdmTypeReference edm, BodyPath path) => value switch
    {
        Expression.Literal { Value: EnumValue members } => Enum.Parse(type.Clr, string.Join(',', members.Members)),
        Expression.Literal literal => literal.Value,
        _ => Value(JsonSerializer.SerializeToElement(Json(value)), type, edm, path),
    };

    /// <summary>JSON as it stood in the URL; OData's own literals in it as JSON has them.</summary>
    private static JsonNode? Json(Expression value) => value switch
    {
        Expression.List list => new JsonArray([.. list.Items.Select(Json)]),
        Expression.Object { Id: { } id } => new JsonObject { ["@odata.id"] = id },
        Expression.Object members => new JsonObject(members.Members.Select(member => KeyValuePair.Create(member.Name, Json(member.Value)))),
        Expression.Literal { Value: null } => null,
        Expression.Literal { Value: bool flag } => JsonValue.Create(flag),
        Expression.Literal { Value: EnumValue enumeration } => JsonValue.Create(string.Join(',', enumeration.Members)),
        Expression.Literal { Value: int or long or decimal } number => JsonNode.Parse(LiteralText.Write(number.Value)),
        Expression.Literal { Value: double real } when double.IsFinite(real) => JsonValue.Create(real),
        Expression.Literal { Value: { } other } => JsonValue.Create(LiteralText.Write(other)),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no argument."),
    };

    private object? Value(JsonElement json, OperationType type, IEdmTypeReference edm, BodyPath path)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (!type.IsNullable)
                mistakes.Add(Errors.RequiredMissing, type.IsCollection ? "A collection is never null: [] stands for an empty one." : "This value cannot be null.", path);
            return null;
        }
        if (type.Item is { } item)
            return List(json, type, item, edm, path);
        if (type.IsEntity)
            return Entity(json, scope.Model.EntitySets[((IEdmEntityType)edm.Definition).Name], path);
        if (type.Complex is { } complex)
            return Complex(json, complex, (IEdmStructuredType)edm.Definition, path);
        if (!_values.TryReadScalar(json, type.Kind ?? ValueKind.Enum, edm, path, out var value))
            return null;
        return value is EnumValue members ? Enum.Parse(type.Clr, string.Join(',', members.Members)) : value;
    }

    private object? List(JsonElement json, OperationType type, OperationType item, IEdmTypeReference edm, BodyPath path)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            mistakes.Add(Errors.TypeMismatch, $"A list of values in brackets is expected, not {ValueTexts.NameOf(json)}.", path);
            return null;
        }
        var before = mistakes.Count;
        var items = json.EnumerateArray().Select((value, i) => Value(value, item, PrimitiveTypes.ItemOf(edm)!, path.Item(i))).ToArray();
        return mistakes.Count > before ? null : type.ToList(items);
    }

    /// <summary>A reference, or an entity of which the key is read.</summary>
    private EntityKey? Entity(JsonElement json, EntitySetModel set, BodyPath path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(Errors.TypeMismatch, $"An entity of {set.Name} is expected, or {{\"@odata.id\":…}}, not {ValueTexts.NameOf(json)}.", path);
            return null;
        }
        if (json.TryGetProperty("@odata.id", out var id) || json.TryGetProperty("@id", out id))
        {
            if (id.ValueKind != JsonValueKind.String || _references.Read(id.GetString()!, set, path) is not { } reference)
            {
                if (id.ValueKind != JsonValueKind.String)
                    mistakes.Add(Errors.InvalidValue, "This is not the id of an entity, such as Orders(1).", path);
                return null;
            }
            var named = set.Key.Select(part => reference.Key.FirstOrDefault(given => given.Property == part).Value).ToArray();
            if (!Array.Exists(named, value => value is null))
                return new(named);
            mistakes.Add(Errors.MissingKey, $"The entity is named by its key: {string.Join(", ", set.Key.Select(part => part.Name))}.", path);
            return null;
        }
        var values = new object?[set.Key.Count];
        for (var i = 0; i < values.Length; i++)
            if (!json.TryGetProperty(set.Key[i].Name, out var part))
                mistakes.Add(Errors.MissingKey, "The key of the entity is missing.", path.Member(set.Key[i].Name));
            else if (_values.TryReadScalar(part, set.Key[i].Kind, set.Key[i].Edm.Type, path.Member(set.Key[i].Name), out var value))
                values[i] = value is EnumValue members ? ValueParser.Stored(set.Key[i], members) : value;
        return Array.Exists(values, value => value is null) ? null : new(values!);
    }

    private object? Complex(JsonElement json, ComplexShape complex, IEdmStructuredType edm, BodyPath path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(Errors.TypeMismatch, $"An object of type {edm.FullTypeName()} is expected, not {ValueTexts.NameOf(json)}.", path);
            return null;
        }
        var before = mistakes.Count;
        foreach (var member in json.EnumerateObject())
            if (!member.Name.Contains('@', StringComparison.Ordinal) && edm.FindProperty(member.Name) is null)
                mistakes.Add(Errors.UnknownProperty, BodyNames.Sentence($"{edm.FullTypeName()} has no property of this name.", member.Name, complex.Members.Select(known => known.Name)), path.Member(member.Name));
        var values = complex.Members.Select(member => json.TryGetProperty(member.Name, out var value)
            ? Value(value, member.Type, edm.FindProperty(member.Name)!.Type, path.Member(member.Name))
            : Absent(complex, member, path.Member(member.Name))).ToArray();
        return mistakes.Count > before ? null : complex.Create(values);
    }

    private object? Absent(ComplexShape complex, ComplexMember member, BodyPath path)
    {
        if (complex.TryDefault(member, out var value))
            return value;
        if (member.Type.IsCollection)
            return member.Type.ToList([]);
        if (!member.Type.IsNullable)
            mistakes.Add(Errors.RequiredMissing, "This property must have a value.", path);
        return null;
    }
}
