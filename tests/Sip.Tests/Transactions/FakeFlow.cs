using System.Net;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>A flow that keeps what is sent on it.</summary>
internal sealed class FakeFlow(SipTransportProtocol protocol, string remote = "192.0.2.10:5060")
    : SipFlow(protocol, IPEndPoint.Parse(remote))
{
    private readonly List<SipMessage> _sent = [];

    public override IPEndPoint Local { get; } = IPEndPoint.Parse("198.51.100.1:5060");

    public override bool IsOpen => !IsBroken;

    public override bool IsPeersOwn => IsOfPeer;

    /// <summary>Whether its far end opened it.</summary>
    public bool IsOfPeer { get; init; } = true;

    /// <summary>Whether sending fails.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether what is sent may be malformed, such as the answer that echoes a malformed request.</summary>
    public bool TakesMalformed { get; init; }

    public override bool OffersAlias => IsMutual;

    /// <summary>Whether it is a connection on which both sides showed who they are.</summary>
    public bool IsMutual { get; init; }

    public int Count => _sent.Count;

    public SipMessage Last => _sent[^1];

    protected override bool Transmit(ReadOnlySpan<byte> message)
    {
        if (IsBroken)
            return false;

        var sent = new SipMessage();
        Assert.True(sent.TryParse(message.ToArray(), SipLimits.Default, out var error) || TakesMalformed, $"Sent: {error}");
        _sent.Add(sent);
        return true;
    }

    public override void Close() => IsBroken = true;

    public override bool Equals(object? obj) => obj is FakeFlow other && other.Protocol == Protocol && other.Remote.Equals(Remote);

    public override int GetHashCode() => HashCode.Combine(Protocol, Remote);

    /// <summary>What was sent since the last call: methods and statuses in order, such as <c>INVITE 100 ACK</c>.</summary>
    public string TakeSent()
    {
        var words = string.Join(' ', _sent.Select(Word));
        _sent.Clear();
        return words;
    }

    private static string Word(SipMessage message) =>
        message.IsRequest ? System.Text.Encoding.ASCII.GetString(message.MethodToken) : $"{message.StatusCode}";
}
