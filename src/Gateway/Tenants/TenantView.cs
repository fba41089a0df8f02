using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using DigestAlgorithm = TekSipCloud.Sip.Digest.DigestAlgorithm;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>A tenant and its dial plan as this gateway sees them: immutable, replaced whole by news.</summary>
internal sealed class TenantView
{
    private readonly Challenge[] _challenges;
    private readonly TenantDomain[] _domains;
    private readonly FrozenDictionary<string, DestinationTarget> _destinations;

    // Almost no tenant has any.
    private readonly FrozenDictionary<string, ImmutableArray<CodecId>>? _codecIds;

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
        _domains = [.. snapshot.Tenant.Domains.Select(name => new TenantDomain(name, $"{name} belongs to {snapshot.Tenant.Id}.", snapshot.Tenant.IsOriginationOnly(name)))];
        _destinations = dialPlan.Destinations.ToFrozenDictionary(d => d.Destination.Name, StringComparer.Ordinal);
        UserAgents = UserAgentRules.Of(Settings);
        IpFilters = IpFilterList.Of(dialPlan.IpFilters);
        if (CodecIds.TryParse(Settings.CodecIds, out var profiles) && profiles.Count > 0)
            _codecIds = profiles.ToFrozenDictionary(profile => profile.Key, profile => profile.Value.Select(id => new CodecId(id.Key, id.Value)).ToImmutableArray());
    }

    public TenantSnapshot Snapshot { get; }

    public DialPlanSnapshot DialPlan { get; }

    /// <summary>The tenant's realm as it stands in challenges and credentials.</summary>
    public ReadOnlyMemory<byte> Realm { get; }

    public Tenant Tenant => Snapshot.Tenant;

    public TenantId Id => Snapshot.Tenant.Id;

    public TenantSettings Settings => Snapshot.Tenant.Settings;

    /// <summary>Which phones may register and call; null when all may.</summary>
    public UserAgentRules? UserAgents { get; }

    /// <summary>What becomes of requests by where they come from; null when the tenant has no filters.</summary>
    public IpFilterList? IpFilters { get; }

    /// <summary>
    /// With what is known of the tenant now: itself when that is nothing new, so that a renewed subscription leaves alone what is remembered of phones by their
    /// tenant's view. One that was removed and made anew under its id brings nothing of the former one's along.
    /// </summary>
    public TenantView With(TenantSnapshot snapshot)
    {
        if (snapshot.Tenant.Created == Tenant.Created)
            return snapshot.Version > Snapshot.Version ? new(snapshot, DialPlan) : this;

        return snapshot.Tenant.Created > Tenant.Created ? new(snapshot, new(Id, 0, [], [], [])) : this;
    }

    public TenantView With(DialPlanSnapshot dialPlan) =>
        dialPlan.Version > DialPlan.Version ? new(Snapshot, dialPlan) : this;

    public bool HasDomain(ReadOnlySpan<char> domain)
    {
        foreach (var own in Tenant.Domains)
        {
            if (domain.Equals(own, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The same of a URI's host.</summary>
    public bool HasDomain(ReadOnlySpan<byte> host)
    {
        foreach (var domain in _domains)
        {
            if (Ascii.EqualsIgnoreCase(host, domain.Name))
                return true;
        }

        return false;
    }

    /// <summary>Whether this is a domain of the tenant's that takes calls and rings nobody.</summary>
    public bool IsOriginationOnly(ReadOnlySpan<byte> host)
    {
        foreach (var domain in _domains)
        {
            if (domain.IsOriginationOnly && Ascii.EqualsIgnoreCase(host, domain.Name))
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

    /// <summary>By which payload types a party is offered codecs: by a destination's translation profile, or by the default one.</summary>
    public ImmutableArray<CodecId> CodecIdsOf(Destination? destination) =>
        _codecIds is not null && _codecIds.TryGetValue(destination?.TranslationProfile ?? CodecIds.DefaultProfile, out var ids) ? ids : [];

    public DestinationTarget? FindDestination(string name) => _destinations.GetValueOrDefault(name);
}
