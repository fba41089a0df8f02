using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tests.Transports;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>A UDP socket on loopback, for the flows that it gives; nothing is sent.</summary>
internal sealed class UdpPath : IDisposable
{
    private readonly UdpTransport _udp = new(
        TransportBench.AnyPort, new SipTransportOptions(), SipLimits.Default, new RecordingReceiver(), NullLogger<UdpTransport>.Instance);

    public SipFlow FlowTo(string remote) => _udp.FlowTo(IPEndPoint.Parse(remote));

    public void Dispose() => _udp.Dispose();
}
