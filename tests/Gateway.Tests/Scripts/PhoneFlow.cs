using System.Collections.Immutable;
using System.Net;
using System.Text;
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

    /// <summary>Whether it breaks when something is sent: until then nobody can know.</summary>
    public bool BreaksAtNext { get; set; }

    /// <summary>Whether what is sent vanishes, as in a network that drops it.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Whom its certificate names, verified.</summary>
    public string[] CertificateNames { get; set; } = [];

    public override ImmutableArray<string> PeerNames => [.. CertificateNames];

    public override bool OffersAlias => IsMutual;

    /// <summary>Whether it is a connection on which both sides showed who they are.</summary>
    public bool IsMutual { get; set; }

    /// <summary>What came and was not looked at yet.</summary>
    public List<SipMessage> Inbox { get; } = [];

    /// <summary>Line ends that came to keep the way open.</summary>
    public int KeepAlives { get; private set; }

    /// <summary>Bytes that this far end's doings allocated, which are not the gateway's.</summary>
    public long Allocated { get; private set; }

    protected override bool Transmit(ReadOnlySpan<byte> message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isTaken = Take(message);
        Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return isTaken;
    }

    private bool Take(ReadOnlySpan<byte> message)
    {
        IsBroken |= BreaksAtNext;
        if (IsBroken)
            return false;

        if (message.SequenceEqual("\r\n\r\n"u8))
        {
            KeepAlives++;
            return true;
        }

        // Whatever the gateway sends must be a message that a strict parser takes; but a refusal may echo what was wrong.
        var sent = new SipMessage();
        if (!sent.TryParse(message.ToArray(), SipLimits.Default, out var error))
        {
            Assert.True(GetsEchoes && (message.StartsWith("SIP/2.0 4"u8) || message.StartsWith("SIP/2.0 5"u8)), $"{error}: {Encoding.UTF8.GetString(message)}");
            return true;
        }

        if (sent.IsRequest)
            Assert.False(HasControls(message), $"A control character: {Encoding.UTF8.GetString(message)}");
        if (!IsDeaf)
            Inbox.Add(sent);
        return true;
    }

    /// <summary>Whether it sends what a strict parser refuses, and so gets it back.</summary>
    public bool GetsEchoes { get; set; }

    public override void Close() => IsBroken = true;

    /// <summary>No control character passes from one leg to another, not even one that a quoted pair makes lawful.</summary>
    private static bool HasControls(ReadOnlySpan<byte> message)
    {
        foreach (var octet in message[..message.IndexOf("\r\n\r\n"u8)])
        {
            if (octet is < 0x20 and not ((byte)'\r' or (byte)'\n' or (byte)'\t') or 0x7f)
                return true;
        }

        return false;
    }
}
