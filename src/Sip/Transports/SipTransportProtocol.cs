namespace TekSipCloud.Sip.Transports;

/// <summary>What carries SIP messages: the transport of a Via header (RFC 3261 §20.42, RFC 7118 §5.2).</summary>
public enum SipTransportProtocol : byte
{
    /// <summary>Datagrams; the only unreliable one.</summary>
    Udp,

    /// <summary>A TCP connection.</summary>
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,

    /// <summary>A WebSocket (RFC 7118).</summary>
    Ws,

    /// <summary>A WebSocket over TLS (RFC 7118).</summary>
    Wss,
}
