using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Resolution;

/// <summary>A server before its addresses are known (RFC 3263 §4.2, first half).</summary>
/// <param name="Protocol">How to speak to it.</param>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
internal sealed record SipServer(SipTransportProtocol Protocol, string Host, int Port);
