using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Answers whose connection is gone, or whose datagrams come back (RFC 3261 §18.2.2, §18.4, RFC 3263 §5).</summary>
public sealed class ReturnPathTests
{
    private readonly TransactionBench _tcp = new(reliable: true);
    private readonly TransactionBench _udp = new();
    private readonly FakeFlow _anew = new(SipTransportProtocol.Tcp, "192.0.2.10:5061");

    [Fact]
    public void A_final_answer_goes_by_the_connection_that_was_opened_anew()
    {
        var invite = Ringing(new KnownWays(_anew));

        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();
        invite.Respond(486);

        Assert.Equal("486", _anew.TakeSent());
        Assert.Equal("Invite", _tcp.User.TakeHeard());
    }

    [Fact]
    public void An_answer_that_finds_its_connection_closed_goes_by_another()
    {
        var request = _tcp.ReceiveRequest("OPTIONS");
        Lose(new KnownWays(_anew));

        Assert.True(request.Respond(200));
        _tcp.Loop.RunUntilIdle();

        Assert.Equal("200", _anew.TakeSent());
        Assert.Equal((0, 0, 0), _tcp.Left);
    }

    [Fact]
    public void Of_what_is_answered_while_a_connection_is_opened_only_the_latest_is_sent()
    {
        var ways = new KnownWays(_anew) { IsSlow = true };
        var invite = Ringing(ways);
        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();

        Assert.True(invite.Respond(180));
        Assert.True(invite.Respond(200));
        ways.Opens();
        _tcp.Loop.RunUntilIdle();

        Assert.Equal("200", _anew.TakeSent());
    }

    [Fact]
    public void The_ACK_of_a_refusal_comes_by_the_new_connection()
    {
        var invite = Ringing(new KnownWays(_anew));
        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();
        invite.Respond(486);

        _tcp.Layer.Receive(_anew, TransactionBench.Request("ACK", toTag: "tag1"));

        Assert.Equal("Invite", _tcp.User.TakeHeard());
        Assert.Equal((0, 0, 0), _tcp.Left);
    }

    [Fact]
    public void The_ACK_of_another_server_finds_the_INVITE_whose_answer_that_got()
    {
        var other = new FakeFlow(SipTransportProtocol.Tcp, "192.0.2.20:5060");
        var invite = Ringing(new KnownWays(other));
        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();
        invite.Respond(486);

        _tcp.Layer.Receive(other, TransactionBench.Request("ACK", toTag: "tag1"));

        Assert.Equal("Invite", _tcp.User.TakeHeard());
        Assert.Equal((0, 0, 0), _tcp.Left);
    }

    [Fact]
    public void A_way_that_is_lost_as_well_hands_over_to_the_next()
    {
        var first = new FakeFlow(SipTransportProtocol.Tcp, "192.0.2.10:5062");
        var closed = new FakeFlow(SipTransportProtocol.Tcp, "192.0.2.10:5063") { IsBroken = true };
        var invite = Ringing(new KnownWays(first, closed, _anew));
        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();
        first.IsBroken = true;

        _tcp.Layer.OnFlowClosed(first);
        _tcp.Loop.RunUntilIdle();
        invite.Respond(603);

        Assert.Equal("603", _anew.TakeSent());
        Assert.Equal("Invite", _tcp.User.TakeHeard());
    }

    [Fact]
    public void A_request_whose_sender_is_found_nowhere_ends()
    {
        Ringing(new KnownWays());

        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();

        Assert.Equal("Invite TransportError", _tcp.User.TakeHeard());
        Assert.Equal((0, 0, 0), _tcp.Left);
    }

    [Fact]
    public void A_request_of_somebody_whom_nobody_vouches_for_ends_at_once()
    {
        _tcp.ReceiveRequest("INVITE");
        _tcp.Flow.IsBroken = true;

        _tcp.Layer.OnFlowClosed(_tcp.Flow);

        Assert.Equal("Invite TransportError", _tcp.User.TakeHeard());
    }

    [Fact]
    public void Connections_that_close_one_after_the_other_are_not_opened_for_ever()
    {
        var closed = Enumerable.Range(0, 9).Select(i => new FakeFlow(SipTransportProtocol.Tcp, $"192.0.2.1{i}:5060") { IsBroken = true });
        var ways = new KnownWays([.. closed]);
        Ringing(ways);

        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();

        Assert.Equal(4, ways.Asked);
        Assert.Equal("Invite TransportError", _tcp.User.TakeHeard());
    }

