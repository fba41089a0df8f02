namespace TekSipCloud.Gateway.Overload;

/// <summary>The share of the CPU time this process may have that it uses: of its cores, or of its control group's quota when that is less.</summary>
internal sealed class CpuShare(TimeProvider clock)
{
    /// <summary>A quota may be changed while the process runs: it is read anew that often where it matters. Reading it takes as long as some dozen messages.</summary>
    private static readonly TimeSpan QuotaLifetime = TimeSpan.FromSeconds(1);

    /// <summary>A node that uses less of what it may have is far from any quota.</summary>
    private const double Little = 0.1;

    /// <summary>Two periods of a quota, which a busy process spends at once and then stands still.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(TimeSpan Used, long At)> _before = new([(Environment.CpuUsage.TotalTime, clock.GetTimestamp())]);
    private long _quotaAt = clock.GetTimestamp();
    private double _cores = CpuQuota.ReadCores();

    /// <summary>The share of the last moments, 0 to 1.</summary>
    public double Read()
    {
        var (used, now) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        _before.Enqueue((used, now));
        while (_before.Count > 2 && clock.GetElapsedTime(_before.ElementAt(1).At, now) >= Span)
            _before.Dequeue();
        var (usedBefore, at) = _before.Peek();
        var elapsed = clock.GetElapsedTime(at, now);
        var usedCores = elapsed > TimeSpan.Zero ? (used - usedBefore) / elapsed : 0;
        if (usedCores > Little * _cores && clock.GetElapsedTime(_quotaAt, now) > QuotaLifetime)
            (_cores, _quotaAt) = (CpuQuota.ReadCores(), now);
        return Math.Clamp(usedCores / _cores, 0, 1);
    }
}
