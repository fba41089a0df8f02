using System.Net;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Sip.Transports;

/// <summary>Where a request goes: the result of RFC 3263 for one hop.</summary>
/// <param name="Protocol">What carries it; WebSockets are never opened from here.</param>
/// <param name="Remote">Numeric address and port.</param>
/// <param name="ServerName">
/// Name that the server's certificate must bear (TLS only): the domain of the URI that was resolved (RFC 5922 §4). Null: its address.
/// </param>
/// <param name="Trust">Whom to believe about that name (TLS only). Null: <see cref="ServerTrust.System"/>.</param>
public sealed record SipTarget(SipTransportProtocol Protocol, IPEndPoint Remote, string? ServerName = null, ServerTrust? Trust = null);
