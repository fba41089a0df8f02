using System.Buffers.Binary;
using System.Numerics;

namespace TekSipCloud.Sip.Digest;

/// <summary>
/// MD5 (RFC 1321), which digest authentication demands and nothing else here may use. The system's is a foreign library's, which takes as long to be
/// called as a digest's few blocks take to be hashed.
/// </summary>
internal static unsafe class Md5
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 16;

    private const int BlockBytes = 64;

    // RFC 1321 §3.4: the integer part of 4294967296 times abs(sin(i)), i in radians from 1 on.
    private static readonly uint[] Sines =
    [
        0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
        0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
        0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
        0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
        0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
        0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
        0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
        0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
    ];

    /// <summary>Hashes bytes.</summary>
    /// <param name="source">Any number of them.</param>
    /// <param name="destination">At least <see cref="HashBytes"/>.</param>
    public static void Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var state = new State { A = 0x67452301, B = 0xEFCDAB89, C = 0x98BADCFE, D = 0x10325476 };
        var rest = source;
        for (; rest.Length >= BlockBytes; rest = rest[BlockBytes..])
            Absorb(ref state, rest[..BlockBytes]);

        // RFC 1321 §3.1, §3.2: a one bit, zeros, and the length in bits as the last eight bytes of a block.
        Span<byte> tail = stackalloc byte[2 * BlockBytes];
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        tail = tail[..(rest.Length < BlockBytes - sizeof(ulong) ? BlockBytes : 2 * BlockBytes)];
        BinaryPrimitives.WriteUInt64LittleEndian(tail[^sizeof(ulong)..], (ulong)source.Length * 8);
        for (; !tail.IsEmpty; tail = tail[BlockBytes..])
            Absorb(ref state, tail[..BlockBytes]);

        BinaryPrimitives.WriteUInt32LittleEndian(destination, state.A);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], state.B);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], state.C);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], state.D);
    }

    private static void Absorb(ref State state, ReadOnlySpan<byte> block)
    {
        var words = stackalloc uint[BlockBytes / sizeof(uint)];
        for (var i = 0; i < BlockBytes / sizeof(uint); i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);

        var mixed = state;
        fixed (uint* sines = Sines)
        {
            First(ref mixed, words, sines);
            Second(ref mixed, words, sines + 16);
            Third(ref mixed, words, sines + 32);
            Fourth(ref mixed, words, sines + 48);
        }

        state.A += mixed.A;
        state.B += mixed.B;
        state.C += mixed.C;
        state.D += mixed.D;
    }

    // RFC 1321 §3.4: the four rounds, each of sixteen operations that differ in their function, the order of words and the shifts.
    private static void First(ref State state, uint* words, uint* sines)
    {
        var (a, b, c, d) = (state.A, state.B, state.C, state.D);
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + words[i] + sines[i] + (d ^ (b & (c ^ d))), 7);
            d = a + BitOperations.RotateLeft(d + words[i + 1] + sines[i + 1] + (c ^ (a & (b ^ c))), 12);
            c = d + BitOperations.RotateLeft(c + words[i + 2] + sines[i + 2] + (b ^ (d & (a ^ b))), 17);
            b = c + BitOperations.RotateLeft(b + words[i + 3] + sines[i + 3] + (a ^ (c & (d ^ a))), 22);
        }

        state = new() { A = a, B = b, C = c, D = d };
    }

    private static void Second(ref State state, uint* words, uint* sines)
    {
        var (a, b, c, d) = (state.A, state.B, state.C, state.D);
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + words[((5 * i) + 1) & 15] + sines[i] + (d & b) + (~d & c), 5);
            d = a + BitOperations.RotateLeft(d + words[((5 * i) + 6) & 15] + sines[i + 1] + (c & a) + (~c & b), 9);
            c = d + BitOperations.RotateLeft(c + words[((5 * i) + 11) & 15] + sines[i + 2] + (b & d) + (~b & a), 14);
            b = c + BitOperations.RotateLeft(b + words[5 * i & 15] + sines[i + 3] + (a & c) + (~a & d), 20);
        }

        state = new() { A = a, B = b, C = c, D = d };
    }

    private static void Third(ref State state, uint* words, uint* sines)
    {
        var (a, b, c, d) = (state.A, state.B, state.C, state.D);
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + words[((3 * i) + 5) & 15] + sines[i] + (b ^ c ^ d), 4);
            d = a + BitOperations.RotateLeft(d + words[((3 * i) + 8) & 15] + sines[i + 1] + (a ^ b ^ c), 11);
            c = d + BitOperations.RotateLeft(c + words[((3 * i) + 11) & 15] + sines[i + 2] + (d ^ a ^ b), 16);
            b = c + BitOperations.RotateLeft(b + words[((3 * i) + 14) & 15] + sines[i + 3] + (c ^ d ^ a), 23);
        }

        state = new() { A = a, B = b, C = c, D = d };
    }

    private static void Fourth(ref State state, uint* words, uint* sines)
    {
        var (a, b, c, d) = (state.A, state.B, state.C, state.D);
        for (var i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + words[7 * i & 15] + sines[i] + (c ^ (b | ~d)), 6);
            d = a + BitOperations.RotateLeft(d + words[((7 * i) + 7) & 15] + sines[i + 1] + (b ^ (a | ~c)), 10);
            c = d + BitOperations.RotateLeft(c + words[((7 * i) + 14) & 15] + sines[i + 2] + (a ^ (d | ~b)), 15);
            b = c + BitOperations.RotateLeft(b + words[((7 * i) + 5) & 15] + sines[i + 3] + (d ^ (c | ~a)), 21);
        }

        state = new() { A = a, B = b, C = c, D = d };
    }

    private struct State
    {
        public uint A;
        public uint B;
        public uint C;
        public uint D;
    }
}
