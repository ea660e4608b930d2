using BackendApi.Access.Rights;

namespace BackendApi.Model.OpenApi;

/// <summary>What the definition and the caller's rights let be done with the rows of a set.</summary>
internal readonly record struct SetVerbs(bool CanRead, bool CanCreate, bool CanUpdate, bool CanDelete)
{
    /// <summary>Rows that nobody can see are not changed either: their addresses answer 404.</summary>
    public static SetVerbs Of(EntitySetModel set)
    {
        var canRead = set.Rights?.Allows(Verbs.Read) != false;
        var allow = set.Definition.Allow;
        return new(canRead, allow.Create && Takes(Verbs.Create), canRead && allow.Update && Takes(Verbs.Update), canRead && allow.Delete && Takes(Verbs.Delete));

        // Who may write a part of documents may write none.
        bool Takes(Verbs verb) => !set.TakesDocuments || set.Rights?.AllowsWhole(verb) != false;
    }
}
