using System.Net;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// What connections are found by. A connection to a named TLS server is never exchanged for one whose name nobody checked, or
/// that others' authorities vouched for.
/// </summary>
internal readonly record struct FlowKey(SipTransportProtocol Protocol, IPEndPoint Remote, string? ServerName, ServerTrust? Trust = null);
