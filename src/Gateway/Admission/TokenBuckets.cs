using System.Numerics;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// A token bucket for each of many keys, in memory taken at start: eight places per hash, where a newcomer takes the place of whoever expired,
/// else of the fullest, else of the one heard of longest ago; a full bucket that is forgotten loses nothing. Thread-safe without locks: two
/// threads that meet in one place may miscount a token, never more.
/// </summary>
internal sealed class TokenBuckets
{
    private const int Ways = 8;

    private readonly long[] _keys;
    private readonly long[] _fullAt;
    private readonly long[] _expires;
    private readonly long _perToken;
    private readonly long _depth;
    private readonly long _lifetime;
    private readonly int _sets;

    /// <summary>Makes empty places.</summary>
    /// <param name="places">Rounded up to a power of two.</param>
    /// <param name="rate">Tokens a second; 0 for no bound.</param>
    /// <param name="burst">Tokens of a full bucket.</param>
    /// <param name="lifetime">How long a key is known after <see cref="Keep"/>.</param>
    /// <param name="clock">Its timestamps are those of every call.</param>
    public TokenBuckets(int places, int rate, int burst, TimeSpan lifetime, TimeProvider clock)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(places, Ways));
        _sets = size / Ways;
        _keys = new long[size];
        _fullAt = new long[size];
        _expires = new long[size];
        _perToken = rate == 0 ? 0 : Math.Max(1, clock.TimestampFrequency / rate);
        _depth = _perToken * burst;
        _lifetime = (long)(lifetime.TotalSeconds * clock.TimestampFrequency);
    }

    /// <summary>Whether there is no bound: no bucket is ever dry.</summary>
    public bool IsUnbounded => _perToken == 0;

    /// <summary>Whether a key was kept and has not expired.</summary>
    public bool Knows(long key, long now) => Find(key) is >= 0 and var place && _expires[place] > now;

    /// <summary>Whether there is no token left.</summary>
    public bool IsDry(long key, long now) => Find(key) is >= 0 and var place && !HasToken(Math.Max(Volatile.Read(ref _fullAt[place]), now), now);

    /// <summary>Whether no token is missing.</summary>
    public bool IsFull(long key, long now) => Find(key) is var place && (place < 0 || Volatile.Read(ref _fullAt[place]) <= now);

    /// <summary>Makes a key known for its lifetime, with the bucket it has.</summary>
    public void Keep(long key, long now) => _expires[FindOrAdd(key, now)] = now + _lifetime;

    /// <summary>Takes a token; false when there is none.</summary>
    public bool TryTake(long key, long now)
    {
        ref var fullAt = ref _fullAt[FindOrAdd(key, now)];
        while (true)
        {
            var seen = Volatile.Read(ref fullAt);
            var from = Math.Max(seen, now);
            if (!HasToken(from, now))
                return false;
            if (Interlocked.CompareExchange(ref fullAt, from + _perToken, seen) == seen)
                return true;
        }
    }

    /// <summary>Puts tokens back; what does not fit is lost.</summary>
    public void Give(long key, int tokens)
    {
        if (Find(key) is >= 0 and var place)
            Interlocked.Add(ref _fullAt[place], -tokens * _perToken);
    }

    // A bucket is the moment at which it will be full: one number, which one exchange can change.
    private bool HasToken(long fullAt, long now) => fullAt + _perToken - now <= _depth;

    private int Find(long key)
    {
        var first = (int)(key & (_sets - 1)) * Ways;
        var found = _keys.AsSpan(first, Ways).IndexOf(key);
        return found < 0 ? -1 : first + found;
    }

    private int FindOrAdd(long key, long now)
    {
        if (Find(key) is >= 0 and var known)
            return known;

        var first = (int)(key & (_sets - 1)) * Ways;
        var place = first;
        for (var other = first + 1; other < first + Ways; other++)
        {
            if (IsLessMissed(other, place, now))
                place = other;
        }

        _fullAt[place] = now;
        _expires[place] = 0;
        Volatile.Write(ref _keys[place], key);
        return place;
    }

    private bool IsLessMissed(int place, int other, long now)
    {
        var isExpired = _expires[place] <= now;
        if (isExpired != _expires[other] <= now)
            return isExpired;

        var (full, otherFull) = (Math.Max(_fullAt[place], now), Math.Max(_fullAt[other], now));
        return full != otherFull ? full < otherFull : _expires[place] < _expires[other];
    }
}
