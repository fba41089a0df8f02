using System.Collections.Frozen;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>A tenant and its dial plan as this gateway sees them: immutable, replaced whole by news.</summary>
internal sealed class TenantView
{
    private readonly FrozenDictionary<string, DestinationTarget> _destinations;

    public TenantView(TenantSnapshot snapshot, DialPlanSnapshot dialPlan)
    {
        Snapshot = snapshot;
        DialPlan = dialPlan;
        _destinations = dialPlan.Destinations.ToFrozenDictionary(d => d.Destination.Name, StringComparer.Ordinal);
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
}
