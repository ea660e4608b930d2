using System.Globalization;
using System.Text;

namespace BackendApi.Parse.Bodies;

/// <summary>A place in a body as errors name it: <c>orders[1].items[0].quantity</c>. It becomes text only once there is a mistake to tell.</summary>
public sealed class BodyPath
{
    private const int NoIndex = -1;

    /// <summary>The body itself.</summary>
    public static readonly BodyPath Root = new(null, "", NoIndex);

    private readonly BodyPath? _owner;
    private readonly string _name;
    private readonly int _index;

    private BodyPath(BodyPath? owner, string name, int index) => (_owner, _name, _index) = (owner, name, index);

    /// <summary>An item of a list of the body: <c>value[3]</c>.</summary>
    public BodyPath(string list, int index) : this(null, list, index)
    {
    }

    /// <summary>Which item of its list it is; negative when it is none.</summary>
    public int Index => _index;

    public bool IsRoot => _owner is null && _name.Length == 0;

    public BodyPath Member(string name) => new(IsRoot ? null : this, name, NoIndex);

    public BodyPath Item(int index) => _index == NoIndex ? new(_owner, _name, index) : new(this, "", index);

    /// <summary>What stands behind the path of an owner of this, such as <c>Address.City</c>.</summary>
    public string Below(BodyPath owner)
    {
        var text = ToString();
        return owner.IsRoot ? text : text[(owner.ToString().Length + 1)..];
    }

    public override string ToString() => _owner is null && _index == NoIndex ? _name : Append(new()).ToString();

    private StringBuilder Append(StringBuilder text)
    {
        _owner?.Append(text);
        if (_owner is not null && _name.Length > 0)
            text.Append('.');
        text.Append(_name);
        return _index == NoIndex ? text : text.Append(CultureInfo.InvariantCulture, $"[{_index}]");
    }
}

/// <summary>The place of a value, as parts of what may never have to be told.</summary>
/// <param name="Name">The member of <paramref name="Owner"/>; null for the owner itself.</param>
/// <param name="Index">Of an item of the member's list; negative for the member itself.</param>
internal readonly record struct BodyPlace(BodyPath Owner, string? Name = null, int Index = -1)
{
    public static implicit operator BodyPlace(BodyPath path) => new(path);

    public BodyPath ToPath()
    {
        var path = Name is null ? Owner : Owner.Member(Name);
        return Index < 0 ? path : path.Item(Index);
    }

    public override string ToString() => ToPath().ToString();
}
