using System.Net;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>A name service that knows what a test tells it.</summary>
internal sealed class LiteralResolver : ISipResolver
{
    public Dictionary<string, IPAddress> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Servers of a domain, best first.</summary>
    public Dictionary<string, SipTarget[]> Domains { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ValueTask<SipResolution> Resolve(SipHop hop, CancellationToken cancel)
    {
        if (Domains.TryGetValue(hop.Host, out var targets))
            return new(new SipResolution([.. targets]));

        var isKnown = IPAddress.TryParse(hop.Host, out var address) || Names.TryGetValue(hop.Host, out address);
        var protocol = hop.Protocol ?? SipTransportProtocol.Udp;
        return new(isKnown
            ? new SipResolution([new SipTarget(protocol, new IPEndPoint(address!, hop.Port))])
            : SipResolution.Nothing($"DNS does not know {hop.Host}."));
    }
}
