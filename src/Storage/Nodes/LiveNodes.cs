using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Storage.Nodes;

/// <summary>Which nodes live, read at most every other second.</summary>
public sealed class LiveNodes(INodeLeases leases, TimeProvider clock)
{
    private static readonly TimeSpan ReadPeriod = TimeSpan.FromSeconds(2);

    private Reading? _last;

    /// <summary>The nodes whose leases hold.</summary>
    public async ValueTask<LiveNodeSet> Get(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_last is { } last && now - last.At < ReadPeriod)
            return last.Nodes;

        var all = await leases.List(cancel);
        var nodes = new LiveNodeSet([.. all.Where(lease => lease.Expires > now)]);
        _last = new(nodes, now);
        return nodes;
    }

    private sealed record Reading(LiveNodeSet Nodes, DateTimeOffset At);
}
