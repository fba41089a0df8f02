namespace TekSipCloud.Sip.Headers;

/// <summary>Tells cheaply that a name has certainly not been seen, so that only suspects are looked up.</summary>
internal struct NameFilter
{
    /// <summary>Names a header may hold before it is refused: more than any real one has, few enough to compare
    /// each.</summary>
    public const int MaxNames = 64;

    private ulong _bits;

    /// <summary>Takes a name in.</summary>
    /// <returns>Whether an equal name may have been there before.</returns>
    public bool AddOrSuspect(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return false;

        var bit = 1UL << ((name.Length * 7 + (name[0] | 0x20) + (name[^1] | 0x20) * 5) & 63);
        var isSuspect = (_bits & bit) != 0;
        _bits |= bit;
        return isSuspect;
    }
}
