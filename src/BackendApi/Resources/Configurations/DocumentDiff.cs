using System.ComponentModel;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BackendApi.Resources.Configurations;

public enum DocumentChangeKind { Added, Removed, Changed, Moved }

/// <param name="Item">The column or name of the item of a list that the change is in; null outside of lists.</param>
/// <param name="Before">As JSON; null for what was not there.</param>
/// <param name="After">As JSON; null for what is not there any more.</param>
[Description("A difference between two documents. Path names the place in the second one, or in the first where it is removed; Item the column or name of the innermost item of a list that it is in; Before and After are JSON.")]
public sealed record DocumentChange(string Path, DocumentChangeKind Kind, string? Item, string? Before, string? After);

/// <summary>
/// What has changed between two configuration documents. Objects are compared member by member, and lists of objects item by item: an item is the same one when its column, its name or
/// its expression is, whatever its place. All other lists are compared as a whole.
/// </summary>
internal static class DocumentDiff
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In the order of their names; the first that tells all items of a list apart identifies them.</summary>
    private static readonly string[] Identities = ["column", "name", "expression"];

    public static IReadOnlyList<DocumentChange> Of(JsonElement? before, JsonElement? after)
    {
        var changes = new List<DocumentChange>();
        Compare("", null, before, after, changes);
        return changes;
    }

    private static void Compare(string path, string? item, JsonElement? before, JsonElement? after, List<DocumentChange> changes)
    {
        if (before is not { } one || after is not { } other)
        {
            if (before is not null || after is not null)
                changes.Add(new(path, before is null ? DocumentChangeKind.Added : DocumentChangeKind.Removed, item, Text(before), Text(after)));
        }
        else if (one.ValueKind == JsonValueKind.Object && other.ValueKind == JsonValueKind.Object)
            Members(path, item, one, other, changes);
        else if (one.ValueKind == JsonValueKind.Array && other.ValueKind == JsonValueKind.Array && Identity(one, other) is { } identity)
            Items(path, item, one, other, identity, changes);
        else if (!JsonElement.DeepEquals(one, other))
            changes.Add(new(path, DocumentChangeKind.Changed, item, Text(one), Text(other)));
    }

    private static void Members(string path, string? item, JsonElement before, JsonElement after, List<DocumentChange> changes)
    {
        foreach (var member in before.EnumerateObject())
            Compare(Below(member.Name), item, member.Value, after.TryGetProperty(member.Name, out var other) ? other : null, changes);
        foreach (var member in after.EnumerateObject())
            if (!before.TryGetProperty(member.Name, out _))
                Compare(Below(member.Name), item, null, member.Value, changes);

        string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";
    }

    private static void Items(string path, string? item, JsonElement before, JsonElement after, string identity, List<DocumentChange> changes)
    {
        var (old, now) = (Index(before), Index(after));
        foreach (var (name, (place, value)) in old)
            if (!now.ContainsKey(name))
                Compare(At(place), name, value, null, changes);
        foreach (var (name, (place, value)) in now)
            Compare(At(place), name, old.TryGetValue(name, out var known) ? known.Value : null, value, changes);
        var (kept, keptNow) = (Order(old, now), Order(now, old));
        if (!kept.SequenceEqual(keptNow))
            changes.Add(new(path, DocumentChangeKind.Moved, item, JsonSerializer.Serialize(kept, Readable), JsonSerializer.Serialize(keptNow, Readable)));

        string At(int place) => string.Create(CultureInfo.InvariantCulture, $"{path}[{place}]");

        Dictionary<string, (int Place, JsonElement Value)> Index(JsonElement list) =>
            list.EnumerateArray().Select((value, place) => (place, value)).ToDictionary(each => each.value.GetProperty(identity).GetString()!, each => each, StringComparer.Ordinal);

        static string[] Order(Dictionary<string, (int Place, JsonElement Value)> items, Dictionary<string, (int Place, JsonElement Value)> others) =>
            [.. items.Where(each => others.ContainsKey(each.Key)).OrderBy(each => each.Value.Place).Select(each => each.Key)];
    }

    /// <summary>The member that tells the items of both lists apart; null when none does.</summary>
    private static string? Identity(JsonElement before, JsonElement after) =>
        before.GetArrayLength() + after.GetArrayLength() == 0 ? null : Array.Find(Identities, name => Identifies(before, name) && Identifies(after, name));

    private static bool Identifies(JsonElement list, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return list.EnumerateArray().All(item =>
            item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && seen.Add(value.GetString()!));
    }

    private static string? Text(JsonElement? value) => value is { } given ? JsonSerializer.Serialize(given, Readable) : null;
}
