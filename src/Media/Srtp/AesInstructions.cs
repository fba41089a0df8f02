using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace TekSipCloud.Media.Srtp;

/// <summary>The AES instructions of x86 and ARM under common names.</summary>
internal static class AesInstructions
{
    /// <summary>The most round keys: those of a key of 32 bytes.</summary>
    public const int MaxRoundKeys = 15;

    private const int WordBytes = 4;

    /// <summary>Whether this processor has them, with bytes in the order that they expect.</summary>
    public static bool AreSupported => BitConverter.IsLittleEndian && (X86Aes.IsSupported || ArmAes.IsSupported);

    /// <summary>One inner round (FIPS 197 §5.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> roundKey) =>
        // ARM adds its key before it substitutes: a key of zeros there, the round's own afterwards.
        X86Aes.IsSupported ? X86Aes.Encrypt(state, roundKey) : ArmAes.MixColumns(ArmAes.Encrypt(state, Vector128<byte>.Zero)) ^ roundKey;

    /// <summary>The last round, which mixes no columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> roundKey) =>
        X86Aes.IsSupported ? X86Aes.EncryptLast(state, roundKey) : ArmAes.Encrypt(state, Vector128<byte>.Zero) ^ roundKey;

    /// <summary>Makes the round keys (FIPS 197 §5.2).</summary>
    /// <param name="key">16 or 32 bytes.</param>
    /// <returns>11 or 15 of them.</returns>
    public static Vector128<byte>[] Expand(ReadOnlySpan<byte> key)
    {
        var keyWords = key.Length / WordBytes;
        var expanded = new Vector128<byte>[keyWords + 7];
        var words = MemoryMarshal.Cast<Vector128<byte>, uint>(expanded.AsSpan());
        key.CopyTo(MemoryMarshal.AsBytes(words));
        byte constant = 1;
        for (var i = keyWords; i < words.Length; i++)
        {
            var word = words[i - 1];
            if (i % keyWords == 0)
            {
                // The first byte of a word is its lowest: RotWord brings the second there.
                word = Substitute(uint.RotateRight(word, 8)) ^ constant;
                constant = (byte)(constant << 1 ^ (constant >> 7) * 0x1B);
            }
            else if (keyWords > 6 && i % keyWords == 4)
            {
                word = Substitute(word);
            }

            words[i] = words[i - keyWords] ^ word;
        }

        return expanded;
    }

    // Four equal columns: shifting their rows changes nothing, so that only the substitution of the last round is left.
    private static uint Substitute(uint word) =>
        LastRound(Vector128.Create(word).AsByte(), Vector128<byte>.Zero).AsUInt32().ToScalar();
}
