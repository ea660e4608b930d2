using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>One navigation property that <c>$expand</c> names, or stands for: what it yields, and the options that hold for it.</summary>
/// <param name="IsRecursive"><c>$levels</c>: the same expansion goes on among <paramref name="Options"/>.</param>
/// <param name="Texts">The options as a URL of the expanded collection says them.</param>
internal sealed record Expansion(NavigationModel Navigation, ExpandForm Form, QueryOptions Options, bool IsRecursive, IReadOnlyList<string> Texts)
{
    /// <summary>Only entities of this type are expanded; null for all.</summary>
    public DerivedModel? OnlyFor { get; init; }

    /// <summary>Only targets of this type are shown; null for all.</summary>
    public DerivedModel? Target { get; init; }

    /// <summary>An entity that contains itself is shown as a reference.</summary>
    public bool EndsCycles { get; init; }

    /// <param name="depth">How many expansions stand above.</param>
    public static IEnumerable<Expansion> Of(Entity entity, QueryOptions options, int depth, PlanLimits limits)
    {
        var set = entity.Set;
        foreach (var item in options.Expand)
        {
            if (depth >= limits.MaxExpansionDepth)
                throw new ServiceException(Errors.LimitExceeded, $"$expand may be nested {limits.MaxExpansionDepth} levels deep.", "$expand");

            var levels = LevelsOf(item, depth, limits);
            var endsCycles = item.Form == ExpandForm.Entities && (item.EndsCycles || item.Options.Levels == int.MaxValue);
            foreach (var navigation in NamedBy(item, set, options))
            {
                limits.CountExpansion();
                if (item.Navigation is not null && levels > 1 && !ReferenceEquals(navigation.Target.EntityType, navigation.Source.EntityType))
                    throw new ServiceException(Errors.TypeMismatch, $"$levels needs a property that leads back to its own type; {navigation.Name} leads to {navigation.Target.Name}.", "$expand");
                yield return new(navigation, item.Form, Below(item with { EndsCycles = endsCycles }, levels), levels > 1 && item.Navigation is not null, TextsBelow(item, levels))
                {
                    OnlyFor = item.SourceCast is { } source && set.DerivedFrom(source) is { } type && type != entity.Type ? type : null,
                    EndsCycles = endsCycles,
                    Target = item.TargetCast is { } target ? navigation.Target.DerivedFrom(target) : null,
                };
            }
        }
    }

    /// <summary>The navigation that the item names; a star stands for those that nothing else names.</summary>
    private static IEnumerable<NavigationModel> NamedBy(ExpandItem item, EntitySetModel set, QueryOptions options)
    {
        if (item.Navigation is not { } named)
            return set.Navigations.Where(navigation => !options.Expand.Any(other => other.Navigation?.Name == navigation.Name));
        if (!ReferenceEquals(options.Expand.First(other => other.Navigation == named), item))
            throw new ServiceException(Errors.MalformedUrl, $"$expand names {named.Name} twice.", "$expand");
        return [set.Navigation(named)];
    }

    /// <summary>As many levels as the item asks for; <c>max</c> is as many as the settings leave room for.</summary>
    private static int LevelsOf(ExpandItem item, int depth, PlanLimits limits) => item.Options.Levels switch
    {
        null => 1,
        int.MaxValue => Math.Max(1, limits.MaxExpansionDepth - depth - DepthOf(item.Options.Expand)),
        var levels => levels.Value,
    };

    private static int DepthOf(IReadOnlyList<ExpandItem> items) => items.Count == 0 ? 0 : 1 + items.Max(item => DepthOf(item.Options.Expand));

    private static QueryOptions Below(ExpandItem item, int levels)
    {
        if (item.Options.Levels is null)
            return item.Options;
        var options = item.Options with { Levels = null };
        return levels == 1
            ? options
            : options with { Expand = [.. options.Expand, item with { Options = item.Options with { Levels = levels - 1 } }] };
    }

    private static IReadOnlyList<string> TextsBelow(ExpandItem item, int levels)
    {
        if (item.Options.Levels is null)
            return item.Texts ?? [];
        var texts = (item.Texts ?? []).Where(text => NameOf(text) != "levels").ToList();
        if (levels == 1)
            return texts;
        var again = $"{item.Navigation?.Name ?? "*"}({string.Join(';', [.. texts, $"$levels={levels - 1}"])})";
        var expand = texts.FindIndex(text => NameOf(text) == "expand");
        if (expand < 0)
            texts.Add("$expand=" + again);
        else
            texts[expand] += "," + again;
        return texts;
    }

    private static string NameOf(string text) => text[..text.IndexOf('=', StringComparison.Ordinal)].Trim().TrimStart('$').ToLowerInvariant();
}
