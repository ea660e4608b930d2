using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>A function that an expression computes, so that it can be called in others.</summary>
/// <param name="defaults">What parameters are that a call leaves out, by their names; null for null.</param>
internal sealed class ComputedFunction(string name, IEdmTypeReference result, bool isBound, string expression, IReadOnlyDictionary<string, object?> defaults)
    : EdmFunction(EdmBuilder.Namespace, name, result, isBound, entitySetPathExpression: null, isComposable: false)
{
    public string Expression => expression;
    public IReadOnlyDictionary<string, object?> Defaults => defaults;
}
