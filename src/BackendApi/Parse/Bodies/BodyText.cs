using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>Texts of a body that every database can store.</summary>
internal static class BodyText
{
    public static bool TryGet(JsonElement json, BodyPlace path, Mistakes mistakes, out string text)
    {
        try
        {
            text = json.GetString()!;
        }
        // Half of a surrogate pair, or bytes that are not UTF-8.
        catch (InvalidOperationException)
        {
            text = "";
            mistakes.Add(Errors.InvalidValue, "The text holds half of a surrogate pair, or bytes that are not UTF-8.", path);
            return false;
        }
        if (!text.Contains('\0', StringComparison.Ordinal))
            return true;
        mistakes.Add(Errors.InvalidValue, "The text holds the character U+0000, which not every database can store.", path);
        return false;
    }

    /// <summary>The text of characters that every encoding has, where it fits the target and nothing in it is escaped; then there need be no object for it.</summary>
    public static bool TryCopy(JsonElement json, Span<char> target, out int length)
    {
        var text = JsonMarshal.GetRawUtf8Value(json)[1..^1];
        length = 0;
        return text.Length <= target.Length && !text.Contains((byte)'\\') && Ascii.ToUtf16(text, target, out length) == OperationStatus.Done;
    }

    public static bool IsText(JsonElement json) => json.ValueKind == JsonValueKind.String;

    public static bool Is(JsonElement json, string text) => json.ValueKind == JsonValueKind.String && json.ValueEquals(text);

    /// <summary>The member says something of the object itself.</summary>
    public static bool StartsWithAt(JsonProperty member) => JsonMarshal.GetRawUtf8PropertyName(member) is [(byte)'@', ..];

    /// <summary>The name of a member; null, with a mistake, when it is not Unicode.</summary>
    public static string? Name(JsonProperty member, BodyPlace path, Mistakes mistakes)
    {
        if (TryGetName(member, out var name))
            return name;
        mistakes.Add(Errors.InvalidBody, "The name of a member holds half of a surrogate pair, or bytes that are not UTF-8.", path);
        return null;
    }

    public static bool TryGetName(JsonProperty member, out string name)
    {
        try
        {
            name = member.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
