using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BackendApi.Parse.Bodies;

/// <summary>Members by their names. A name in a body is compared as the bytes that arrive; only one with an escape becomes text first.</summary>
internal sealed class BodyMembers
{
    private readonly FrozenDictionary<string, BodyMember> byText;
    private readonly Dictionary<byte[], BodyMember>.AlternateLookup<ReadOnlySpan<byte>> byBytes;

    public BodyMembers(IReadOnlyDictionary<string, BodyMember> members)
    {
        byText = members.ToFrozenDictionary();
        byBytes = members.ToDictionary(member => Encoding.UTF8.GetBytes(member.Key), member => member.Value, Utf8Names.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public IReadOnlyDictionary<string, BodyMember> All => byText;

    public IEnumerable<string> Names => byText.Keys;

    public BodyMember? this[string name] => byText.GetValueOrDefault(name);

    /// <summary>Null when there is no such member.</summary>
    public BodyMember? this[JsonProperty member]
    {
        get
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            if (name.Contains((byte)'\\'))
                return BodyText.TryGetName(member, out var text) ? this[text] : null;
            return byBytes.TryGetValue(name, out var found) ? found : null;
        }
    }

    private sealed class Utf8Names : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Names Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
