namespace TekSipCloud.Sip.Transports;

/// <summary>Facts about each <see cref="SipTransportProtocol"/>.</summary>
public static class SipTransportProtocols
{
    /// <summary>Whether the transport itself repeats what is lost, so that transactions need not (RFC 3261 §17).</summary>
    public static bool IsReliable(this SipTransportProtocol protocol) => protocol != SipTransportProtocol.Udp;

    /// <summary>Whether eavesdroppers on the next hop are kept out.</summary>
    public static bool IsSecure(this SipTransportProtocol protocol) =>
        protocol is SipTransportProtocol.Tls or SipTransportProtocol.Wss;

    /// <summary>The port when none is given: 5060, 5061 for TLS (RFC 3261 §19.1.2), 80 and 443 for WebSockets (RFC 7118 §8).</summary>
    public static int DefaultPort(this SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Tls => 5061,
        SipTransportProtocol.Ws => 80,
        SipTransportProtocol.Wss => 443,
        _ => 5060,
    };

    /// <summary>The token of a Via header: <c>UDP</c>, <c>TCP</c>, <c>TLS</c>, <c>WS</c> or <c>WSS</c>.</summary>
    public static ReadOnlySpan<byte> ViaToken(this SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp => "UDP"u8,
        SipTransportProtocol.Tcp => "TCP"u8,
        SipTransportProtocol.Tls => "TLS"u8,
        SipTransportProtocol.Ws => "WS"u8,
        _ => "WSS"u8,
    };

    /// <summary>The value of a URI's <c>transport</c> parameter: <c>udp</c>, <c>tcp</c>, <c>tls</c>, <c>ws</c>; WSS has none of its own (RFC 7118 §5.2.1).</summary>
    public static ReadOnlySpan<byte> UriToken(this SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp => "udp"u8,
        SipTransportProtocol.Tcp => "tcp"u8,
        SipTransportProtocol.Tls => "tls"u8,
        _ => "ws"u8,
    };
}
