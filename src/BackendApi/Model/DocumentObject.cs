using System.Text.Json;

namespace BackendApi.Model;

/// <summary>
/// An object of a document that is being read. Every member is asked for by name and type; what has another type is a mistake with its path, and so is,
/// at the end, a member that nobody asked for. Null stands for a member that is left out.
/// </summary>
internal sealed class DocumentObject
{
    private readonly JsonElement value;
    private readonly string path;
    private readonly MistakeList mistakes;
    private readonly List<string> known = [];

    private DocumentObject(JsonElement value, string path, MistakeList mistakes) => (this.value, this.path, this.mistakes) = (value, path, mistakes);

    /// <summary>A value that is not an object is a mistake, and read as one whose members are all absent: paths behind it in a list stay right.</summary>
    public static DocumentObject Read(JsonElement value, string path, MistakeList mistakes)
    {
        if (value.ValueKind != JsonValueKind.Object)
            mistakes.Add(path, $"An object is expected here, not {NameOf(value)}.");
        return new(value, path, mistakes);
    }

    /// <summary>A required text; empty, with a mistake, when it is missing.</summary>
    public string RequiredText(string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return "";
        if (Member(name) is null)
            mistakes.Add(PathOf(name), $"'{name}' is missing.");
        else if (Text(name) is { } text)
        {
            if (text.Length > 0)
                return text;
            mistakes.Add(PathOf(name), $"'{name}' is empty.");
        }
        return "";
    }

    public string? Text(string name) => Member(name) is { } member ? TextOf(member, PathOf(name)) : null;

    /// <summary>A text, number or boolean, as text.</summary>
    public string? Value(string name)
    {
        if (Member(name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.String)
            return TextOf(member, PathOf(name));
        if (member.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            return member.GetRawText();
        mistakes.Add(PathOf(name), $"'{name}' is a text, a number, true or false, not {NameOf(member)}.");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Member(name) is not { } member)
            return null;
        if (member.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return member.GetBoolean();
        mistakes.Add(PathOf(name), $"'{name}' is true or false, not {NameOf(member)}.");
        return null;
    }

    public int? Whole(string name)
    {
        if (Member(name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var whole))
            return whole;
        mistakes.Add(PathOf(name), $"'{name}' is a whole number of at most {int.MaxValue}, not {NameOf(member)}.");
        return null;
    }

    public decimal? Number(string name)
    {
        if (Member(name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var number))
            return number;
        mistakes.Add(PathOf(name), $"'{name}' is a number of at most 28 digits, not {NameOf(member)}.");
        return null;
    }

    public IReadOnlyList<string>? Texts(string name) => List(name, ItemText);

    public IReadOnlyList<T>? List<T>(string name, Func<JsonElement, string, T> read) =>
        Member(name) is { } member ? Items(member, PathOf(name), read, mistakes) : null;

    public IReadOnlyList<T>? Objects<T>(string name, Func<DocumentObject, T> read) => List(name, (item, at) => read(Read(item, at, mistakes)));

    /// <summary>A required object; one without members, with a mistake, when it is missing.</summary>
    public DocumentObject RequiredObject(string name)
    {
        if (Member(name) is { } member)
            return Read(member, PathOf(name), mistakes);
        if (value.ValueKind == JsonValueKind.Object)
            mistakes.Add(PathOf(name), $"'{name}' is missing.");
        return new(default, PathOf(name), mistakes);
    }

    public DocumentObject? Object(string name) => Member(name) is { } member ? Read(member, PathOf(name), mistakes) : null;

    public static IReadOnlyList<T>? Items<T>(JsonElement value, string path, Func<JsonElement, string, T> read, MistakeList mistakes)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            mistakes.Add(path, $"A list is expected here, not {NameOf(value)}.");
            return null;
        }
        var items = new List<T>(value.GetArrayLength());
        var index = 0;
        foreach (var item in value.EnumerateArray())
            items.Add(read(item, $"{path}[{index++}]"));
        return items;
    }

    /// <summary>An item of a list of texts.</summary>
    public string ItemText(JsonElement item, string at) => TextOf(item, at) ?? "";

    private string? TextOf(JsonElement member, string at)
    {
        if (member.ValueKind == JsonValueKind.String)
        {
            var text = member.GetString();
            if (text!.Contains('\0', StringComparison.Ordinal))
                mistakes.Add(at, "The text holds the character U+0000, which not every database can store.");
            return text;
        }
        mistakes.Add(at, $"A text is expected here, not {NameOf(member)}.{(member.ValueKind == JsonValueKind.Number ? " Put it in quotes." : "")}");
        return null;
    }

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Every member must have been asked for by now.</summary>
    public void RejectOthers()
    {
        if (value.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in value.EnumerateObject())
            if (!known.Contains(member.Name))
                mistakes.AddUnknown(PathOf(member.Name), $"There is no member '{member.Name}' here.", member.Name, known);
    }

    private JsonElement? Member(string name)
    {
        known.Add(name);
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {Shortened(value.GetRawText())}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static string Shortened(string number) => number.Length <= 40 ? number : number[..40] + "…";
}
