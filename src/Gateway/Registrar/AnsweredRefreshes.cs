namespace TekSipCloud.Gateway.Registrar;

/// <summary>
/// The refreshes answered last, a number each: one that comes again is answered again, whatever its phone, or another of the same AOR, has sent since (RFC
/// 3261 §17.2.2). A later one takes an earlier one's place, so that it holds seconds of the greatest load, and minutes of a usual one. For one loop.
/// </summary>
internal sealed class AnsweredRefreshes
{
    /// <summary>A power of two: a megabyte in all.</summary>
    private const int Size = 1 << 17;

    private readonly ulong[] _numbers = new ulong[Size];

    /// <summary>Remembers one.</summary>
    /// <param name="shape">What it has in common with others of its phone, the way it came included.</param>
    /// <param name="identity">What tells it from others: of its Call-ID and branch.</param>
    /// <param name="cseq">Its number.</param>
    /// <param name="isOutbound">What its answer says of outbound.</param>
    public void Add(ulong shape, ulong identity, uint cseq, bool isOutbound)
    {
        var number = NumberOf(shape, identity, cseq);
        _numbers[PlaceOf(number)] = isOutbound ? number | 1 : number;
    }

    /// <summary>Whether one was answered.</summary>
    public bool TryFind(ulong shape, ulong identity, uint cseq, out bool isOutbound)
    {
        var number = NumberOf(shape, identity, cseq);
        var found = _numbers[PlaceOf(number)];
        isOutbound = (found & 1) != 0;
        return (found & ~1UL) == number;
    }

    // Shape and identity are hashes under secrets of this process. Zero is an empty place.
    private static ulong NumberOf(ulong shape, ulong identity, uint cseq) => ((shape + ulong.RotateLeft(identity, 32)) ^ (cseq * 0x9E3779B97F4A7C15)) & ~1UL | 2;

    private static int PlaceOf(ulong number) => (int)(number >> 2) & (Size - 1);
}
