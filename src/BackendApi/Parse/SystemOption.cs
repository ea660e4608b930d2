using System.Collections.Frozen;

namespace BackendApi.Parse;

/// <summary>The system query options (URL Conventions, 5.1), in the order in which they are bound: what introduces names comes first.</summary>
internal enum SystemOption
{
    Apply, Compute, Search, Filter, OrderBy, Select, Expand, Top, Skip, Count, Levels, SkipToken, DeltaToken, Format, Id, SchemaVersion, Index,
}

/// <summary>Where an option stands.</summary>
[Flags]
internal enum OptionPlace
{
    None = 0,
    /// <summary>The query of the URL.</summary>
    Url = 1,
    /// <summary>In parentheses behind an item of <c>$expand</c>.</summary>
    Expand = 2,
    /// <summary>Behind <c>$ref</c> of an item of <c>$expand</c>.</summary>
    ExpandReferences = 4,
    /// <summary>Behind an item of <c>$select</c>.</summary>
    Select = 8,
    /// <summary>Behind <c>$count</c>.</summary>
    Count = 16,
}

/// <summary>One option: its name with the dollar sign, where it may stand, and whether it is about items of a collection.</summary>
internal sealed record SystemOptionRow(SystemOption Option, string Name, OptionPlace Places, bool IsForCollections = false);

internal static class SystemOptions
{
    private const OptionPlace Nested = OptionPlace.Expand | OptionPlace.Select;
    private const OptionPlace Everywhere = OptionPlace.Url | Nested | OptionPlace.ExpandReferences;

    /// <summary>The table, by <see cref="SystemOption"/>.</summary>
    public static readonly IReadOnlyList<SystemOptionRow> Rows =
    [
        new(SystemOption.Apply, "$apply", OptionPlace.Url | OptionPlace.Expand, IsForCollections: true),
        new(SystemOption.Compute, "$compute", OptionPlace.Url | Nested),
        new(SystemOption.Search, "$search", Everywhere | OptionPlace.Count, IsForCollections: true),
        new(SystemOption.Filter, "$filter", Everywhere | OptionPlace.Count, IsForCollections: true),
        new(SystemOption.OrderBy, "$orderby", Everywhere, IsForCollections: true),
        new(SystemOption.Select, "$select", OptionPlace.Url | Nested),
        new(SystemOption.Expand, "$expand", OptionPlace.Url | OptionPlace.Expand | OptionPlace.Select),
        new(SystemOption.Top, "$top", Everywhere, IsForCollections: true),
        new(SystemOption.Skip, "$skip", Everywhere, IsForCollections: true),
        new(SystemOption.Count, "$count", Everywhere, IsForCollections: true),
        new(SystemOption.Levels, "$levels", OptionPlace.Expand),
        new(SystemOption.SkipToken, "$skiptoken", OptionPlace.Url),
        new(SystemOption.DeltaToken, "$deltatoken", OptionPlace.Url),
        new(SystemOption.Format, "$format", OptionPlace.Url),
        new(SystemOption.Id, "$id", OptionPlace.Url),
        new(SystemOption.SchemaVersion, "$schemaversion", OptionPlace.Url),
        new(SystemOption.Index, "$index", OptionPlace.Url),
    ];

    private static readonly FrozenDictionary<string, SystemOptionRow>.AlternateLookup<ReadOnlySpan<char>> ByBareName =
        Rows.ToFrozenDictionary(row => row.Name[1..], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The option of that name, with or without its dollar sign, in any case (4.01); null when there is none.</summary>
    public static SystemOptionRow? Find(ReadOnlySpan<char> name)
    {
        if (name.StartsWith('$'))
            name = name[1..];
        return ByBareName.TryGetValue(name, out var row) ? row : null;
    }

    public static string Suggestion(ReadOnlySpan<char> name, OptionPlace place) =>
        Suggestions.For(name, Rows.Where(row => (row.Places & place) != 0).Select(row => row.Name));
}
