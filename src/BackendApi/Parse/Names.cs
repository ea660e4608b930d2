using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>
/// Names of the model as a URL writes them: an exact match first, otherwise the only one that differs in nothing but case
/// (4.01 Advanced, MAY).
/// </summary>
internal static class Names
{
    public static IEdmProperty? FindProperty(IEdmStructuredType type, ReadOnlySpan<char> name) =>
        type.FindProperty(name.ToString()) ?? Only(type.Properties(), property => property.Name, name);

    /// <summary>An entity set, singleton, function import or action import.</summary>
    public static IEdmEntityContainerElement? FindElement(IEdmModel model, ReadOnlySpan<char> name)
    {
        if (model.EntityContainer is not { } container)
            return null;
        var exact = name.ToString();
        return container.FindEntitySet(exact) ?? container.FindSingleton(exact) ?? container.FindOperationImports(exact).FirstOrDefault()
            ?? Only(container.Elements, element => element.Name, name);
    }

    /// <summary>A type by its qualified name, the primitive types of the EDM among them.</summary>
    public static IEdmType? FindType(IEdmModel model, ReadOnlySpan<char> qualifiedName)
    {
        var name = qualifiedName.ToString();
        if (name.StartsWith("Edm.", StringComparison.Ordinal))
            return EdmCoreModel.Instance.FindDeclaredType(name);
        return model.FindType(name) ?? Only(model.SchemaElements.OfType<IEdmSchemaType>(), type => type.FullName(), qualifiedName);
    }

    private static T? Only<T>(IEnumerable<T> candidates, Func<T, string> nameOf, ReadOnlySpan<char> name)
        where T : class
    {
        T? found = null;
        foreach (var candidate in candidates)
        {
            if (!name.Equals(nameOf(candidate), StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null)
                return null;
            found = candidate;
        }
        return found;
    }
}
