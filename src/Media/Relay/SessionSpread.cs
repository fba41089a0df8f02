namespace TekSipCloud.Media.Relay;

/// <summary>
/// Which loop a session is of, for its life. Sessions come together on one loop until that has enough: the more packets a turn finds, the less each
/// of them costs, and the other cores are free for signalling. Beyond that they are spread evenly.
/// </summary>
/// <remarks>Thread-safe; sessions that begin at the same moment may be judged by the same figures.</remarks>
internal sealed class SessionSpread(IReadOnlyList<RelayLoop> loops, IReadOnlyList<PortPool> pools, TimeProvider clock)
{
    /// <summary>Sessions of ordinary calls, a hundred packets a second each, that take a good half of a core.</summary>
    public const int Together = 750;

    /// <summary>The share of its time that a loop may be busy with those it has while it gets more: the machine may be slow, or its calls no ordinary ones.</summary>
    private const double MostBusy = 0.75;

    private readonly int[] _sessions = new int[loops.Count];
    private readonly bool[] _areBusy = new bool[loops.Count];
    private readonly long[] _busyBefore = new long[loops.Count];
    private long _lookedAt = clock.GetTimestamp();

    /// <summary>Sessions of all loops.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < _sessions.Length; i++)
                count += Volatile.Read(ref _sessions[i]);
            return count;
        }
    }

    /// <summary>Begins a session.</summary>
    /// <returns>The number of its loop.</returns>
    public int Begin()
    {
        var best = 0;
        for (var i = 1; i < _sessions.Length; i++)
        {
            if (RankOf(i).CompareTo(RankOf(best)) > 0)
                best = i;
        }

        _ = Interlocked.Increment(ref _sessions[best]);
        return best;
    }

    /// <summary>Ends a session of a loop.</summary>
    public void End(int loop) => Interlocked.Decrement(ref _sessions[loop]);

    /// <summary>Sees how busy the loops were since the last time; once a second, by one thread.</summary>
    public void Look()
    {
        var now = clock.GetTimestamp();
        for (var i = 0; i < loops.Count; i++)
        {
            var busy = loops[i].BusyTicks;
            Volatile.Write(ref _areBusy[i], busy - _busyBefore[i] > MostBusy * (now - _lookedAt));
            _busyBefore[i] = busy;
        }

        _lookedAt = now;
    }

    // First the fullest of those that have not enough, then the emptiest of the others; where ports are scarce, who has most of them.
    private (int Kind, int Order) RankOf(int loop)
    {
        var sessions = Volatile.Read(ref _sessions[loop]);
        var ports = pools.Count > 0 ? pools[loop].Available : int.MaxValue;
        if (ports < PortRange.LeastPairs)
            return (0, ports);

        return sessions < Together && !Volatile.Read(ref _areBusy[loop]) ? (2, sessions) : (1, -sessions);
    }
}
