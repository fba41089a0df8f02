using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Sip.Resolution;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>What a destination's settings say about the next hop (RFC 3263 §4).</summary>
internal static class DestinationHops
{
    /// <summary>The hop: no port asks for SRV, no transport for NAPTR as well.</summary>
    public static SipHop Of(Destination destination) => new(
        destination.Gateway,
        destination.Port,
        destination.Transport == Transport.None ? null : FlowAddresses.ProtocolOf(destination.Transport));
}
