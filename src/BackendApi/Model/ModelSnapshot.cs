using System.Collections.Frozen;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>
/// Everything that requests need to know of one published version: built whole, never changed, taken once per request.
/// </summary>
public sealed class ModelSnapshot
{
    /// <summary>The number of the published version; rises with every publish on any node.</summary>
    public required long Version { get; init; }
    public required EdmModel Edm { get; init; }
    public required EdmEntityContainer Container { get; init; }
    /// <summary>By entity set name, compared exactly.</summary>
    public required FrozenDictionary<string, EntitySetModel> EntitySets { get; init; }
    /// <summary>By Data Exchange alias, compared exactly.</summary>
    public required FrozenDictionary<string, EntitySetModel> ByAlias { get; init; }
    /// <summary>The active definitions that this snapshot was built from, in order of their aliases.</summary>
    public required IReadOnlyList<EndpointDefinition> Definitions { get; init; }
    public required MetadataDocuments Metadata { get; init; }
    /// <summary>Functions and actions; none where no module is added.</summary>
    internal FrozenDictionary<IEdmOperation, OperationModel> Operations { get; init; } = FrozenDictionary<IEdmOperation, OperationModel>.Empty;

    /// <summary>Texts of statements over the snapshot's tables.</summary>
    internal Sql.ChangeForms ChangeForms { get; } = new();
}
