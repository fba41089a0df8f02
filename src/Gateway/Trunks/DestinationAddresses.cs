using System.Collections.Concurrent;
using System.Net;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Resolution;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>
/// Knows destinations by their addresses: those written as such at once, host names as they were last resolved, which is done each minute.
/// </summary>
internal sealed class DestinationAddresses(ISipResolver resolver)
{
    private readonly ConcurrentDictionary<(string, int, Transport), IPAddress[]> _resolved = new();

    /// <summary>The enabled destination of the tenant that has this address; null for none.</summary>
    public Destination? Find(TenantView tenant, IPAddress source)
    {
        foreach (var target in tenant.DialPlan.Destinations)
        {
            var destination = target.Destination;
            if (destination.Enabled && destination.Type != DestinationType.Extension && IsAt(destination, source))
                return destination;
        }

        return null;
    }

    /// <summary>Whether one of a destination's servers has this address.</summary>
    public bool IsAt(Destination destination, IPAddress source) =>
        IPAddress.TryParse(destination.Gateway, out var address)
            ? address.Equals(source)
            : _resolved.TryGetValue(KeyOf(destination), out var addresses) && addresses.Contains(source);

    /// <summary>
    /// Resolves every host name in use anew: all servers that calls may be sent to may also call. A name that does not resolve now keeps its
    /// addresses.
    /// </summary>
    public async Task Refresh(IEnumerable<TenantView> tenants, CancellationToken stop)
    {
        var hops = tenants.SelectMany(t => t.DialPlan.Destinations)
            .Where(t => t.Destination.Enabled)
            .Where(t => t.Destination.Gateway.Length > 0 && !IPAddress.TryParse(t.Destination.Gateway, out _))
            .DistinctBy(t => KeyOf(t.Destination))
            .ToDictionary(t => KeyOf(t.Destination), t => DestinationHops.Of(t.Destination));
        // At the same time: a name whose servers are away must not hold up the others.
        await Task.WhenAll(hops.Select(hop => Refresh(hop.Key, hop.Value, stop)));
        foreach (var key in _resolved.Keys.Where(key => !hops.ContainsKey(key)))
            _resolved.TryRemove(key, out _);
    }

    private async Task Refresh((string, int, Transport) key, SipHop hop, CancellationToken stop)
    {
        var found = await resolver.Resolve(hop, stop);
        if (!found.Targets.IsEmpty)
            _resolved[key] = [.. found.Targets.Select(t => t.Remote.Address).Distinct()];
    }

    private static (string, int, Transport) KeyOf(Destination destination) => (destination.Gateway, destination.Port, destination.Transport);
}
