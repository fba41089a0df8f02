using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Transports;

/// <summary>Resolves A and AAAA records by the operating system (RFC 3263 §4.2, the case of a port or a numeric host).</summary>
public sealed class SystemResolver : ISipResolver
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPEndPoint>> Resolve(
        string host, int port, SipTransportProtocol protocol, CancellationToken cancel)
    {
        var effectivePort = port == 0 ? protocol.DefaultPort() : port;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
            return [new IPEndPoint(literal, effectivePort)];

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancel).ConfigureAwait(false);
            return [.. addresses.Select(address => new IPEndPoint(address, effectivePort))];
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
