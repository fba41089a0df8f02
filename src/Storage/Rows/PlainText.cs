using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Encodings.Web;

namespace TekSipCloud.Storage.Rows;

/// <summary>Copies text that JSON has as it is, sixteen characters at a time: nearly all texts of a call are such.</summary>
internal static class PlainText
{
    private const int Most = 16;
    private const int Half = 8;
    private const int Quarter = 4;
    private const int AsciiLength = 128;

    /// <summary>By a character's lower four bits: those upper four bits, one bit for each, with which it is plain.</summary>
    private static readonly Vector128<byte> PlainByLower = FindPlain();

    /// <summary>The bit of the upper four bits; what is no ASCII has none.</summary>
    private static readonly Vector128<byte> BitOfUpper = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Copies a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="room">At least as long.</param>
    /// <returns>Whether it is plain; if not, what was copied is of no use.</returns>
    public static bool TryCopy(ReadOnlySpan<char> text, Span<byte> room)
    {
        Debug.Assert(room.Length >= text.Length);
        if (text.Length < Quarter)
            return TryCopyShort(text, room);

        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var to = ref MemoryMarshal.GetReference(room);
        if (text.Length < Half)
            return TryCopyTwoQuarters(ref from, ref to, (nuint)text.Length - Quarter);

        var last = (nuint)text.Length - Half;
        if (text.Length < Most)
        {
            var both = Narrow(Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref from, last));
            both.GetLower().StoreUnsafe(ref to);
            both.GetUpper().StoreUnsafe(ref to, last);
            return IsPlain(both);
        }

        // The last sixteen overlap those before them.
        var arePlain = true;
        for (nuint i = 0; i < last - Half; i += Most)
            arePlain &= TryCopy(ref from, ref to, i);
        return TryCopy(ref from, ref to, last - Half) && arePlain;
    }

    // The last four overlap the first.
    private static bool TryCopyTwoQuarters(ref ushort from, ref byte to, nuint last)
    {
        var both = Vector128.Create(Vector64.LoadUnsafe(ref from), Vector64.LoadUnsafe(ref from, last));
        var letters = Narrow(both, both);
        Unsafe.WriteUnaligned(ref to, letters.AsUInt32().ToScalar());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, last), letters.AsUInt32().GetElement(1));
        return IsPlain(letters);
    }

    private static bool TryCopyShort(ReadOnlySpan<char> text, Span<byte> room)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter >= AsciiLength || ((PlainByLower[letter & 15] >> (letter >> 4)) & 1) == 0)
                return false;
            room[i] = (byte)letter;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopy(ref ushort from, ref byte to, nuint at)
    {
        var letters = Narrow(Vector128.LoadUnsafe(ref from, at), Vector128.LoadUnsafe(ref from, at + Half));
        letters.StoreUnsafe(ref to, at);
        return IsPlain(letters);
    }

    // What needs two octets becomes 255, which is not plain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<ushort> lower, Vector128<ushort> upper) => Vector128.NarrowWithSaturation(lower, upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(Vector128<byte> letters)
    {
        var plain = Vector128.ShuffleNative(PlainByLower, letters & Vector128.Create((byte)15)) & Vector128.ShuffleNative(BitOfUpper, letters >>> 4);
        return !Vector128.EqualsAny(plain, Vector128<byte>.Zero);
    }

    private static Vector128<byte> FindPlain()
    {
        var plain = new byte[Vector128<byte>.Count];
        for (var letter = 0; letter < AsciiLength; letter++)
        {
            if (!JavaScriptEncoder.Default.WillEncode(letter))
                plain[letter & 15] |= (byte)(1 << (letter >> 4));
        }

        return Vector128.Create(plain);
    }
}
