using System.Numerics;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Messages;

/// <summary>A header's name as three numbers that hold all its bytes: two names of the same length are equal if these are.</summary>
internal readonly struct SipHeaderNameWords
{
    /// <summary>Places of the table that names are looked up in; a power of two.</summary>
    public const int SlotCount = 512;

    /// <summary>More than the longest known name has.</summary>
    public const int MaxBytes = 24;

    private const ulong Lower = 0x2020_2020_2020_2020;
    private readonly ulong _first;
    private readonly ulong _middle;
    private readonly ulong _last;

    /// <param name="name">Up to <see cref="MaxBytes"/> bytes.</param>
    public SipHeaderNameWords(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(ulong))
        {
            _first = MemoryMarshal.Read<ulong>(name);
            _middle = MemoryMarshal.Read<ulong>(name[((name.Length - sizeof(ulong)) / 2)..]);
            _last = MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]);
        }
        else if (name.Length >= sizeof(uint))
        {
            _first = MemoryMarshal.Read<uint>(name);
            _last = MemoryMarshal.Read<uint>(name[^sizeof(uint)..]);
        }
        else if (!name.IsEmpty)
        {
            _first = name[0];
            _middle = name[name.Length / 2];
            _last = name[^1];
        }
    }

    /// <summary>Where to look first, whatever the case of letters; what setting bit 5 does to other bytes does not matter here.</summary>
    public int Slot =>
        (int)(((_first | Lower) ^ BitOperations.RotateLeft(_last | Lower, 27)) * 0x9e37_79b9_7f4a_7c15 >> (64 - BitOperations.Log2(SlotCount)));

    /// <summary>Whether the bytes are those of a known name, in any case of its letters.</summary>
    /// <param name="known">The known name, as it is written.</param>
    /// <param name="folds">The bit that tells upper from lower case wherever that has a letter.</param>
    public bool Are(in SipHeaderNameWords known, in SipHeaderNameWords folds) =>
        (_first | folds._first) == (known._first | folds._first)
        && (_middle | folds._middle) == (known._middle | folds._middle)
        && (_last | folds._last) == (known._last | folds._last);
}
