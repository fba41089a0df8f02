using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Which INVITE an ACK or a CANCEL is for (RFC 3261 §17.2.3, §9.2).</summary>
public sealed class RequestMatchingTests
{
    private readonly TransactionBench _bench = new();

    [Fact]
    public void A_CANCEL_by_another_connection_of_its_sender_finds_its_INVITE_section_17_2_3()
    {
        var bench = new TransactionBench(reliable: true);
        bench.ReceiveRequest("INVITE");
        var other = new FakeFlow(SipTransportProtocol.Tcp, "192.0.2.10:40000");
        bench.Layer.Receive(other, TransactionBench.Request("CANCEL"));

        Assert.Equal("200", other.TakeSent());
        Assert.Equal("Invite Cancel", bench.User.TakeHeard());
    }

    [Fact]
    public void An_ACK_by_another_connection_of_its_sender_finds_its_INVITE_section_17_2_3()
    {
        var bench = new TransactionBench(reliable: true);
        bench.ReceiveRequest("INVITE").Respond(486);
        bench.Layer.Receive(new FakeFlow(SipTransportProtocol.Tcp, "192.0.2.10:40000"), TransactionBench.Request("ACK", toTag: "tag1"));

        Assert.Equal("Invite", bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), bench.Left);
    }

    /// <summary>RFC 3261 §17.2.3: branch, and host and port of sent-by; of the method only that ACK and CANCEL look for an INVITE.</summary>
    [Theory]
    [InlineData("z9hG4bKpeer", "192.0.2.10:5060", true)]
    [InlineData("z9hG4bKpeer", "192.0.2.10", false)]
    [InlineData("z9hG4bKpeer", "192.0.2.10:5070", false)]
    [InlineData("z9hG4bKpeer", "192.0.2.11:5060", false)]
    [InlineData("z9hG4bKPEER", "192.0.2.10:5060", false)]
    public void An_ACK_and_a_CANCEL_are_matched_by_branch_and_sent_by(string branch, string sentBy, bool isMatched)
    {
        var invite = _bench.ReceiveRequest("INVITE");
        _bench.Receive(TransactionBench.Request("CANCEL", branch, sentBy: sentBy));
        Assert.Equal(isMatched ? "200" : "481", _bench.Flow.TakeSent());
        invite.Respond(487);
        _bench.Receive(TransactionBench.Request("ACK", branch, toTag: "tag1", sentBy: sentBy));

        Assert.Equal(isMatched ? "Invite Cancel" : "Invite Ack", _bench.User.TakeHeard());
        Assert.Equal(isMatched ? TransactionState.Confirmed : TransactionState.Completed, invite.State);
    }
}
