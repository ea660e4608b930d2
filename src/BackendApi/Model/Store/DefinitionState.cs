using System.Collections.Immutable;

namespace BackendApi.Model.Store;

/// <summary>The definitions as they stand at one version, by alias.</summary>
/// <param name="Unreadable">Documents that this release cannot read, with the reasons.</param>
public sealed record DefinitionState(
    long Version,
    ImmutableSortedDictionary<string, EndpointDefinition> Definitions,
    ImmutableSortedDictionary<string, IReadOnlyList<DefinitionMistake>> Unreadable)
{
    public static readonly DefinitionState Empty = new(
        0,
        ImmutableSortedDictionary.Create<string, EndpointDefinition>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, IReadOnlyList<DefinitionMistake>>(StringComparer.Ordinal));

    /// <summary>The state after <paramref name="changes"/>, which bring it to <paramref name="version"/>.</summary>
    public DefinitionState Apply(long version, IEnumerable<DefinitionChange> changes)
    {
        var definitions = Definitions.ToBuilder();
        var unreadable = Unreadable.ToBuilder();
        foreach (var change in changes)
        {
            definitions.Remove(change.Alias);
            unreadable.Remove(change.Alias);
            if (change is DefinitionChange.Upsert upsert)
                definitions.Add(upsert.Alias, upsert.Definition);
            else if (change is DefinitionChange.Unreadable document)
                unreadable.Add(document.Alias, document.Mistakes);
        }
        return new(version, definitions.ToImmutable(), unreadable.ToImmutable());
    }
}
