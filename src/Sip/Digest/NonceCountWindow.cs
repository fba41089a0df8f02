using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Digest;

/// <summary>Remembers which counts of which nonces were used, so that credentials work once (RFC 7616 §3.4, RFC 3261
/// §22.4).</summary>
/// <remarks>Bounded: when it is full it forgets the counts of the nonce taken in first, and remembers that this one was used, in a bit. So a phone that
/// answers late is not challenged anew because many others answered before it; only a nonce older than all the bits is not taken any more. Thread-safe; the
/// lock covers some dozen instructions. Ask it only after the response has been verified: so only those who know a password take up room.</remarks>
public sealed class NonceCountWindow
{
    private const int CountsBehind = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<NonceStamp, Counts> _uses;
    private readonly NonceStamp[] _order;
    private readonly UsedNonces _forgotten;
    private int _next;

    /// <summary>Makes a window.</summary>
    /// <param name="capacity">Nonces whose counts are remembered, about 100 bytes each. Default: 65,536. Fewer than the clients active
    /// within a nonce's lifetime cost each of them another challenge at its next request.</param>
    /// <param name="bits">Nonces of which only is remembered whether they were used, in multiples of 64. Default: 8,388,608, a megabyte once it is
    /// needed: half a minute of 250,000 challenges a second, or the lifetime of nonces at 27,000.</param>
    public NonceCountWindow(int capacity = 65_536, int bits = 1 << 23)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 64);
        _forgotten = new(bits & ~63);
        _uses = new(capacity);
        _order = new NonceStamp[capacity];
    }

    /// <summary>Uses one count of a nonce.</summary>
    /// <param name="nonce">What <see cref="NonceSource.Check"/> said of a valid one.</param>
    /// <param name="count">1 or more; counts may arrive out of order up to 64 behind the highest.</param>
    public NonceUse Use(NonceStamp nonce, uint count)
    {
        lock (_gate)
        {
            ref var counts = ref CollectionsMarshal.GetValueRefOrNullRef(_uses, nonce);
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref counts))
                return Mark(ref counts, count);

            if (_forgotten.MayHave(nonce.Serial))
                return NonceUse.Forgotten;

            Remember(nonce, count);
            return NonceUse.First;
        }
    }

    /// <summary>Uses a nonce up: whatever was done with it before, and whatever its count, it serves no other request.</summary>
    /// <param name="nonce">What <see cref="NonceSource.Check"/> said of a valid one.</param>
    public NonceUse UseOnce(NonceStamp nonce)
    {
        lock (_gate)
        {
            if (_uses.ContainsKey(nonce))
                return NonceUse.Replayed;
            if (_forgotten.MayHave(nonce.Serial))
                return NonceUse.Forgotten;

            // No count is higher, and none but this one was seen.
            Remember(nonce, uint.MaxValue);
            return NonceUse.First;
        }
    }

    private static NonceUse Mark(ref Counts counts, uint count)
    {
        if (count > counts.Highest)
        {
            var ahead = count - counts.Highest;
            counts = new(count, (ahead < CountsBehind ? counts.Seen << (int)ahead : 0) | 1);
            return NonceUse.First;
        }

        var behind = counts.Highest - count;
        var bit = behind < CountsBehind ? 1UL << (int)behind : 0;
        if (bit == 0 || (counts.Seen & bit) != 0)
            return NonceUse.Replayed;

        counts = counts with { Seen = counts.Seen | bit };
        return NonceUse.First;
    }

    private void Remember(NonceStamp nonce, uint count)
    {
        if (_uses.Count == _order.Length)
        {
            var forgotten = _order[_next];
            _uses.Remove(forgotten);
            _forgotten.Add(forgotten.Serial);
        }

        _order[_next] = nonce;
        _next = (_next + 1) % _order.Length;
        _uses.Add(nonce, new(count, 1));
    }

    /// <summary>The highest count seen and, bit n, whether the count n below it was.</summary>
    private readonly record struct Counts(uint Highest, ulong Seen);
}
