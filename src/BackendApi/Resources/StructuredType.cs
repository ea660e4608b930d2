using BackendApi.Model;

namespace BackendApi.Resources;

/// <summary>A complex type of the EDM whose values are JSON in one column. Types of the same name are the same type.</summary>
internal sealed record StructuredType(string Name, IReadOnlyList<StructuredMember> Members);

internal sealed record StructuredMember(string Name, ValueKind Kind, StructuredType? Structure = null, bool IsCollection = false, bool IsNullable = true);

/// <summary>What a column with JSON text shows: a complex value, or a list of them.</summary>
internal sealed record StructuredColumn(StructuredType Type, bool IsCollection = false);
