using System.Collections.Immutable;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Grains.Tests.Nodes;

/// <summary>Leases whose storage does what a test says; each question is counted.</summary>
internal sealed class FailingLeases : INodeLeases
{
    private int _renewals;
    private int _lists;

    /// <summary>What befalls each question, given its token; null for an answer.</summary>
    public Func<CancellationToken, Task>? Befalls { get; set; }

    public int Renewals => Volatile.Read(ref _renewals);

    public int Lists => Volatile.Read(ref _lists);

    public async Task<bool> Renew(NodeIdentity node, TimeSpan lifetime, CancellationToken cancel)
    {
        Interlocked.Increment(ref _renewals);
        await (Befalls?.Invoke(cancel) ?? Task.CompletedTask);
        return true;
    }

    public Task Release(NodeIdentity node, CancellationToken cancel) => Befalls?.Invoke(cancel) ?? Task.CompletedTask;

    public async Task<ImmutableArray<NodeLease>> List(CancellationToken cancel)
    {
        Interlocked.Increment(ref _lists);
        await (Befalls?.Invoke(cancel) ?? Task.CompletedTask);
        return [];
    }

    public Task<NodeLease?> FindRival(NodeIdentity node, CancellationToken cancel) => Task.FromResult<NodeLease?>(null);
}
