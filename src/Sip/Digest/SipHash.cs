using System.Buffers.Binary;
using System.Numerics;

namespace TekSipCloud.Sip.Digest;

/// <summary>
/// SipHash-2-4 (Aumasson, Bernstein 2012): a keyed hash for short inputs that nobody without the key can tell from random numbers, at a
/// twentieth of an HMAC's price. Its 64 bits are for what lives minutes and is bounded by tokens, not for what is kept.
/// </summary>
/// <param name="key0">The key's first eight bytes, little-endian.</param>
/// <param name="key1">The key's last eight bytes, little-endian.</param>
public readonly struct SipHash(ulong key0, ulong key1)
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 16;

    /// <summary>Takes a key.</summary>
    /// <param name="key">At least <see cref="KeyBytes"/> secret bytes; more are not used.</param>
    public SipHash(ReadOnlySpan<byte> key)
        : this(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]))
    {
    }

    /// <summary>Hashes bytes.</summary>
    /// <param name="bytes">Any number of them.</param>
    /// <param name="seed">Chains hashes of several pieces: the hash of the pieces before. Zero gives plain SipHash.</param>
    public ulong Hash(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var first = key0 ^ seed;
        var v0 = first ^ 0x736f6d6570736575;
        var v1 = key1 ^ 0x646f72616e646f6d;
        var v2 = first ^ 0x6c7967656e657261;
        var v3 = key1 ^ 0x7465646279746573;
        var last = LastWord(bytes);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(bytes), ref v0, ref v1, ref v2, ref v3);
        Absorb(last, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xff;
        for (var round = 0; round < 4; round++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /// <summary>
    /// Hashes bytes by SipHash-1-3, at half the price: for a table that hostile keys must not fill unevenly, where nobody sees the hash and keys of one
    /// hash are compared.
    /// </summary>
    /// <param name="bytes">Any number of them.</param>
    public ulong HashForTable(ReadOnlySpan<byte> bytes)
    {
        var v0 = key0 ^ 0x736f6d6570736575;
        var v1 = key1 ^ 0x646f72616e646f6d;
        var v2 = key0 ^ 0x6c7967656e657261;
        var v3 = key1 ^ 0x7465646279746573;
        var last = LastWord(bytes);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xff;
        for (var round = 0; round < 3; round++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /// <summary>The bytes that fill no word, and their number.</summary>
    private static ulong LastWord(ReadOnlySpan<byte> bytes)
    {
        var last = (ulong)bytes.Length << 56;
        var rest = bytes.Length % sizeof(ulong);
        if (rest != 0 && bytes.Length > sizeof(ulong))
            return last | (BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]) >> (8 * (sizeof(ulong) - rest)));

        for (var i = 0; i < rest; i++)
            last |= (ulong)bytes[bytes.Length - rest + i] << (8 * i);
        return last;
    }

    private static void Absorb(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
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
