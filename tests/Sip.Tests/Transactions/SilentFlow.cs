using System.Net;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>A UDP flow that only counts what is sent on it.</summary>
internal sealed class SilentFlow() : SipFlow(SipTransportProtocol.Udp, IPEndPoint.Parse("192.0.2.10:5060"))
{
    public override IPEndPoint Local { get; } = IPEndPoint.Parse("198.51.100.1:5060");

    public override bool IsOpen => true;

    public int Sent { get; private set; }

    public override void Close()
    {
    }

    protected override bool Transmit(ReadOnlySpan<byte> message)
    {
        Sent++;
        return true;
    }
}
