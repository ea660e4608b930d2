using System.Text.Json;

namespace BackendApi.Stream;

/// <summary>The names of control information (JSON Format 4.6), encoded once for each version.</summary>
internal sealed class ControlNames
{
    public static readonly ControlNames V40 = new("@odata.");
    public static readonly ControlNames V401 = new("@");

    private ControlNames(string prefix)
    {
        Prefix = prefix;
        JsonEncodedText Name(string name) => JsonEncodedText.Encode(prefix + name);
        (Context, Count, NextLink, DeltaLink) = (Name("context"), Name("count"), Name("nextLink"), Name("deltaLink"));
        Removed = Name("removed");
        (ETag, Id, EditLink, Type) = (Name("etag"), Name("id"), Name("editLink"), Name("type"));
    }

    /// <summary>What stands before the names, also behind the name of a property.</summary>
    public string Prefix { get; }

    public JsonEncodedText Context { get; }
    public JsonEncodedText Count { get; }
    public JsonEncodedText NextLink { get; }
    public JsonEncodedText DeltaLink { get; }
    public JsonEncodedText Removed { get; }
    public JsonEncodedText ETag { get; }
    public JsonEncodedText Id { get; }
    public JsonEncodedText EditLink { get; }
    public JsonEncodedText Type { get; }
}
