using BackendApi.Resources;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>One overload of a function or action of a snapshot.</summary>
internal sealed class OperationModel
{
    public required string Name { get; init; }
    public required Type Facade { get; init; }
    public required OperationSignature Signature { get; init; }
    public required EdmOperation Edm { get; init; }
    /// <summary>What it is bound to; null when it is unbound.</summary>
    public required EntitySetModel? BoundTo { get; init; }
    /// <summary>The derived type that it is bound to; null for every entity of the set.</summary>
    public required DerivedModel? BoundType { get; init; }
    /// <summary>The sets of parameters that name entities.</summary>
    public required IReadOnlyDictionary<string, EntitySetModel> Entities { get; init; }
    /// <summary>Whose entities it returns; null when it returns none.</summary>
    public required EntitySetModel? Result { get; init; }

    public bool IsAction => Edm is EdmAction;
    /// <summary>Segments and options go on from what a function returns.</summary>
    public bool IsComposable => Edm is EdmFunction { IsComposable: true };
    public string FullName => Edm.FullName();

    /// <summary>See <see cref="ModuleOperation.BeginsItself"/>.</summary>
    public required bool IsLate { get; init; }

    /// <summary>No role has to grant it.</summary>
    public required bool IsForEveryone { get; init; }

    /// <summary>What is returned belongs to the set that the operation is bound to.</summary>
    public string? EntitySetPath => Result is not null && ReferenceEquals(Result, BoundTo) && BoundType is null ? Signature.Binding : null;

    /// <summary>The service document lists functions that can be called as they stand there; readers mind one of several overloads that takes something.</summary>
    public required bool IsListed { get; init; }
}
