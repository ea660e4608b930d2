using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.DataExchange;

/// <summary>The relations that <c>include=a.b,c</c> names, chains that begin alike merged.</summary>
internal sealed class IncludeTree(EntitySetModel set, int depth)
{
    // In the order in which they were first named: it is the order of the members in the answer.
    private readonly List<(NavigationModel Navigation, IncludeTree Nested)> _relations = [];

    public void Add(string value)
    {
        foreach (var chain in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var tree = this;
            foreach (var name in chain.Split('.'))
                tree = tree.Relation(name);
        }
    }

    public IReadOnlyList<ExpandItem> Items() =>
        [.. _relations.Select(relation => new ExpandItem(
            default, relation.Navigation.Edm, ExpandForm.Entities, new QueryOptions { Expand = relation.Nested.Items() }))];

    private IncludeTree Relation(string name)
    {
        if (_relations.Find(relation => relation.Navigation.Alias == name).Nested is { } known)
            return known;
        if (depth == 0)
            throw new ServiceException(Errors.LimitExceeded, "The chains of include are longer than the service allows.", "include");
        var navigation = set.Navigations.FirstOrDefault(navigation => navigation.Alias == name)
            ?? throw new ServiceException(Errors.UnknownRelation,
                DataExchangeUrl.Sentence($"{set.Alias} has no relation '{name}'.", Suggestions.For(name, set.Navigations.Select(navigation => navigation.Alias))), "include");
        var nested = new IncludeTree(navigation.Target, depth - 1);
        _relations.Add((navigation, nested));
        return nested;
    }
}
