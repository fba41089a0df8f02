using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>The nodes' leases in storage.</summary>
public interface INodeLeases
{
    /// <summary>Takes or renews this node's lease. False when another live incarnation of the same name holds it.</summary>
    Task<bool> Renew(NodeIdentity node, TimeSpan lifetime, CancellationToken cancel);

    /// <summary>Gives the lease up at a clean stop.</summary>
    Task Release(NodeIdentity node, CancellationToken cancel);

    /// <summary>Every node known, dead ones too.</summary>
    Task<ImmutableArray<NodeLease>> List(CancellationToken cancel);

    /// <summary>A live node that another process is; null for none. Without clustering two such processes must not share storage.</summary>
    Task<NodeLease?> FindRival(NodeIdentity node, CancellationToken cancel);
}
