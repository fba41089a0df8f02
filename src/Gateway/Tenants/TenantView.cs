using System.Collections.Frozen;
using System.Net;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>A tenant and its dial plan as this gateway sees them: immutable, replaced whole by news.</summary>
internal sealed class TenantView
{
    private readonly FrozenDictionary<string, DestinationTarget> _destinations;
    private readonly (IPNetwork Network, IpFilterAction Action)[] _filters;

    public TenantView(TenantSnapshot snapshot, DialPlanSnapshot dialPlan)
    {
        Snapshot = snapshot;
        DialPlan = dialPlan;
        _destinations = dialPlan.Destinations.ToFrozenDictionary(d => d.Destination.Name, StringComparer.Ordinal);
        _filters = [.. dialPlan.IpFilters.OrderBy(f => f.Order).Select(Parse).OfType<(IPNetwork, IpFilterAction)>()];
    }

    public TenantSnapshot Snapshot { get; }

    public DialPlanSnapshot DialPlan { get; }

    public Tenant Tenant => Snapshot.Tenant;

    public TenantId Id => Snapshot.Tenant.Id;

    public TenantSettings Settings => Snapshot.Tenant.Settings;

    public TenantView With(TenantSnapshot snapshot) =>
        snapshot.Version >= Snapshot.Version ? new(snapshot, DialPlan) : this;

    public TenantView With(DialPlanSnapshot dialPlan) =>
        dialPlan.Version >= DialPlan.Version ? new(Snapshot, dialPlan) : this;

    public bool HasDomain(string domain) => Tenant.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase);

    public DestinationTarget? FindDestination(string name) => _destinations.GetValueOrDefault(name);

    /// <summary>What the first matching filter says; Allow when there is no filter at all, null when there are some and none matches.</summary>
    public IpFilterAction? FilterFor(IPAddress source)
    {
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        foreach (var (network, action) in _filters)
        {
            if (network.Contains(address))
                return action;
        }

        return _filters.Length == 0 ? IpFilterAction.Allow : null;
    }

    private static (IPNetwork, IpFilterAction)? Parse(IpFilter filter)
    {
        if (IPNetwork.TryParse(filter.Address, out var network))
            return (network, filter.Action);

        return IPAddress.TryParse(filter.Address, out var address)
            ? (new IPNetwork(address, address.GetAddressBytes().Length * 8), filter.Action)
            : null;
    }
}
