using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.2.1 (figure 7) and RFC 6026 §7.1.</summary>
public sealed class InviteServerTransactionTests
{
    private readonly TransactionBench _bench = new();
    private readonly TransactionBench _reliable = new(reliable: true);

    [Fact]
    public void An_INVITE_without_an_answer_for_200_ms_is_answered_100()
    {
        _bench.ReceiveRequest("INVITE");

        _bench.PassSeconds(0.19);
        Assert.Equal("", _bench.Flow.TakeSent());
        _bench.PassSeconds(0.02);
        Assert.Equal("100", _bench.Flow.TakeSent());
    }

    [Fact]
    public void An_INVITE_answered_at_once_gets_no_100()
    {
        _bench.ReceiveRequest("INVITE").Respond(180);

        _bench.PassSeconds(1);
        Assert.Equal("180", _bench.Flow.TakeSent());
    }

    [Fact]
    public void A_retransmitted_INVITE_is_answered_with_the_last_provisional_response()
    {
        var invite = _bench.ReceiveRequest("INVITE");
        invite.Respond(180);
        invite.Respond(183);
        _bench.Receive(TransactionBench.Request("INVITE"));

        Assert.Equal("180 183 183", _bench.Flow.TakeSent());
        Assert.Equal("Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_retransmitted_INVITE_before_any_response_is_absorbed()
    {
        _bench.ReceiveRequest("INVITE");
        _bench.Receive(TransactionBench.Request("INVITE"));

        Assert.Equal("", _bench.Flow.TakeSent());
        Assert.Equal("Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_refusal_is_repeated_by_timer_G_until_timer_H_on_UDP()
    {
        _bench.ReceiveRequest("INVITE").Respond(486);
        Assert.Equal("486", _bench.Flow.TakeSent());

        // Timer G: 0.5, 1.5, 3.5, 7.5, then every 4 s: 11.5, 15.5, 19.5, 23.5, 27.5, 31.5.
        _bench.PassSeconds(3.6);
        Assert.Equal("486 486 486", _bench.Flow.TakeSent());
        _bench.PassSeconds(28.5);
        Assert.Equal("486 486 486 486 486 486 486", _bench.Flow.TakeSent());
        Assert.Equal("Invite Timeout", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_refusal_is_sent_once_on_TCP_and_still_waits_for_its_ACK()
    {
        _reliable.ReceiveRequest("INVITE").Respond(486);

        _reliable.PassSeconds(31.9);
        Assert.Equal("486", _reliable.Flow.TakeSent());
        _reliable.PassSeconds(0.2);
        Assert.Equal("Invite Timeout", _reliable.User.TakeHeard());
    }

    [Fact]
    public void The_ACK_of_a_refusal_stops_its_repetition_and_stays_with_the_transaction()
    {
        var invite = _bench.ReceiveRequest("INVITE");
        invite.Respond(486);
        _bench.Receive(TransactionBench.Request("ACK", toTag: "tag1"));

        Assert.Equal(TransactionState.Confirmed, invite.State);
        _bench.PassSeconds(4.9);
        Assert.Equal(1, _bench.Layer.ServerTransactions);
        _bench.PassSeconds(0.2);
        Assert.Equal("486", _bench.Flow.TakeSent());
        Assert.Equal("Invite", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void The_ACK_of_a_refusal_on_TCP_ends_the_transaction_at_once()
    {
        _reliable.ReceiveRequest("INVITE").Respond(486);
        _reliable.Receive(TransactionBench.Request("ACK", toTag: "tag1"));

        Assert.Equal((0, 0, 0), _reliable.Left);
    }

    [Fact]
    public void Repeated_ACKs_and_INVITEs_after_the_ACK_are_absorbed()
    {
        _bench.ReceiveRequest("INVITE").Respond(486);
        _bench.Receive(TransactionBench.Request("ACK", toTag: "tag1"));
        _bench.Receive(TransactionBench.Request("ACK", toTag: "tag1"));
        _bench.Receive(TransactionBench.Request("INVITE"));

        Assert.Equal("486", _bench.Flow.TakeSent());
        Assert.Equal("Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_retransmitted_INVITE_after_the_refusal_is_answered_with_it()
    {
        _bench.ReceiveRequest("INVITE").Respond(486);
        _bench.Receive(TransactionBench.Request("INVITE"));

        Assert.Equal("486 486", _bench.Flow.TakeSent());
    }

    [Fact]
    public void After_a_2xx_retransmitted_INVITEs_are_absorbed_and_further_2xx_pass_RFC_6026()
    {
        var invite = _bench.ReceiveRequest("INVITE");
        Assert.True(invite.Respond(200));
        _bench.Receive(TransactionBench.Request("INVITE"));
        Assert.True(invite.Respond(200));
        Assert.False(invite.Respond(486));

        Assert.Equal(TransactionState.Accepted, invite.State);
        Assert.Equal("200 200", _bench.Flow.TakeSent());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Timer_L_ends_an_accepted_INVITE_after_32_s_on_every_transport_RFC_6026(bool reliable)
    {
        var bench = reliable ? _reliable : _bench;
        var invite = bench.ReceiveRequest("INVITE");
        invite.Respond(200);

        bench.PassSeconds(31.9);
        Assert.Equal(1, bench.Layer.ServerTransactions);
        bench.PassSeconds(0.2);
        Assert.Equal((0, 0, 0), bench.Left);
        Assert.False(invite.Respond(200));
        Assert.Equal("Invite", bench.User.TakeHeard());
    }

    [Fact]
    public void An_ACK_to_an_accepted_INVITE_goes_to_the_user_RFC_6026()
    {
        _bench.ReceiveRequest("INVITE").Respond(200);
        _bench.Receive(TransactionBench.Request("ACK", toTag: "tag1"));

        Assert.Equal("Invite Ack", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_flow_that_refuses_the_answer_ends_the_transaction()
    {
        var invite = _bench.ReceiveRequest("INVITE");
        _bench.Flow.IsBroken = true;

        Assert.False(invite.Respond(486));
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_closed_connection_ends_a_pending_INVITE_and_tells_the_user()
    {
        _reliable.ReceiveRequest("INVITE").Respond(180);
        _reliable.Layer.OnFlowClosed(_reliable.Flow);

        Assert.Equal("Invite TransportError", _reliable.User.TakeHeard());
        Assert.Equal((0, 0, 0), _reliable.Left);
    }
}
