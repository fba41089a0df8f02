using System.Net;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>Where responses to a request go (RFC 3261 §18.2.2, RFC 3581 §4).</summary>
internal static class ReplyPath
{
    /// <summary>
    /// Streams: the request's own connection. UDP: its source address, and its source port if it asked so by <c>rport</c>, otherwise the port of
    /// sent-by. <c>maddr</c> is not obeyed: it would let a stranger aim our packets.
    /// </summary>
    public static SipFlow Of(SipFlow flow, SipMessage request)
    {
        if (flow.IsReliable || !request.TryGetTopVia(out var via) || via.HasRport)
            return flow;

        // A sent-by address that is not the source's means a NAT without rport: behind it only the source port leads back.
        if (IsOtherAddress(via.Host, flow.Remote.Address))
            return flow;

        var port = via.Port == 0 ? flow.Protocol.DefaultPort() : via.Port;
        return port == flow.Remote.Port ? flow : flow.AtPort(port);
    }

    private static bool IsOtherAddress(ReadOnlySpan<byte> host, IPAddress source)
    {
        var literal = host.StartsWith("["u8) ? host.Trim("[]"u8) : host;
        return IPAddress.TryParse(literal, out var address) && !address.Equals(source);
    }
}
