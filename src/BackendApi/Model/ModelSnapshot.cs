using System.Collections.Concurrent;
using System.Collections.Frozen;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Resources;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Model;

/// <summary>
/// Everything that requests need to know of one published version: built whole, never changed, taken once per request.
/// </summary>
public sealed class ModelSnapshot
{
    private static readonly IReadOnlyDictionary<string, string> NoClaims = FrozenDictionary<string, string>.Empty;

    /// <summary>Callers choose the scopes of their tokens, so there can be any number of permissions: when there are too many models, all are forgotten, and those in use come back.</summary>
    private const int MostNarrowed = 256;

    private readonly ConcurrentDictionary<Digest, Lazy<ModelSnapshot>> _narrowed = new();
    private bool? _namesClaims;

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

    /// <summary>There are sets whose rows facades supply.</summary>
    internal bool HasSupplied => _hasSupplied ??= EntitySets.Values.Any(set => Sql.SuppliedRows.Are(set.Table.Name));

    private bool? _hasSupplied;

    /// <summary>How the audit log calls rows that statements of code change.</summary>
    internal Sql.Audit.AuditedTables AuditedTables => field ??= new(EntitySets.Values, Parts.Modules.Told);

    /// <summary>Texts of statements over the snapshot's tables.</summary>
    internal Sql.ChangeForms ChangeForms { get; private init; } = new();

    /// <summary>What it was built from.</summary>
    internal ModelParts Parts { get; init; } = null!;

    /// <summary>The model without regard to the caller.</summary>
    internal ModelSnapshot Whole { get => field ?? this; init; }

    /// <summary>What filters of the caller's rights can name.</summary>
    internal IReadOnlyDictionary<string, string> Claims { get; private init; } = NoClaims;

    /// <summary>The model as a caller sees it. One is built for all callers with the same rights, when the first of them comes.</summary>
    internal ModelSnapshot For(Caller caller)
    {
        if (caller.Permissions.IsUnrestricted)
            return this;
        var narrowed = (_narrowed.TryGetValue(caller.Permissions.Identity, out var known) ? known : Narrow(caller.Permissions)).Value;
        return narrowed.NamesClaims ? narrowed.With(caller) : narrowed;
    }

    /// <summary>Built once, however many requests wait for it.</summary>
    private Lazy<ModelSnapshot> Narrow(Permissions permissions)
    {
        if (_narrowed.Count >= MostNarrowed)
            _narrowed.Clear();
        return _narrowed.GetOrAdd(permissions.Identity, static (_, call) => new(() => Narrowing.Narrow(call.This, call.permissions)), (This: this, permissions));
    }

    private bool NamesClaims => _namesClaims ??= EntitySets.Values.Any(set => set.Rights?.NamesClaims == true);

    private ModelSnapshot With(Caller caller) => new()
    {
        Version = Version, Edm = Edm, Container = Container, EntitySets = EntitySets, ByAlias = ByAlias, Definitions = Definitions, Metadata = Metadata, Operations = Operations, Parts = Parts, ChangeForms = ChangeForms,
        Whole = Whole,
        _hasSupplied = HasSupplied,
        // Whatever an issuer calls its users: whoever could choose that claim would choose another's rows.
        Claims = new Dictionary<string, string>(caller.Claims, StringComparer.Ordinal) { [Caller.NameInFilters] = caller.Name },
    };
}

/// <summary>What a snapshot is built from, complete and without mistakes.</summary>
/// <param name="Active">In the order of the documents.</param>
internal sealed record ModelParts(IReadOnlyList<CompletedDefinition> Active, CompiledModules Modules, ODataSettings Settings, SipHash Tags);
