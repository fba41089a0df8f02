using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>Turns the host of a URI into addresses.</summary>
public interface ISipResolver
{
    /// <summary>
    /// Addresses of <paramref name="host"/> (a name, or a literal with or without brackets), best first, with <paramref name="port"/> or, when that
    /// is 0, the protocol's default port. Empty when there is none; never throws for what DNS says.
    /// </summary>
    ValueTask<IReadOnlyList<IPEndPoint>> Resolve(string host, int port, SipTransportProtocol protocol, CancellationToken cancel);
}
