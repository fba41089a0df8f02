namespace TekSipCloud.Sip.Digest;

/// <summary>Which of the latest nonces were used, a bit each by their serial numbers. Of older ones it says that they may have been.</summary>
/// <param name="size">Serial numbers that are covered; a multiple of 64.</param>
internal sealed class UsedNonces(int size)
{
    private const int WordBits = 64;

    private ulong[]? _words;

    // The serial number after the highest used one: they begin anywhere, and may wrap around.
    private ulong _end;

    /// <summary>Remembers that a nonce was used.</summary>
    public void Add(ulong serial)
    {
        if (_words is null)
            (_words, _end) = (new ulong[size / WordBits], serial);

        if (IsAhead(serial))
            Advance(serial + 1);
        if (_end - serial <= (ulong)size)
            WordOf(serial) |= BitOf(serial);
    }

    /// <summary>Whether a nonce was used, or is too old to know.</summary>
    public bool MayHave(ulong serial) =>
        _words is not null && !IsAhead(serial) && (_end - serial > (ulong)size || (WordOf(serial) & BitOf(serial)) != 0);

    private bool IsAhead(ulong serial) => (long)(serial - _end) >= 0;

    private void Advance(ulong end)
    {
        if (end - _end >= (ulong)size)
            Array.Clear(_words!);
        else
        {
            for (; _end != end; _end++)
                WordOf(_end) &= ~BitOf(_end);
        }

        _end = end;
    }

    private ref ulong WordOf(ulong serial) => ref _words![(int)(serial / WordBits % (ulong)(size / WordBits))];

    private static ulong BitOf(ulong serial) => 1UL << (int)(serial % WordBits);
}
