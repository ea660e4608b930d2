using System.Collections.Immutable;

namespace BackendApi.Model.Store;

/// <summary>What a node knows of the version that it serves. Immutable.</summary>
/// <param name="LeftOut">Stored definitions that the catalogue no longer bears out: not served, and kept, until they or their tables are put right.</param>
/// <param name="Problems">Why they are left out, and why others cannot be read.</param>
internal sealed record Standing(DefinitionState State, TableCache Tables, ImmutableHashSet<string> LeftOut, IReadOnlyList<DefinitionMistake> Problems)
{
    public static readonly Standing Empty = new(DefinitionState.Empty, TableCache.Empty, [], []);
}

/// <summary>A model, and what it was built from.</summary>
internal sealed record Built(ModelSnapshot Snapshot, Standing Standing);
