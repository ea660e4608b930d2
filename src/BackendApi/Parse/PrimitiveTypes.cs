using BackendApi.Model;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>One shared type reference for each primitive kind: the types of literals and results.</summary>
internal static class PrimitiveTypes
{
    private static readonly IEdmTypeReference[] ByKind =
        [.. Enum.GetValues<ValueKind>().Select(kind => EdmCoreModel.Instance.GetPrimitive(kind.Primitive(), isNullable: true))];

    public static readonly IEdmTypeReference Boolean = Of(ValueKind.Boolean);
    public static readonly IEdmTypeReference Int64 = Of(ValueKind.Int64);
    public static readonly IEdmTypeReference String = Of(ValueKind.String);

    public static IEdmTypeReference Of(ValueKind kind) => ByKind[(int)kind];

    /// <summary>The name that error messages use.</summary>
    public static string NameOf(IEdmTypeReference? type) => type is null ? "null" : type.FullName();

    /// <summary>The type of one item; null when the type is not a collection.</summary>
    public static IEdmTypeReference? ItemOf(IEdmTypeReference? type) => (type?.Definition as IEdmCollectionType)?.ElementType;
}
