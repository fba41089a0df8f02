using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// Whether a tenant's IP filters drop what comes from a source: before any state is made for it or any share of its source is spent. Only what names a domain
/// of that tenant's is, so nobody's filter concerns another tenant. Thread-safe, without locks.
/// </summary>
internal sealed class FilteredSources(TenantViews tenants)
{
    private long _dropped;

    /// <summary>Requests that got no answer since their tenant's filters say so.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether a request is to be forgotten.</summary>
    public bool Drops(SipFlow flow, SipMessage request) =>
        // No tenant here ever had a filter: nothing is looked up.
        tenants.HaveIpFilters && request.TryGetRequestUri(out var uri, out _) && Drops(flow, uri);

    /// <summary>The same of a request that nobody has read.</summary>
    public bool Drops(SipFlow flow, in UnreadRequest request) =>
        tenants.HaveIpFilters && SipUri.TryParse(request.RequestUri, out var uri, out _) && Drops(flow, uri);

    private bool Drops(SipFlow flow, SipUri uri)
    {
        if (!tenants.TryFindByDomain(uri.Host.Trim("[]"u8), out var tenant) || tenant?.IpFilters?.Drops(flow.Remote.Address) != true)
            return false;

        Interlocked.Increment(ref _dropped);
        return true;
    }
}
