using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>Between flows of this process and their names in the cluster.</summary>
internal static class FlowAddresses
{
    public static FlowAddress Of(SipFlow flow, NodeIdentity node)
    {
        if (flow is RemoteFlow remote)
            return remote.Address;

        var connection = flow.Protocol == SipTransportProtocol.Udp ? 0 : flow.Id;
        return new FlowAddress(
            new FlowId(node.Name, node.Incarnation, connection),
            TransportOf(flow.Protocol),
            flow.Remote.Address.ToString(),
            flow.Remote.Port,
            SharedText.Of(flow.SentBy));
    }

    public static Transport TransportOf(SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp => Transport.Udp,
        SipTransportProtocol.Tcp => Transport.Tcp,
        SipTransportProtocol.Tls => Transport.Tls,
        SipTransportProtocol.Ws => Transport.Ws,
        _ => Transport.Wss,
    };

    public static SipTransportProtocol ProtocolOf(Transport transport) => transport switch
    {
        Transport.Tcp => SipTransportProtocol.Tcp,
        Transport.Tls => SipTransportProtocol.Tls,
        Transport.Ws => SipTransportProtocol.Ws,
        Transport.Wss => SipTransportProtocol.Wss,
        _ => SipTransportProtocol.Udp,
    };
}
