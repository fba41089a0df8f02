using System.Collections.Frozen;
using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using DigestAlgorithm = TekSipCloud.Sip.Digest.DigestAlgorithm;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>A tenant and its dial plan as this gateway sees them: immutable, replaced whole by news.</summary>
internal sealed class TenantView
{
    private readonly Challenge[] _challenges;
    private readonly TenantDomain[] _domains;
    private readonly FrozenDictionary<string, DestinationTarget> _destinations;

    public TenantView(TenantSnapshot snapshot, DialPlanSnapshot dialPlan)
    {
        Snapshot = snapshot;
        DialPlan = dialPlan;
        Realm = Encoding.UTF8.GetBytes(snapshot.Tenant.Realm);
        _challenges =
        [
            new(Realm, DigestAlgorithm.Md5, false), new(Realm, DigestAlgorithm.Md5, true),
            new(Realm, DigestAlgorithm.Sha256, false), new(Realm, DigestAlgorithm.Sha256, true),
        ];
        _domains = [.. snapshot.Tenant.Domains.Select(name => new TenantDomain(name, $"{name} belongs to {snapshot.Tenant.Id}."))];
        _destinations = dialPlan.Destinations.ToFrozenDictionary(d => d.Destination.Name, StringComparer.Ordinal);
    }

    public TenantSnapshot Snapshot { get; }

    public DialPlanSnapshot DialPlan { get; }

    /// <summary>The tenant's realm as it stands in challenges and credentials.</summary>
    public ReadOnlyMemory<byte> Realm { get; }

    public Tenant Tenant => Snapshot.Tenant;

    public TenantId Id => Snapshot.Tenant.Id;

    public TenantSettings Settings => Snapshot.Tenant.Settings;

    public TenantView With(TenantSnapshot snapshot) =>
        snapshot.Version >= Snapshot.Version ? new(snapshot, DialPlan) : this;

    public TenantView With(DialPlanSnapshot dialPlan) =>
        dialPlan.Version >= DialPlan.Version ? new(Snapshot, dialPlan) : this;

    public bool HasDomain(ReadOnlySpan<char> domain)
    {
        foreach (var own in Tenant.Domains)
        {
            if (domain.Equals(own, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The domain that a URI names; the tenant's first when it is none of its own.</summary>
    public TenantDomain FindDomain(ReadOnlySpan<byte> host)
    {
        foreach (var domain in _domains)
        {
            if (Ascii.EqualsIgnoreCase(host, domain.Name))
                return domain;
        }

        return _domains[0];
    }

    /// <summary>What the tenant's strangers are asked.</summary>
    public Challenge Challenge(DigestAlgorithm algorithm, bool isStale) =>
        _challenges[(algorithm == DigestAlgorithm.Sha256 ? 2 : 0) + (isStale ? 1 : 0)];

    public DestinationTarget? FindDestination(string name) => _destinations.GetValueOrDefault(name);
}
