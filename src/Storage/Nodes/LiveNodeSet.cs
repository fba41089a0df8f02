using System.Collections.Immutable;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Storage.Nodes;

/// <summary>The nodes whose leases hold.</summary>
public sealed class LiveNodeSet(ImmutableArray<NodeLease> leases)
{
    /// <summary>Their leases.</summary>
    public ImmutableArray<NodeLease> Leases => leases;

    /// <summary>Whether this start of the node lives.</summary>
    public bool Has(string node, string incarnation) =>
        leases.Any(lease => lease.Name == node && lease.Incarnation == incarnation);

    /// <summary>Whether the gateway that made this flow lives.</summary>
    public bool Has(FlowId flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return Has(flow.Node, flow.Incarnation);
    }
}
