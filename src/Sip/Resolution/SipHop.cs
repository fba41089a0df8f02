using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Resolution;

/// <summary>What a URI says about the next hop (RFC 3263 §4): its <c>maddr</c> or host, port and transport.</summary>
/// <param name="Host">A name, or an address with or without brackets.</param>
/// <param name="Port">1 to 65535; 0 when the URI has none: then SRV is asked.</param>
/// <param name="Protocol">The transport; null when the URI says none: then NAPTR is asked.</param>
/// <param name="IsSecure">Whether it is a <c>sips</c> URI, for which TLS alone will do (RFC 3261 §26.2.2).</param>
public sealed record SipHop(string Host, int Port = 0, SipTransportProtocol? Protocol = null, bool IsSecure = false);
