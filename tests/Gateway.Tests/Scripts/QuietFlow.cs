using System.Net;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>The way of a phone, looked at by its first line only, so that nothing is allocated.</summary>
internal sealed class QuietFlow(PhoneFlow of) : SipFlow(of.Protocol, of.Remote)
{
    public override IPEndPoint Local => of.Local;

    public override bool IsOpen => true;

    /// <summary>Responses 200 sent.</summary>
    public int Accepted { get; private set; }

    /// <summary>Responses 401 sent.</summary>
    public int Challenged { get; private set; }

    protected override bool Transmit(ReadOnlySpan<byte> message)
    {
        Accepted += message.StartsWith("SIP/2.0 200 "u8) ? 1 : 0;
        Challenged += message.StartsWith("SIP/2.0 401 "u8) ? 1 : 0;
        return true;
    }

    public override void Close()
    {
        // It is as its phone's.
    }
}
