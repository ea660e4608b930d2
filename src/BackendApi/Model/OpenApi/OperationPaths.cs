using System.Text.Json;
using BackendApi.Resources;
using Microsoft.OData.Edm;

namespace BackendApi.Model.OpenApi;

/// <summary>
/// Functions and actions (OData to OpenAPI Mapping 1.0, 4.5.4 to 4.5.6). Arguments of a function stand in the template; one with optional parameters has an address without them too.
/// </summary>
internal sealed class OperationPaths(Utf8JsonWriter json, IReadOnlyList<OperationModel> all)
{
    private static readonly IReadOnlyList<int> Calling = [400, 401, 403, 404];

    /// <summary>Two overloads can be called alike.</summary>
    private readonly HashSet<string> _templates = [];
    private readonly HashSet<string> _ids = [];

    public void Unbound()
    {
        foreach (var operation in all)
            if (operation.BoundTo is null)
                Write(operation, $"/{EntityPaths.ODataPath}/{operation.Name}", operation.Name, operation.Name, []);
    }

    public void BoundToCollection(EntitySetModel set, string template) => Bound(set, template, [], isCollection: true);

    public void BoundToEntity(EntitySetModel set, string template, IReadOnlyList<string> parameters) => Bound(set, template, parameters, isCollection: false);

    private void Bound(EntitySetModel set, string template, IReadOnlyList<string> parameters, bool isCollection)
    {
        foreach (var operation in all)
            if (ReferenceEquals(operation.BoundTo, set) && operation.Signature.IsBoundToCollection == isCollection)
                Write(operation, operation.BoundType is { } type ? $"{template}/{type.Type.FullTypeName()}/{operation.FullName}" : $"{template}/{operation.FullName}",
                    operation.BoundType is { Name: var name } ? $"{set.Name}.{name}.{operation.Name}" : $"{set.Name}.{operation.Name}", set.Name, parameters);
    }

    private void Write(OperationModel operation, string template, string id, string tag, IReadOnlyList<string> parameters)
    {
        if (operation.Result is { } result && !SetVerbs.Of(result).CanRead)
            return;
        var signature = operation.Signature;
        if (operation.IsAction)
        {
            Path(template, parameters, [], Called("post", operation, id, tag) with
            {
                Body = signature.Parameters.Count == 0 ? [] : [ApiContent.Json(Arguments(operation))],
                IsBodyRequired = signature.Parameters.Any(parameter => !parameter.IsOptional),
                Parameters = operation.BoundTo is not null && !signature.IsBoundToCollection ? ["If-Match"] : [],
                Refusals = ApiOperation.Changing,
            });
            return;
        }
        IReadOnlyList<OperationParameter> required = [.. signature.Parameters.Where(parameter => !parameter.IsOptional)];
        foreach (var given in required.Count == signature.Parameters.Count ? [required] : (IReadOnlyList<OperationParameter>[])[required, signature.Parameters])
        {
            var taken = operation.BoundTo is { } set ? set.Key.Select(part => part.Name).ToHashSet() : [];
            var arguments = given.Select(parameter => Argument(operation, parameter, Identifiers.Unique(parameter.Name, taken))).ToList();
            Path($"{template}({string.Join(',', arguments.Select(argument => argument.Text))})", parameters, [.. arguments.Select(argument => argument.Parameter)], Called("get", operation, id, tag));
        }
    }

    private void Path(string template, IReadOnlyList<string> parameters, IReadOnlyList<ApiParameter> own, ApiOperation called)
    {
        if (_templates.Add(template))
            json.Path(template, parameters, [called], own: own);
    }

    private ApiOperation Called(string method, OperationModel operation, string id, string tag) => new(method, Identifiers.Unique(id, _ids), tag, $"Call {operation.Name}")
    {
        Description = operation.Signature.Description,
        Parameters = operation.Result is { } set ? EntityPaths.ShapeOptions(set) : [],
        Answer = Result(operation),
        CanBeEmpty = operation.Edm.ReturnType is { IsNullable: true } type && !type.IsCollection(),
        Refusals = Calling,
    };

    private static ApiContent? Result(OperationModel operation)
    {
        if (operation.Edm.ReturnType is not { } type)
            return null;
        if (operation.Result is { } set)
            return ApiContent.Json(Components.Schema(type.IsCollection() ? Components.Collection(set) : Components.Of(set)));
        if (type.Definition is IEdmComplexType complex)
            return ApiContent.Json(Components.Schema(Components.Of(complex)));
        return ApiContent.Json(json =>
        {
            json.WriteString("type", "object");
            using (json.Object("properties"))
                json.Schema("value", ValueSchemas.Of(type));
        });
    }

    /// <summary>What stands in the parentheses. What is no literal is JSON in an alias.</summary>
    private static (string Text, ApiParameter Parameter) Argument(OperationModel operation, OperationParameter parameter, string name)
    {
        var type = operation.Edm.FindParameter(parameter.Name)!.Type;
        return type.Kind() is null
            ? ($"{parameter.Name}=@{parameter.Name}", new($"@{parameter.Name}", "query", Given(type), Description: parameter.Description, IsJson: true))
            : ($"{parameter.Name}={EntityPaths.Quoted(name, type)}", new(name, "path", ValueSchemas.InUrl(type), Description: parameter.Description));
    }

    /// <summary>Entities are named by their addresses.</summary>
    private static SchemaWriter Given(IEdmTypeReference type, string? description = null) => (type.IsCollection() ? type.AsCollection().ElementType() : type).Definition is not IEdmEntityType
        ? json => ValueSchemas.Write(json, type, description: description)
        : type.IsCollection() ? Components.ListOf(Components.Schema("reference")) : Components.Schema("reference");

    private static SchemaWriter Arguments(OperationModel operation) => json =>
    {
        json.WriteString("type", "object");
        using (json.Object("properties"))
            foreach (var parameter in operation.Signature.Parameters)
                json.Schema(parameter.Name, Given(operation.Edm.FindParameter(parameter.Name)!.Type, parameter.Description));
        if (operation.Signature.Parameters.Where(parameter => !parameter.IsOptional && !parameter.Type.IsNullable).Select(parameter => parameter.Name).ToList() is { Count: > 0 } required)
            json.Texts("required", required);
    };
}
