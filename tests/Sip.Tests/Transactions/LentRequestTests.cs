using System.Text;
using TekSipCloud.Sip.Messages;

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

    private static SipMessage Lend(string method, out byte[] buffer)
    {
        buffer = TransactionBench.Request(method).Bytes.ToArray();
        var lent = new SipMessage { IsLent = true };
        Assert.True(lent.TryParse(buffer, SipLimits.Default, out _));
        return lent;
    }
}
