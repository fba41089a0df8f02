using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>Counter mode by the processor's AES instructions, four blocks at a time: while one waits for its round the others have theirs.</summary>
internal sealed class HardwareAesCounter(ReadOnlySpan<byte> key) : AesCounter
{
    private const int Abreast = 4;

    private readonly Vector128<byte>[] _roundKeys = AesInstructions.Expand(key);

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => AesInstructions.AreSupported;

    public override void Apply(Span<byte> text, ulong high, ulong low)
    {
        Span<byte> stream = stackalloc byte[Abreast * BlockBytes];
        for (; text.Length >= Abreast * BlockBytes; low += Abreast)
        {
            Fill(stream, high, low);
            Mix(text, stream, Abreast);
            text = text[(Abreast * BlockBytes)..];
        }

        if (text.IsEmpty)
            return;

        Fill(stream, high, low);
        var whole = text.Length / BlockBytes;
        Mix(text, stream, whole);
        for (var i = whole * BlockBytes; i < text.Length; i++)
            text[i] ^= stream[i];
    }

    public override void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_roundKeys.AsSpan()));

    /// <summary>Writes four blocks of the key stream.</summary>
    private void Fill(Span<byte> stream, ulong high, ulong low)
    {
        ReadOnlySpan<Vector128<byte>> keys = _roundKeys;
        var first = keys[0];
        var (a, b) = (Counter(high, low) ^ first, Counter(high, low + 1) ^ first);
        var (c, d) = (Counter(high, low + 2) ^ first, Counter(high, low + 3) ^ first);
        for (var i = 1; i < keys.Length - 1; i++)
        {
            var round = keys[i];
            a = AesInstructions.Round(a, round);
            b = AesInstructions.Round(b, round);
            c = AesInstructions.Round(c, round);
            d = AesInstructions.Round(d, round);
        }

        var last = keys[^1];
        AesInstructions.LastRound(a, last).CopyTo(stream);
        AesInstructions.LastRound(b, last).CopyTo(stream[BlockBytes..]);
        AesInstructions.LastRound(c, last).CopyTo(stream[(2 * BlockBytes)..]);
        AesInstructions.LastRound(d, last).CopyTo(stream[(3 * BlockBytes)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Counter(ulong high, ulong low) =>
        Vector128.Create(BinaryPrimitives.ReverseEndianness(high), BinaryPrimitives.ReverseEndianness(low)).AsByte();

    private static void Mix(Span<byte> text, ReadOnlySpan<byte> stream, int blocks)
    {
        for (var i = 0; i < blocks * BlockBytes; i += BlockBytes)
            (Vector128.Create<byte>(text[i..]) ^ Vector128.Create(stream[i..])).CopyTo(text[i..]);
    }
}
