using System.Collections.Concurrent;
using System.Net;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>
/// Knows destinations by their addresses: those written as such at once, host names as they were last resolved, which is done each minute.
/// </summary>
internal sealed class DestinationAddresses(ISipResolver resolver)
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _resolved = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The enabled destination of the tenant that has this address; null for none.</summary>
    public Destination? Find(TenantView tenant, IPAddress source)
    {
        foreach (var target in tenant.DialPlan.Destinations)
        {
            var destination = target.Destination;
            if (destination.Enabled && destination.Type != DestinationType.Extension && Has(destination.Gateway, source))
                return destination;
        }

        return null;
    }

    /// <summary>Resolves every host name in use anew; a name that does not resolve now keeps its addresses.</summary>
    public async Task Refresh(IEnumerable<TenantView> tenants, CancellationToken stop)
    {
        var hosts = tenants.SelectMany(t => t.DialPlan.Destinations)
            .Where(t => t.Destination.Enabled)
            .Select(t => t.Destination.Gateway)
            .Where(host => host.Length > 0 && !IPAddress.TryParse(host, out _))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var host in hosts)
        {
            var found = await resolver.Resolve(host, 0, SipTransportProtocol.Udp, stop);
            if (found.Count > 0)
                _resolved[host] = [.. found.Select(e => e.Address)];
        }

        foreach (var host in _resolved.Keys.Where(host => !hosts.Contains(host)))
            _resolved.TryRemove(host, out _);
    }

    private bool Has(string gateway, IPAddress source) =>
        IPAddress.TryParse(gateway, out var address)
            ? address.Equals(source)
            : _resolved.TryGetValue(gateway, out var addresses) && addresses.Contains(source);
}
