using System.Buffers.Binary;
using System.Numerics;

namespace BackendApi.Support;

/// <summary>
/// SipHash-2-4 with 128 bits: who does not know the key can neither tell what was hashed nor make up something else with the same hash. For short
/// inputs it takes a tenth of the time of SHA-256.
/// </summary>
public sealed class SipHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 16;

    private readonly ulong _key0, _key1;

    /// <param name="key">16 bytes at least; further ones are not used.</param>
    public SipHash(ReadOnlySpan<byte> key) => (_key0, _key1) = (BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));

    /// <param name="destination">Of <see cref="Length"/>.</param>
    public void Hash(ReadOnlySpan<byte> input, Span<byte> destination)
    {
        var (v0, v1, v2, v3) = (_key0 ^ 0x736f6d6570736575, _key1 ^ 0x646f72616e646f6d ^ 0xee, _key0 ^ 0x6c7967656e657261, _key1 ^ 0x7465646279746573);
        var end = (ulong)input.Length << 56;
        for (; input.Length >= 8; input = input[8..])
            Compress(BinaryPrimitives.ReadUInt64LittleEndian(input));
        for (var i = 0; i < input.Length; i++)
            end |= (ulong)input[i] << (8 * i);
        Compress(end);
        v2 ^= 0xee;
        Finish(destination);
        v1 ^= 0xdd;
        Finish(destination[8..]);

        void Compress(ulong word)
        {
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        void Finish(Span<byte> half)
        {
            for (var i = 0; i < 4; i++)
                Round(ref v0, ref v1, ref v2, ref v3);
            BinaryPrimitives.WriteUInt64LittleEndian(half, v0 ^ v1 ^ v2 ^ v3);
        }
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
