using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Transactions that are over answer repetitions as they did before, and are no objects any more.</summary>
public sealed class FinishedTransactionsTests
{
    private readonly TransactionBench _bench = new();

    [Fact]
    public void An_answer_is_repeated_until_timer_J_ends_and_not_after_section_17_2_2()
    {
        _bench.ReceiveRequest("OPTIONS").Respond(200);
        _bench.PassSeconds(31.99);
        _bench.Receive(TransactionBench.Request("OPTIONS"));
        Assert.Equal("200 200", _bench.Flow.TakeSent());

        _bench.PassSeconds(0.01);
        _bench.Receive(TransactionBench.Request("OPTIONS"));
        Assert.Equal("Options Options", _bench.User.TakeHeard());
    }

    [Fact]
    public void An_accepted_INVITE_still_absorbs_its_retransmissions_once_the_user_is_done_with_it_RFC_6026()
    {
        var invite = Accept("INVITE");
        invite.OnAcknowledged();
        _bench.PassSeconds(31.99);
        _bench.Receive(TransactionBench.Request("INVITE"));
        _bench.Receive(TransactionBench.Request("ACK", toTag: "tag1"));

        Assert.Equal("200", _bench.Flow.TakeSent());
        Assert.Equal("Invite Ack", _bench.User.TakeHeard());
        Assert.False(invite.Respond(200));
        _bench.PassSeconds(0.1);
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_CANCEL_after_all_is_answered_with_the_tag_of_its_INVITE_section_9_2()
    {
        var invite = Accept("INVITE");
        invite.OnAcknowledged();
        _bench.Receive(TransactionBench.Request("CANCEL"));

        Assert.True(_bench.Flow.Last.TryGetTo(out var to));
        Assert.Equal(Encoding.ASCII.GetString(invite.LocalTag), Encoding.ASCII.GetString(to.Tag));
        Assert.Equal("200 200", _bench.Flow.TakeSent());
        Assert.Equal("Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_request_that_comes_by_another_way_after_its_answer_is_merged_until_that_is_forgotten_section_8_2_2_2()
    {
        _bench.ReceiveRequest("OPTIONS").Respond(200);
        _bench.PassSeconds(31.9);
        _bench.Receive(TransactionBench.Request("OPTIONS", branch: "z9hG4bKsecond"));
        Assert.True(_bench.User.LastServer!.IsMerged);

        _bench.PassSeconds(0.1);
        _bench.Receive(TransactionBench.Request("OPTIONS", branch: "z9hG4bKthird"));
        Assert.False(_bench.User.LastServer!.IsMerged);
    }

    [Fact]
    public void A_request_put_off_is_not_taken_anew_after_its_answer()
    {
        var request = TransactionBench.Request("OPTIONS");
        _bench.Layer.Accept(_bench.Flow, request)!.Respond(200);

        Assert.Null(_bench.Layer.Accept(_bench.Flow, request));
    }

    [Fact]
    public void An_answer_is_repeated_to_where_the_retransmission_comes_from()
    {
        _bench.ReceiveRequest("OPTIONS").Respond(200);
        var moved = new FakeFlow(SipTransportProtocol.Udp, "192.0.2.10:40000");
        _bench.Layer.Receive(moved, TransactionBench.Request("OPTIONS"));

        Assert.Equal("200", moved.TakeSent());
    }

    [Fact]
    public void A_repeated_2xx_gets_the_same_ACK_again_and_a_fork_goes_to_the_user_section_13_2_2_4()
    {
        var invite = _bench.SendInvite();
        var ok = TransactionBench.Response(invite, 200);
        var fork = TransactionBench.Response(invite, 200, toTag: "b2");
        _bench.Receive(ok);
        invite.Acknowledge(_bench.Flow, "b1"u8, TransactionBench.Request("ACK", "z9hG4bKack", toTag: "b1").Bytes.Span);
        _bench.Receive(ok);
        Assert.Equal("INVITE ACK ACK", _bench.Flow.TakeSent());
        Assert.Equal("200", _bench.User.TakeHeard());

        _bench.Receive(fork);
        Assert.Equal("other200", _bench.User.TakeHeard());
        _bench.Layer.Acknowledge(_bench.Flow, fork, TransactionBench.Request("ACK", "z9hG4bKother", toTag: "b2").Bytes.Span);
        _bench.Receive(fork);
        Assert.Equal("ACK ACK", _bench.Flow.TakeSent());
        Assert.Equal("", _bench.User.TakeHeard());

        _bench.PassSeconds(33);
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_fork_that_is_acknowledged_first_leaves_the_others_with_the_user()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b1"));
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b2"));
        invite.Acknowledge(_bench.Flow, "b2"u8, TransactionBench.Request("ACK", "z9hG4bKack", toTag: "b2").Bytes.Span, isLast: false);
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b2"));
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b1"));

        Assert.Equal("INVITE ACK ACK", _bench.Flow.TakeSent());
        Assert.Equal("200 200 200", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_response_with_another_identity_than_its_request_is_not_acknowledged_again()
    {
        var invite = _bench.SendInvite();
        var refusal = TransactionBench.Response(invite, 486);
        _bench.Receive(refusal);
        var forged = Encoding.Latin1.GetString(refusal.Bytes.Span).Replace("c1@peer", "c2@peer", StringComparison.Ordinal);
        _bench.Receive(TransactionBench.Parse(forged));

        Assert.Equal("INVITE ACK", _bench.Flow.TakeSent());
        Assert.Equal("486 stray486", _bench.User.TakeHeard());
    }

    [Fact]
    public void What_is_over_makes_room_for_what_ends_later()
    {
        var bench = new TransactionBench(bounds: new() { MaxFinishedBytes = 10_000 });
        for (var i = 0; i < 100; i++)
        {
            bench.Receive(Numbered(i));
            Assert.True(bench.User.LastServer!.Respond(200));
        }

        Assert.InRange(bench.Layer.FinishedBytes, 9_000, 10_000);
        Assert.InRange(bench.Layer.Forgotten, 100, 200);
        bench.Flow.TakeSent();
        bench.Receive(Numbered(99));
        bench.Receive(Numbered(98));
        Assert.Equal("200 200", bench.Flow.TakeSent());

        bench.User.TakeHeard();
        bench.Receive(Numbered(0));
        Assert.Equal("Options", bench.User.TakeHeard());
    }

    [Fact]
    public void Transactions_that_are_over_do_not_count_against_those_that_wait()
    {
        var bench = new TransactionBench(bounds: new() { MaxServers = 1 });
        for (var i = 0; i < 10; i++)
        {
            bench.Receive(Numbered(i));
            Assert.True(bench.User.LastServer!.Respond(200));
        }

        Assert.Equal((10, 0L), (bench.Layer.ServerTransactions, bench.Layer.Refused));
    }

    [Fact]
    public void Requests_that_are_answered_at_once_have_one_timer_for_all()
    {
        _bench.User.Answers = static transaction => transaction.Respond(200);
        for (var i = 0; i < 10; i++)
            _bench.Receive(Numbered(i));

        Assert.Equal((10, 0, 1), _bench.Left);
    }

    [Fact]
    public void A_request_whose_user_fails_is_still_looked_after()
    {
        _bench.User.Answers = static _ => throw new InvalidOperationException("test");
        Assert.Throws<InvalidOperationException>(() => _bench.Receive(TransactionBench.Request("INVITE")));

        _bench.PassSeconds(0.21);
        Assert.Equal("100", _bench.Flow.TakeSent());
    }

    [Fact]
    public void A_repeated_request_costs_no_allocation()
    {
        var flow = new SilentFlow();
        var request = TransactionBench.Request("OPTIONS");
        _bench.Layer.Receive(flow, request);
        _bench.User.LastServer!.Respond(200);

        Allocations.AssertNone(() => _bench.Layer.Receive(flow, request));
        Assert.True(flow.Sent > 1);
    }

    private static SipMessage Numbered(int i) => TransactionBench.Request("OPTIONS", branch: $"z9hG4bK{i}", callId: $"c{i}@peer");

    private InviteServerTransaction Accept(string method)
    {
        var invite = (InviteServerTransaction)_bench.ReceiveRequest(method);
        Assert.True(invite.Respond(200));
        return invite;
    }
}
