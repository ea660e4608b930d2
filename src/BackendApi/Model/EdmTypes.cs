using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>Between <see cref="ValueKind"/> and the primitive types of the EDM.</summary>
public static class EdmTypes
{
    /// <summary>The EDM primitive of a kind. Json travels as text: readers inside Excel know no untyped values. An enumeration is text until its type is known.</summary>
    public static EdmPrimitiveTypeKind Primitive(this ValueKind kind) => kind switch
    {
        ValueKind.Boolean => EdmPrimitiveTypeKind.Boolean,
        ValueKind.Byte => EdmPrimitiveTypeKind.Byte,
        ValueKind.Int16 => EdmPrimitiveTypeKind.Int16,
        ValueKind.Int32 => EdmPrimitiveTypeKind.Int32,
        ValueKind.Int64 => EdmPrimitiveTypeKind.Int64,
        ValueKind.Decimal => EdmPrimitiveTypeKind.Decimal,
        ValueKind.Double => EdmPrimitiveTypeKind.Double,
        ValueKind.Single => EdmPrimitiveTypeKind.Single,
        ValueKind.Date => EdmPrimitiveTypeKind.Date,
        ValueKind.TimeOfDay => EdmPrimitiveTypeKind.TimeOfDay,
        ValueKind.DateTimeOffset => EdmPrimitiveTypeKind.DateTimeOffset,
        ValueKind.Duration => EdmPrimitiveTypeKind.Duration,
        ValueKind.Guid => EdmPrimitiveTypeKind.Guid,
        ValueKind.Binary => EdmPrimitiveTypeKind.Binary,
        _ => EdmPrimitiveTypeKind.String,
    };

    /// <summary>The kind of a primitive or enumeration type; null for everything else.</summary>
    public static ValueKind? Kind(this IEdmTypeReference? type) => type?.Definition switch
    {
        IEdmEnumType => ValueKind.Enum,
        IEdmPrimitiveType primitive => primitive.PrimitiveKind switch
        {
            EdmPrimitiveTypeKind.Boolean => ValueKind.Boolean,
            EdmPrimitiveTypeKind.Byte => ValueKind.Byte,
            EdmPrimitiveTypeKind.SByte or EdmPrimitiveTypeKind.Int16 => ValueKind.Int16,
            EdmPrimitiveTypeKind.Int32 => ValueKind.Int32,
            EdmPrimitiveTypeKind.Int64 => ValueKind.Int64,
            EdmPrimitiveTypeKind.Decimal => ValueKind.Decimal,
            EdmPrimitiveTypeKind.Double => ValueKind.Double,
            EdmPrimitiveTypeKind.Single => ValueKind.Single,
            EdmPrimitiveTypeKind.String => ValueKind.String,
            EdmPrimitiveTypeKind.Date => ValueKind.Date,
            EdmPrimitiveTypeKind.TimeOfDay => ValueKind.TimeOfDay,
            EdmPrimitiveTypeKind.DateTimeOffset => ValueKind.DateTimeOffset,
            EdmPrimitiveTypeKind.Duration => ValueKind.Duration,
            EdmPrimitiveTypeKind.Guid => ValueKind.Guid,
            EdmPrimitiveTypeKind.Binary => ValueKind.Binary,
            _ => null,
        },
        _ => null,
    };
}
