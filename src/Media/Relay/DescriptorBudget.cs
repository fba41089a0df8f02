namespace TekSipCloud.Media.Relay;

/// <summary>
/// The open files that media ports may be: half of what the process may have, less of a low limit, so that ports never take what connections, storage
/// and the runtime itself need, which can't go on without. Thread-safe.
/// </summary>
internal sealed class DescriptorBudget
{
    /// <summary>RTP and RTCP.</summary>
    public const int OfPair = 2;

    /// <summary>What a busy process has open besides: some 300, and its connections.</summary>
    private const long LeastReserve = 1024;

    private long _left;

    /// <param name="limit">Files that the process may have open.</param>
    public DescriptorBudget(long limit)
    {
        Limit = limit;
        _left = Pairs;
    }

    /// <summary>Files that the process may have open.</summary>
    public long Limit { get; }

    /// <summary>Port pairs that may be open.</summary>
    public long Pairs => (Limit - Math.Max(Limit / 2, Math.Min(LeastReserve, Limit / 4 * 3))) / OfPair;

    /// <summary>The process's own; without a bound where the system has none that can be read.</summary>
    public static DescriptorBudget OfProcess() =>
        new(OperatingSystem.IsLinux() ? LinuxCalls.RaiseOpenFileLimit() ?? long.MaxValue : long.MaxValue);

    /// <summary>The limit that lets so many pairs be open.</summary>
    public static long LimitFor(long pairs) => Math.Min(pairs * OfPair * 4, Math.Max(pairs * OfPair * 2, (pairs * OfPair) + LeastReserve));

    public bool TryTakePair()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
            return true;

        GiveBackPair();
        return false;
    }

    public void GiveBackPair() => Interlocked.Increment(ref _left);
}
