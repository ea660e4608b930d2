using BackendApi.Resources;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>Puts the functions and actions of modules into the EDM of a snapshot. One whose sets are not published is not there.</summary>
internal static class OperationBuilder
{
    /// <summary>The names that the types and operations of modules take in the schema.</summary>
    public static IEnumerable<string> Names(CompiledModules modules)
    {
        foreach (var operation in modules.Operations)
        {
            yield return operation.Name;
            foreach (var signature in operation.Overloads)
                foreach (var type in signature.Parameters.Select(parameter => parameter.Type).Append(signature.Result).OfType<OperationType>())
                    foreach (var name in TypeNames(type.Innermost, []))
                        yield return name;
        }
    }

    public static IReadOnlyList<OperationModel> Add(EdmModel model, EdmEntityContainer container, TypeBuilder types, IReadOnlyList<EntitySetModel> sets, IEnumerable<ModuleOperation> declared)
    {
        var operations = new List<OperationModel>();
        foreach (var operation in declared)
        {
            var bound = operation.Set is { } alias ? Find(alias) : null;
            var resultSet = operation.ResultSet is { } named ? Find(named) : bound;
            var type = bound?.Derived.FirstOrDefault(derived => derived.Name == operation.Type);
            if ((operation.Set is not null && bound is null) || (operation.Type is not null && type is null))
                continue;
            foreach (var signature in operation.Overloads)
            {
                var entities = signature.Parameters.Where(parameter => parameter.Set is not null).ToDictionary(parameter => parameter.Name, parameter => Find(parameter.Set!));
                if (entities.ContainsValue(null))
                    continue;
                var returnsEntities = signature.Result?.Innermost.IsEntity == true;
                if (returnsEntities && resultSet is null)
                    continue;
                var added = Add(model, types, operation, signature, bound, type, entities!, returnsEntities ? resultSet : null);
                operations.Add(added);
                if (bound is null)
                    AddImport(container, added);
            }
        }
        foreach (var offered in operations.Where(operation => operation is { BoundTo: not null, Signature.IsBoundToCollection: false }).GroupBy(operation => operation.BoundTo!))
            // Of one name the nearer one first: it is the one that is offered.
            offered.Key.Offers = [.. offered.Select(OperationOffer.Of).OrderBy(offer => offer.Name.Value, StringComparer.Ordinal).ThenBy(offer => offer.OnlyFor is null)];
        return operations;

        EntitySetModel? Find(string name) => sets.FirstOrDefault(set => set.Alias == name) ?? sets.FirstOrDefault(set => set.Name == name);
    }

    private static OperationModel Add(EdmModel model, TypeBuilder types, ModuleOperation operation, OperationSignature signature, EntitySetModel? bound, DerivedModel? boundType, Dictionary<string, EntitySetModel> entities, EntitySetModel? resultSet)
    {
        var returned = signature.Result is { } result ? Reference(result) : null;
        // What comes from the set that the operation is bound to is in that set. Readers take the path for the type of what is returned, too, which may be another than a derived one.
        var path = resultSet is not null && ReferenceEquals(resultSet, bound) && boundType is null ? new EdmPathExpression(signature.Binding) : null;
        EdmOperation edm = operation.IsAction
            ? new EdmAction(EdmBuilder.Namespace, operation.Name, returned, bound is not null, path)
            : signature.Expression is { } expression
            ? new ComputedFunction(operation.Name, returned!, bound is not null, expression, signature.Parameters.Where(parameter => parameter.IsOptional).ToDictionary(parameter => parameter.Name, Default))
            : new EdmFunction(EdmBuilder.Namespace, operation.Name, returned, bound is not null, path, isComposable: resultSet is not null);
        if (bound is not null)
        {
            var entity = new EdmEntityTypeReference(boundType?.Type ?? bound.EntityType, isNullable: false);
            edm.AddParameter(signature.Binding, signature.IsBoundToCollection ? EdmCoreModel.GetCollection(entity) : entity);
        }
        foreach (var parameter in signature.Parameters)
            if (parameter.IsOptional)
                edm.AddOptionalParameter(parameter.Name, Given(parameter));
            else
                edm.AddParameter(parameter.Name, Given(parameter));
        model.AddElement(edm);
        return new()
        {
            Name = operation.Name,
            Facade = operation.Facade,
            Signature = signature,
            Edm = edm,
            BoundTo = bound,
            BoundType = boundType,
            Entities = entities,
            Result = resultSet,
            IsLate = operation.IsLate,
            IsForEveryone = operation.IsForEveryone,
            IsListed = !operation.IsAction && bound is null && operation.Overloads is [{ Parameters.Count: 0 }],
        };

        IEdmTypeReference Given(OperationParameter parameter) => parameter.Type switch
        {
            { IsEntity: true } one => new EdmEntityTypeReference(entities[parameter.Name].EntityType, one.IsNullable),
            { Item.IsEntity: true } => EdmCoreModel.GetCollection(new EdmEntityTypeReference(entities[parameter.Name].EntityType, isNullable: false)),
            var other => types.Reference(other),
        };

        object? Default(OperationParameter parameter) => parameter is { Type.Enumeration: not null, Default: { } member }
            ? new Parse.EnumValue((IEdmEnumType)Reference(parameter.Type).Definition, member.ToString()!.Split(", "))
            : parameter.Default;

        IEdmTypeReference Reference(OperationType type) => type.IsFilter
            ? EdmCoreModel.GetCollection(new EdmEntityTypeReference(resultSet!.EntityType, isNullable: false))
            : type.Item is { } item ? EdmCoreModel.GetCollection(Reference(item))
            : type.IsEntity ? new EdmEntityTypeReference(resultSet!.EntityType, type.IsNullable)
            : types.Reference(type);
    }

    private static void AddImport(EdmEntityContainer container, OperationModel operation)
    {
        var set = operation.Result is { } result ? new EdmPathExpression(result.Name) : null;
        // The EDM library has an import for each overload; CSDL has one for all of them.
        if (operation.Edm is EdmAction action)
            container.AddActionImport(operation.Name, action, set);
        else
            container.AddFunctionImport(operation.Name, (EdmFunction)operation.Edm, set, operation.IsListed);
    }

    private static IEnumerable<string> TypeNames(OperationType type, HashSet<string> seen)
    {
        if (type.Enumeration is { } enumeration && seen.Add(enumeration.Name))
            yield return enumeration.Name;
        if (type.Complex is not { } complex || !seen.Add(complex.Name))
            yield break;
        yield return complex.Name;
        foreach (var name in complex.Members.SelectMany(member => TypeNames(member.Type.Innermost, seen)))
            yield return name;
    }
}
