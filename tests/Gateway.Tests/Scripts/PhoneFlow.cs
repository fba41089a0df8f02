using System.Net;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>The only fake of a script: a flow whose far end is a phone's inbox.</summary>
internal sealed class PhoneFlow(SipTransportProtocol protocol, IPEndPoint remote) : SipFlow(protocol, remote)
{
    public override IPEndPoint Local { get; } = IPEndPoint.Parse("198.51.100.1:5060");

    public override bool IsOpen => !IsBroken;

    /// <summary>Whether what is sent is lost with an error, as on a connection that is closed.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether what is sent vanishes, as in a network that drops it.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>What came and was not looked at yet.</summary>
    public List<SipMessage> Inbox { get; } = [];

    public override bool Send(ReadOnlySpan<byte> message)
    {
        if (IsBroken)
            return false;

        // Whatever the gateway sends must be a message that a strict parser takes.
        var sent = SipMessage.Parse(message.ToArray());
        if (!IsDeaf)
            Inbox.Add(sent);
        return true;
    }

    public override void Close() => IsBroken = true;
}
