using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TekSipCloud.Sip.Messages;

/// <summary>
/// The lines of a message one by one, found by looking at 32 bytes together. It ends where a control character stands that is neither a tab nor part of
/// a CRLF: what follows is for <see cref="SipMessage"/> to read.
/// </summary>
/// <remarks>
/// It is needed when nothing is left for compiling: as all of what refuses unread, it is compiled well at once.
/// </remarks>
/// <param name="message">At least <see cref="LeastBytes"/>.</param>
internal ref struct PlainLines(ReadOnlySpan<byte> message)
{
    /// <summary>Bytes of the shortest message that it can look at.</summary>
    public const int LeastBytes = 32;

    private readonly ref byte _start = ref MemoryMarshal.GetReference(message);
    private readonly int _length = message.Length;
    private int _looked = -LeastBytes;
    private int _next;

    // One bit for each control character that is still to come of the bytes looked at last.
    private uint _controls;

    /// <summary>Takes a line, without its end; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(out ReadOnlySpan<byte> line)
    {
        while (_controls == 0)
        {
            if (!TryLook())
            {
                line = default;
                return false;
            }
        }

        var end = _looked + BitOperations.TrailingZeroCount(_controls);
        var isEnd = end + 1 < _length && Unsafe.Add(ref _start, end) == '\r' && Unsafe.Add(ref _start, end + 1) == '\n';
        line = isEnd ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, _next), end - _next) : default;
        _next = end + 2;
        // The LF's bit is the one after the CR's, or the first of the next bytes.
        _controls &= _controls - 1;
        _controls &= _controls - 1;
        return isEnd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryLook()
    {
        _looked += LeastBytes;
        if (_looked >= _length)
            return false;

        // The last bytes are looked at together with some before them, which count no more.
        var begin = Math.Min(_looked, _length - LeastBytes);
        var bytes = Vector256.LoadUnsafe(ref _start, (nuint)begin);
        var isBelowSpace = Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)(' ' - 1))), bytes);
        var isControl = Vector256.AndNot(isBelowSpace, Vector256.Equals(bytes, Vector256.Create((byte)'\t')))
            | Vector256.Equals(bytes, Vector256.Create((byte)0x7f));
        _controls = isControl.ExtractMostSignificantBits() >> (_looked - begin);
        if (_next > _looked)
            _controls &= ~1u;
        return true;
    }
}
