using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TekSipCloud.Sip.Messages;

/// <summary>
/// Tells a REGISTER without credentials by its bytes, unread: work that nobody has done anything for yet. In doubt it is none.
/// </summary>
public static class NewRegister
{
    private const int Together = 32;

    /// <summary>From the u of Authorization to its z, neither of which has a compact form beside it (RFC 3261 §7.3.3).</summary>
    private const int Between = 6;

    /// <summary>Whether a datagram is one. One whose u and z happen to stand as in Authorization, in capitals or not, is taken to have credentials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Is(ReadOnlySpan<byte> datagram)
    {
        if (!datagram.StartsWith("REGISTER "u8) || datagram.Length < Together + Between)
            return false;

        ref var start = ref MemoryMarshal.GetReference(datagram);
        var last = datagram.Length - Together - Between;
        for (var at = 0; at < last; at += Together)
        {
            if (MayHaveCredentials(ref start, at))
                return false;
        }

        // The last bytes together with some before them.
        return !MayHaveCredentials(ref start, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayHaveCredentials(ref byte start, int at)
    {
        var small = Vector256.Create((byte)0x20);
        var first = Vector256.LoadUnsafe(ref start, (nuint)at) | small;
        var second = Vector256.LoadUnsafe(ref start, (nuint)(at + Between)) | small;
        return (Vector256.Equals(first, Vector256.Create((byte)'u')) & Vector256.Equals(second, Vector256.Create((byte)'z'))) != Vector256<byte>.Zero;
    }
}
