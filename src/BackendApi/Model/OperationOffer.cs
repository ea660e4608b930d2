using System.Text.Json;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>A bound operation as entities in full metadata offer it (JSON Format 4.01, 16).</summary>
/// <param name="Name">The property: a hash, the qualified name and, of a function, the names of the parameters that it needs.</param>
/// <param name="Segment">Behind the address of the entity.</param>
/// <param name="OnlyFor">Only entities of this type have it; null for all.</param>
internal sealed record OperationOffer(JsonEncodedText Name, string Title, string Segment, DerivedModel? OnlyFor)
{
    public static OperationOffer Of(OperationModel operation)
    {
        var names = operation.IsAction ? [] : operation.Signature.Parameters.Where(parameter => !parameter.IsOptional).Select(parameter => parameter.Name).ToList();
        var (name, segment) = names.Count == 0
            ? (operation.FullName, operation.FullName)
            : ($"{operation.FullName}({string.Join(',', names)})", $"{operation.FullName}({string.Join(',', names.Select(parameter => $"{parameter}=@{parameter}"))})");
        return new(
            JsonEncodedText.Encode("#" + name), operation.Signature.Description ?? operation.Name,
            operation.BoundType is { } type ? $"{type.Type.FullTypeName()}/{segment}" : segment, operation.BoundType);
    }
}
