using System.Collections.Immutable;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The nodes of the cluster.</summary>
internal sealed class InMemoryLeases(Weather weather) : INodeLeases
{
    /// <summary>Live and dead ones.</summary>
    public List<NodeLease> Known { get; } = [];

    /// <summary>A node that lives.</summary>
    public void Add(string name) => Known.Add(new NodeLease(name, "1", DateTimeOffset.MaxValue));

    /// <summary>How often they were read.</summary>
    public int Reads { get; private set; }

    public Task<ImmutableArray<NodeLease>> List(CancellationToken cancel)
    {
        Reads++;
        return weather.Answer(() => Known.ToImmutableArray());
    }

    public Task<bool> Renew(NodeIdentity node, TimeSpan lifetime, CancellationToken cancel) => throw new NotSupportedException();

    public Task Release(NodeIdentity node, CancellationToken cancel) => throw new NotSupportedException();

    public Task<NodeLease?> FindRival(NodeIdentity node, CancellationToken cancel) => throw new NotSupportedException();
}
