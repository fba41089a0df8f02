namespace TekSipCloud.Gateway.Overload;

/// <summary>The share of the CPU time this process may have that it uses: of its cores, or of its control group's quota when that is less.</summary>
internal sealed class CpuShare(TimeProvider clock)
{
    /// <summary>A quota may be changed while the process runs.</summary>
    private static readonly TimeSpan QuotaLifetime = TimeSpan.FromSeconds(10);

    private TimeSpan _used = Environment.CpuUsage.TotalTime;
    private long _at = clock.GetTimestamp();
    private long _quotaAt = clock.GetTimestamp();
    private double _cores = CpuQuota.ReadCores();

    /// <summary>The share since the last call, 0 to 1.</summary>
    public double Read()
    {
        var (used, now) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        if (clock.GetElapsedTime(_quotaAt, now) > QuotaLifetime)
            (_cores, _quotaAt) = (CpuQuota.ReadCores(), now);

        var elapsed = clock.GetElapsedTime(_at, now);
        var share = elapsed > TimeSpan.Zero ? (used - _used) / elapsed / _cores : 0;
        (_used, _at) = (used, now);
        return Math.Clamp(share, 0, 1);
    }
}
