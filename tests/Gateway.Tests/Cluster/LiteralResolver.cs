using System.Net;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>A name service that knows what a test tells it.</summary>
internal sealed class LiteralResolver : ISipResolver
{
    public Dictionary<string, IPAddress> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ValueTask<IReadOnlyList<IPEndPoint>> Resolve(
        string host, int port, SipTransportProtocol protocol, CancellationToken cancel)
    {
        var isKnown = IPAddress.TryParse(host, out var address) || Names.TryGetValue(host, out address);
        return new(isKnown ? [new IPEndPoint(address!, port)] : (IReadOnlyList<IPEndPoint>)[]);
    }
}
