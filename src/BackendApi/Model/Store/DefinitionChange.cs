namespace BackendApi.Model.Store;

/// <summary>What a publish does to one definition.</summary>
public abstract record DefinitionChange
{
    private DefinitionChange() { }

    public abstract string Alias { get; }

    /// <summary>Creates the definition or puts it in the place of the one with the same alias.</summary>
    public sealed record Upsert(EndpointDefinition Definition) : DefinitionChange
    {
        public override string Alias => Definition.Alias;
    }

    /// <summary>Removes the definition; the entity set is gone, the table stays.</summary>
    public sealed record Delete(string Removed) : DefinitionChange
    {
        public override string Alias => Removed;
    }

    /// <summary>Read from the store only: a document that this release cannot read, most likely because a newer one has written it.</summary>
    public sealed record Unreadable(string Document, IReadOnlyList<DefinitionMistake> Mistakes) : DefinitionChange
    {
        public override string Alias => Document;
    }
}
