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
        if (flow.IsReliable || !request.TryGetTopVia(out var via) || LeadsBack(flow, via.HasRport, via.Port))
            return flow;

        // A sent-by address that is not the source's means a NAT without rport: behind it only the source port leads back.
        return IsOtherAddress(via.Host, flow.Remote.Address) ? flow : flow.AtPort(PortOf(flow, via.Port));
    }

    /// <summary>Whether a Via leads to the request's source whatever host it names: it asks so by <c>rport</c>, or sent-by has that port.</summary>
    /// <param name="flow">The way the request came.</param>
    /// <param name="hasRport">Whether the Via has <c>rport</c>.</param>
    /// <param name="sentBy">Sent-by's port; 0 for the protocol's own.</param>
    public static bool LeadsBack(SipFlow flow, bool hasRport, int sentBy) => hasRport || PortOf(flow, sentBy) == flow.Remote.Port;

    private static int PortOf(SipFlow flow, int sentBy) => sentBy == 0 ? flow.Protocol.DefaultPort() : sentBy;

    private static bool IsOtherAddress(ReadOnlySpan<byte> host, IPAddress source)
    {
        var literal = host.StartsWith("["u8) ? host.Trim("[]"u8) : host;
        return IPAddress.TryParse(literal, out var address) && !address.Equals(source);
    }
}
