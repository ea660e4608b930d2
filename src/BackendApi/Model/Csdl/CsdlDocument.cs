using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Model.Csdl;

/// <summary>Everything that both formats of <c>$metadata</c> are written from.</summary>
/// <param name="Version">Of the model, which <c>$schemaversion</c> names.</param>
internal sealed record CsdlDocument(
    long Version, IReadOnlyList<EntitySetModel> Sets, IReadOnlyList<EdmComplexType> ComplexTypes, IReadOnlyList<EdmEnumType> EnumTypes, ODataSettings Settings)
{
    /// <summary>In the order of their names; overloads stand together.</summary>
    public IReadOnlyList<OperationModel> Operations { get; init; } = [];

    /// <summary>One for all overloads of an unbound function or action.</summary>
    public IEnumerable<OperationModel> Imports => Operations.Where(operation => operation.BoundTo is null).DistinctBy(operation => operation.Name);
}

/// <summary>The type of a property or member as CSDL spells it.</summary>
/// <param name="Name">Of the type, or of an item when <paramref name="IsCollection"/>.</param>
/// <param name="HasScale">Decimals always state a scale: without one, XML readers take 0. A null scale is variable.</param>
internal readonly record struct TypeFacets(string Name, bool IsCollection, bool IsNullable, int? MaxLength, int? Precision, bool HasScale, int? Scale)
{
    public static TypeFacets Of(IEdmTypeReference reference)
    {
        var isCollection = reference.IsCollection();
        var item = isCollection ? reference.AsCollection().ElementType() : reference;
        var name = item.FullName();
        return item switch
        {
            IEdmDecimalTypeReference type => new(name, isCollection, item.IsNullable, null, type.Precision, true, type.Scale),
            IEdmTemporalTypeReference type => new(name, isCollection, item.IsNullable, null, type.Precision, false, null),
            IEdmStringTypeReference type => new(name, isCollection, item.IsNullable, type.MaxLength, null, false, null),
            IEdmBinaryTypeReference type => new(name, isCollection, item.IsNullable, type.MaxLength, null, false, null),
            _ => new(name, isCollection, item.IsNullable, null, null, false, null),
        };
    }
}
