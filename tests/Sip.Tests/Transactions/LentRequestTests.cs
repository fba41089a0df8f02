using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>What a transaction keeps of a request in its transport's buffer, which the next message overwrites.</summary>
public sealed class LentRequestTests
{
    private readonly TransactionBench _bench = new();

    [Fact]
    public void A_transaction_keeps_a_copy_of_a_message_that_was_lent_to_it()
    {
        var lent = Lend("INVITE", out var buffer);
        _bench.Receive(lent);

        Assert.True(lent.TryParse(TransactionBench.Request("OPTIONS", "z9hG4bKnext", callId: "c2@peer").Bytes.ToArray(), SipLimits.Default, out _));
        buffer.AsSpan().Clear();
        _bench.User.LastServer!.Respond(180);

        Assert.Contains("Call-ID: c1@peer", Encoding.Latin1.GetString(_bench.User.LastServer.Request.Bytes.Span), StringComparison.Ordinal);
        Assert.Equal("180", _bench.Flow.TakeSent());
    }

    [Fact]
    public void Of_a_BYE_that_is_answered_at_once_only_the_answer_is_kept()
    {
        _bench.User.Answers = static bye => bye.Respond(200);
        _bench.Receive(Lend("BYE", out _));

        Assert.True(_bench.User.LastServer!.Request.Bytes.IsEmpty);
        _bench.Receive(TransactionBench.Request("BYE"));
        Assert.Equal("200 200", _bench.Flow.TakeSent());
    }

    [Fact]
    public void A_BYE_that_is_answered_later_is_kept_until_then()
    {
        _bench.Receive(Lend("BYE", out var buffer));
        buffer.AsSpan().Clear();

        Assert.Contains("Call-ID: c1@peer", Encoding.Latin1.GetString(_bench.User.LastServer!.Request.Bytes.Span), StringComparison.Ordinal);
        Assert.True(_bench.User.LastServer.Respond(200));
        Assert.Equal("200", _bench.Flow.TakeSent());
    }

    [Fact]
    public void An_INVITE_is_readable_until_its_transaction_is_over_and_its_user_needs_it_no_more()
    {
        _bench.Receive(Lend("INVITE", out _));
        var invite = (InviteServerTransaction)_bench.User.LastServer!;
        invite.Respond(486);
        invite.LetGo();

        Assert.False(invite.Request.Bytes.IsEmpty);
        // RFC 3261 §17.2.1: what waits for its ACK is still repeated and still told from others.
        _bench.Receive(TransactionBench.Request("INVITE"));
        _bench.Receive(TransactionBench.Request("ACK", toTag: "tag1"));
        Assert.Equal("486 486", _bench.Flow.TakeSent());
        Assert.True(invite.Request.Bytes.IsEmpty);
    }

    [Fact]
    public void An_INVITE_that_is_over_stays_readable_for_a_user_that_has_not_let_it_go()
    {
        var invite = End(Lend("INVITE", out _), letGo: false);

        Receive("INVITE", "z9hG4bKnext", "another-and-longer-call@peer");
        Assert.Contains("Call-ID: c1@peer", Encoding.Latin1.GetString(invite.Request.Bytes.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c2@peer")]
    [InlineData("an-identifier-that-is-far-longer-than-that-of-the-call-before-and-so-needs-more-room-than-was-left@peer")]
    public void The_memory_of_an_INVITE_serves_the_next_which_is_read_as_it_came(string callId)
    {
        End(Lend("INVITE", out _, extra: "Subject: the first\n"), letGo: true);
        var expected = Receive("INVITE", "z9hG4bKnext", callId);
        var next = _bench.User.LastServer!.Request;

        Assert.Equal(expected, Encoding.Latin1.GetString(next.Bytes.Span));
        Assert.Equal(callId, Encoding.Latin1.GetString(next.CallId));
        Assert.False(next.Has(SipHeaderName.Subject));
        Assert.Equal("z9hG4bKnext", Encoding.Latin1.GetString(next.TopBranch));
        Assert.Equal("a1", Encoding.Latin1.GetString(next.FromTag));
    }

    [Fact]
    public void The_memory_of_an_INVITE_of_ours_serves_the_next_once_it_is_acknowledged()
    {
        var first = _bench.SendInvite("Subject: the first\n");
        var ok = TransactionBench.Response(first, 200);
        _bench.Receive(ok);
        Assert.False(first.Request.Bytes.IsEmpty);
        first.Acknowledge(_bench.Flow, "b1"u8, TransactionBench.Request("ACK").Bytes.Span);
        Assert.True(first.Request.Bytes.IsEmpty);

        var second = (InviteClientTransaction)_bench.Send("INVITE", "z9hG4bKnext");
        Assert.Equal("z9hG4bKnext", Encoding.Latin1.GetString(second.Request.TopBranch));
        Assert.False(second.Request.Has(SipHeaderName.Subject));
        // RFC 3261 §13.2.2.4: the first is acknowledged again, without what it was.
        _bench.Receive(ok);
        Assert.Equal("INVITE ACK INVITE ACK", _bench.Flow.TakeSent());
    }

    private InviteServerTransaction End(SipMessage lent, bool letGo)
    {
        _bench.Receive(lent);
        var invite = (InviteServerTransaction)_bench.User.LastServer!;
        invite.Respond(486);
        _bench.Receive(TransactionBench.Request("ACK", toTag: "tag1"));
        if (letGo)
            invite.LetGo();
        Assert.Equal(letGo, invite.Request.Bytes.IsEmpty);
        return invite;
    }

    private string Receive(string method, string branch, string callId)
    {
        var bytes = TransactionBench.Request(method, branch, callId: callId).Bytes.ToArray();
        var text = Encoding.Latin1.GetString(bytes);
        var lent = new SipMessage { IsLent = true };
        Assert.True(lent.TryParse(bytes, SipLimits.Default, out _));
        _bench.Receive(lent);
        bytes.AsSpan().Clear();
        return text;
    }

    private static SipMessage Lend(string method, out byte[] buffer, string extra = "")
    {
        buffer = TransactionBench.Request(method, extra: extra).Bytes.ToArray();
        var lent = new SipMessage { IsLent = true };
        Assert.True(lent.TryParse(buffer, SipLimits.Default, out _));
        return lent;
    }
}
