using System.Net;
using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// The addresses for which the peer of a connection that it opened offers that connection (RFC 5923): later requests to them need no connection
/// of their own. An offer is taken only where nobody can redirect another's calls by it.
/// </summary>
internal static class ConnectionAlias
{
    /// <summary>What the connection may be found by besides its own remote end; empty when nothing is offered, or too much.</summary>
    public static FlowKey[] Of(StreamFlow flow, SipMessage request, SipTransportOptions options)
    {
        if (!request.IsRequest || !request.TryGetTopVia(out var via) || !via.Parameters.Has("alias"u8))
            return [];

        var host = Encoding.ASCII.GetString(via.Host);
        var remote = new IPEndPoint(flow.Remote.Address, via.Port > 0 ? via.Port : flow.Protocol.DefaultPort());
        return flow.Protocol switch
        {
            // RFC 5923 §8.2: the name in Via must be one that the peer's certificate was verified to bear.
            SipTransportProtocol.Tls when flow.PeerNames.Contains(host, StringComparer.OrdinalIgnoreCase) =>
                [new(flow.Protocol, remote, host), new(flow.Protocol, remote, host, ServerTrust.System)],
            // RFC 5923 §5 leaves TCP out: any program behind the peer's address could claim any of its ports.
            SipTransportProtocol.Tcp when options.TcpAliases && IPAddress.TryParse(host, out var named) && named.Equals(remote.Address) =>
                [new(flow.Protocol, remote, ServerName: null)],
            _ => [],
        };
    }
}
