using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Validation;
using Microsoft.OData.Edm.Vocabularies;

namespace BackendApi.Tests.Model;

/// <summary>Compares annotations with the vocabularies of OASIS, as ODataLib carries them.</summary>
internal static class VocabularyJudge
{
    public static IEnumerable<string> Faults(IEdmModel model, IEnumerable<IEdmVocabularyAnnotation> annotations)
    {
        foreach (var annotation in annotations)
        {
            var at = $"{(annotation.Target as IEdmNamedElement)?.Name} {annotation.Term.FullName()}";
            if (annotation.IsBad() || annotation.Term.Type is null || model.FindTerm(annotation.Term.FullName()) is null)
                yield return $"{at}: no such term.";
            else if (annotation.Term.AppliesTo is { } targets && annotation.Target is IEdmProperty && !targets.Split(' ').Contains("Property"))
                yield return $"{at}: for {targets}.";
            else
                foreach (var fault in Faults(annotation.Value, annotation.Term.Type, ((IEdmProperty)annotation.Target).Type))
                    yield return $"{at}: {fault}";
        }
    }

    /// <param name="target">The type of the property that is annotated: what stands where any primitive value can is a value of it.</param>
    private static IEnumerable<string> Faults(IEdmExpression value, IEdmTypeReference type, IEdmTypeReference target)
    {
        foreach (var error in value.Errors())
            yield return error.ErrorMessage;
        if (type.IsCollection())
        {
            foreach (var item in value is IEdmCollectionExpression collection ? collection.Elements : [])
                foreach (var fault in Faults(item, type.AsCollection().ElementType(), target))
                    yield return fault;
            if (value is not IEdmCollectionExpression)
                yield return "no collection.";
        }
        else if (type.Definition is IEdmStructuredType declared)
        {
            if (value is not IEdmRecordExpression record)
            {
                yield return "no record.";
                yield break;
            }
            var actual = record.DeclaredType is { } named ? named.StructuredDefinition() : declared;
            if (!actual.IsOrInheritsFrom(declared))
                yield return $"{actual.FullTypeName()} is no {declared.FullTypeName()}.";
            foreach (var member in record.Properties)
                if (actual.FindProperty(member.Name) is not { } known)
                    yield return $"{actual.FullTypeName()} has no {member.Name}.";
                else
                    foreach (var fault in Faults(member.Value, known.Type, target))
                        yield return fault;
            foreach (var needed in actual.StructuralProperties().Where(property => !property.Type.IsNullable && property.DefaultValueString is null && record.Properties.All(member => member.Name != property.Name)))
                yield return $"{needed.Name} is missing.";
        }
        else if (type.Definition is not IEdmPrimitiveType and not IEdmEnumType and not IEdmTypeDefinition || !Kinds(type.FullName() == "Edm.PrimitiveType" ? target : type).Contains(value.ExpressionKind))
        {
            yield return $"a {value.ExpressionKind} for {type.FullName()} of {target.FullName()}.";
        }
    }

    private static EdmExpressionKind[] Kinds(IEdmTypeReference type) => type.Definition is IEdmEnumType ? [EdmExpressionKind.EnumMember] : (type.Definition is IEdmTypeDefinition alias ? alias.UnderlyingType.PrimitiveKind : type.PrimitiveKind()) switch
    {
        EdmPrimitiveTypeKind.Boolean => [EdmExpressionKind.BooleanConstant],
        EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64 => [EdmExpressionKind.IntegerConstant],
        EdmPrimitiveTypeKind.Decimal => [EdmExpressionKind.DecimalConstant],
        EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Single => [EdmExpressionKind.FloatingConstant],
        EdmPrimitiveTypeKind.Date => [EdmExpressionKind.DateConstant],
        EdmPrimitiveTypeKind.TimeOfDay => [EdmExpressionKind.TimeOfDayConstant],
        EdmPrimitiveTypeKind.DateTimeOffset => [EdmExpressionKind.DateTimeOffsetConstant],
        EdmPrimitiveTypeKind.Duration => [EdmExpressionKind.DurationConstant],
        EdmPrimitiveTypeKind.Guid => [EdmExpressionKind.GuidConstant],
        _ => [EdmExpressionKind.StringConstant],
    };
}
