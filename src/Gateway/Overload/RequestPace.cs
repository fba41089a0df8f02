namespace TekSipCloud.Gateway.Overload;

/// <summary>Lets so many requests a second pass, a few at once (the generic cell rate algorithm of ATM). Thread-safe; deciding allocates nothing.</summary>
internal sealed class RequestPace(TimeProvider clock)
{
    /// <summary>Requests that may come at once: a tenth of a second's worth.</summary>
    private const double BurstSeconds = 0.1;

    private long _perRequest;
    private long _depth;
    private long _freeAt;

    /// <summary>Whether there is a limit.</summary>
    public bool IsLimited => Volatile.Read(ref _perRequest) != 0;

    /// <summary>Requests a second; infinite without a limit.</summary>
    public double PerSecond =>
        Volatile.Read(ref _perRequest) is var per and not 0 ? (double)clock.TimestampFrequency / per : double.PositiveInfinity;

    public void LimitTo(double perSecond)
    {
        Volatile.Write(ref _depth, (long)(clock.TimestampFrequency * Math.Max(BurstSeconds, 1 / perSecond)));
        Volatile.Write(ref _perRequest, Math.Max(1, (long)(clock.TimestampFrequency / perSecond)));
    }

    public void Release() => Volatile.Write(ref _perRequest, 0);

    /// <summary>Whether the next request may pass.</summary>
    public bool HasRoom => Volatile.Read(ref _freeAt) - clock.GetTimestamp() <= Volatile.Read(ref _depth);

    /// <summary>Whether the next request may pass; it then has.</summary>
    public bool TryTake()
    {
        var perRequest = Volatile.Read(ref _perRequest);
        var now = clock.GetTimestamp();
        while (true)
        {
            var seen = Volatile.Read(ref _freeAt);
            var next = Math.Max(seen, now) + perRequest;
            if (next - now > Volatile.Read(ref _depth) + perRequest)
                return false;
            if (Interlocked.CompareExchange(ref _freeAt, next, seen) == seen)
                return true;
        }
    }
}
