using System.Net;
using Microsoft.Extensions.Options;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// Where a tenant's word that it authenticates nobody (the manual, Settings / Security) counts: in the networks that the operator of this node trusts, and
/// nowhere by default, or a tenant could make an open relay of it. And where a tenant's IP filter names a source that needs no credentials (Settings / IP Filters).
/// </summary>
internal sealed class AuthenticationWaiver(IOptions<GatewayOptions> options)
{
    private readonly IPNetwork[] _networks = [.. options.Value.TrustedIPNetworks];

    /// <summary>Why a tenant's request by this way is believed without credentials, for the decision log; null when it needs them.</summary>
    public string? Find(TenantView tenant, SipFlow flow)
    {
        // Browsers are never: a page from anywhere may open their WebSocket, and a proxy before it has an address of its own.
        if (flow.Protocol is SipTransportProtocol.Ws or SipTransportProtocol.Wss)
            return null;

        return !tenant.Settings.SipAuthentication && IsTrusted(flow)
            ? "the tenant authenticates nobody"
            : tenant.IpFilters?.Find(flow.Remote.Address)?.Waiver;
    }

    private bool IsTrusted(SipFlow flow)
    {
        if (_networks.Length == 0)
            return false;

        var address = flow.Remote.Address;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return Array.Exists(_networks, network => network.Contains(address));
    }
}