    [Fact]
    public void A_search_that_takes_longer_than_the_sender_waits_is_given_up()
    {
        // RFC 3261 §17.1.1.2: 64*T1
        Ringing(new KnownWays(_anew) { IsSlow = true });
        _tcp.Layer.OnFlowClosed(_tcp.Flow);

        _tcp.PassSeconds(33);

        Assert.Equal("Invite TransportError", _tcp.User.TakeHeard());
        Assert.Equal((0, 0, 0), _tcp.Left);
    }

    [Fact]
    public void No_more_than_256_senders_are_looked_for_at_a_time()
    {
        _tcp.User.WaysBack = _ => new KnownWays(_anew) { IsSlow = true };
        for (var i = 0; i < 260; i++)
            _tcp.Receive(TransactionBench.Request("INVITE", branch: $"z9hG4bK{i}", callId: $"c{i}@peer"));
        _tcp.User.TakeHeard();
        _tcp.Flow.IsBroken = true;

        _tcp.Layer.OnFlowClosed(_tcp.Flow);
        _tcp.Loop.RunUntilIdle();

        Assert.Equal("TransportError TransportError TransportError TransportError", _tcp.User.TakeHeard());
    }

    [Fact]
    public void A_refusal_whose_datagrams_come_back_goes_to_the_next_server_and_is_repeated_there()
    {
        var next = new FakeFlow(SipTransportProtocol.Udp, "192.0.2.20:5060");
        _udp.User.WaysBack = _ => new KnownWays(next);
        _udp.ReceiveRequest("INVITE").Respond(486);

        _udp.Layer.OnUnreachable(_udp.Flow);
        _udp.PassSeconds(0.3);
        Assert.Equal("486", next.TakeSent());
        _udp.PassSeconds(0.5);
        Assert.Equal("486", next.TakeSent());
        _udp.Layer.Receive(next, TransactionBench.Request("ACK", toTag: "tag1"));
        _udp.PassSeconds(6);

        Assert.Equal("", next.TakeSent());
        Assert.Equal("Invite", _udp.User.TakeHeard());
        Assert.Equal((0, 0, 0), _udp.Left);
    }

    [Fact]
    public void A_2xx_whose_datagrams_come_back_goes_to_the_next_server_when_it_is_repeated()
    {
        var next = new FakeFlow(SipTransportProtocol.Udp, "192.0.2.20:5060");
        _udp.User.WaysBack = _ => new KnownWays(next);
        var invite = _udp.ReceiveRequest("INVITE");
        invite.Respond(200);

        _udp.Layer.OnUnreachable(_udp.Flow);
        _udp.PassSeconds(0.3);
        invite.Respond(200);

        Assert.Equal("200", next.TakeSent());
    }

    [Fact]
    public void A_refusal_that_can_be_sent_nowhere_else_is_not_repeated_to_a_peer_that_is_gone()
    {
        _udp.ReceiveRequest("INVITE").Respond(486);
        _udp.Flow.TakeSent();

        _udp.Layer.OnUnreachable(_udp.Flow);
        _udp.PassSeconds(2);

        Assert.Equal("", _udp.Flow.TakeSent());
        Assert.Equal("Invite TransportError", _udp.User.TakeHeard());
    }

    /// <summary>An ICMP error may be forged: it ends no call that rings, and no answer before its time (RFC 6026 §7.1: Accepted stays).</summary>
    [Theory]
    [InlineData(180)]
    [InlineData(200)]
    public void An_ICMP_error_ends_no_INVITE_that_rings_or_was_accepted(int status)
    {
        var invite = _udp.ReceiveRequest("INVITE");
        invite.Respond(status);

        _udp.Layer.OnUnreachable(_udp.Flow);
        _udp.PassSeconds(0.3);

        Assert.Equal("Invite", _udp.User.TakeHeard());
        Assert.True(invite.Respond(200));
    }

    [Fact]
    public void An_ICMP_error_concerns_nobody_but_its_peer()
    {
        _udp.ReceiveRequest("INVITE").Respond(486);

        _udp.Layer.OnUnreachable(new FakeFlow(SipTransportProtocol.Udp, "192.0.2.10:6666"));
        _udp.PassSeconds(0.3);

        Assert.Equal("Invite", _udp.User.TakeHeard());
    }

    private ServerTransaction Ringing(IReturnPath ways)
    {
        var invite = _tcp.ReceiveRequest("INVITE");
        invite.Respond(180);
        Lose(ways);
        return invite;
    }

    private void Lose(IReturnPath ways)
    {
        _tcp.User.WaysBack = _ => ways;
        _tcp.Flow.IsBroken = true;
    }
}
