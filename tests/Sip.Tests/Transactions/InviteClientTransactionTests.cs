using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.1.1 (figure 5), §9.1 and RFC 6026 §7.2.</summary>
public sealed class InviteClientTransactionTests
{
    private readonly TransactionBench _bench = new();
    private readonly TransactionBench _reliable = new(reliable: true);

    [Fact]
    public void Timer_A_doubles_until_timer_B_on_UDP()
    {
        _bench.SendInvite();
        // Timer A: 0.5, 1.5, 3.5, 7.5, 15.5, 31.5.
        _bench.PassSeconds(31.9);
        Assert.Equal("INVITE INVITE INVITE INVITE INVITE INVITE INVITE", _bench.Flow.TakeSent());
        Assert.Equal("", _bench.User.TakeHeard());

        _bench.PassSeconds(0.2);
        Assert.Equal("ClientTimeout", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void On_TCP_the_INVITE_is_sent_once_and_timer_B_ends_it()
    {
        _reliable.SendInvite();
        _reliable.PassSeconds(32.1);

        Assert.Equal("INVITE", _reliable.Flow.TakeSent());
        Assert.Equal("ClientTimeout", _reliable.User.TakeHeard());
    }

    [Fact]
    public void A_provisional_response_stops_retransmission_and_timer_B()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 180));
        _bench.PassSeconds(120);

        Assert.Equal("INVITE", _bench.Flow.TakeSent());
        Assert.Equal("180", _bench.User.TakeHeard());
        Assert.Equal(TransactionState.Proceeding, invite.State);
    }

    [Fact]
    public void A_refusal_is_acknowledged_by_the_transaction_again_and_again_until_timer_D()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 486));
        _bench.Receive(TransactionBench.Response(invite, 486));
        Assert.Equal("INVITE ACK ACK", _bench.Flow.TakeSent());
        Assert.Equal("486", _bench.User.TakeHeard());

        _bench.PassSeconds(31.9);
        Assert.Equal(1, _bench.Layer.ClientTransactions);
        _bench.PassSeconds(0.2);
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_refusal_on_TCP_ends_it_at_once_because_timer_D_is_zero()
    {
        var invite = _reliable.SendInvite();
        _reliable.Receive(TransactionBench.Response(invite, 486));

        Assert.Equal("INVITE ACK", _reliable.Flow.TakeSent());
        Assert.Equal((0, 0, 0), _reliable.Left);
    }

    [Fact]
    public void The_ACK_of_a_refusal_is_built_as_section_17_1_1_3_says()
    {
        var invite = _bench.SendInvite("Route: <sip:p1.example.com;lr>\n");
        _bench.Receive(TransactionBench.Response(invite, 486, toTag: "b7"));

        var ack = _bench.Flow.Last;
        Assert.Equal(invite.Request.RequestUri, ack.RequestUri);
        Assert.True(ack.TryGetTopVia(out var via));
        Assert.Equal("z9hG4bKours", Encoding.ASCII.GetString(via.Branch));
        Assert.True(ack.TryGetTo(out var to));
        Assert.Equal("b7", Encoding.ASCII.GetString(to.Tag));
        Assert.True(ack.TryGet(SipHeaderName.CSeq, out var cseq));
        Assert.Equal("1 ACK", Encoding.ASCII.GetString(cseq));
        Assert.True(ack.TryGet(SipHeaderName.Route, out var route));
        Assert.Equal("<sip:p1.example.com;lr>", Encoding.ASCII.GetString(route));
    }

    [Fact]
    public void Every_2xx_passes_to_the_user_repeated_or_of_another_fork_until_timer_M_RFC_6026()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b1"));
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b1"));
        _bench.PassSeconds(31.9);
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b2"));
        Assert.Equal("200 200 200", _bench.User.TakeHeard());

        _bench.PassSeconds(0.2);
        _bench.Receive(TransactionBench.Response(invite, 200, toTag: "b3"));
        Assert.Equal("stray200", _bench.User.TakeHeard());
        Assert.Equal("INVITE", _bench.Flow.TakeSent());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Theory]
    [InlineData(180)]
    [InlineData(486)]
    public void After_a_2xx_other_responses_are_absorbed_RFC_6026(int status)
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 200));
        _bench.Receive(TransactionBench.Response(invite, status, toTag: "b2"));

        Assert.Equal("200", _bench.User.TakeHeard());
        Assert.Equal("INVITE", _bench.Flow.TakeSent());
    }

    [Fact]
    public void A_CANCEL_before_any_response_waits_for_a_provisional_one()
    {
        var invite = _bench.SendInvite();
        invite.Cancel();
        Assert.Equal("INVITE", _bench.Flow.TakeSent());

        _bench.Receive(TransactionBench.Response(invite, 180));
        Assert.Equal("CANCEL", _bench.Flow.TakeSent());
        Assert.True(invite.IsCancelled);
    }

    [Fact]
    public void A_CANCEL_is_not_sent_when_the_final_response_comes_first()
    {
        var invite = _bench.SendInvite();
        invite.Cancel();
        _bench.Receive(TransactionBench.Response(invite, 200));

        Assert.Equal("INVITE", _bench.Flow.TakeSent());
        Assert.Equal("200", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_cancelled_INVITE_ends_by_its_487_and_nothing_remains()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 180));
        invite.Cancel("SIP;cause=200;text=\"Call completed elsewhere\""u8.ToArray());
        var cancel = _bench.Flow.Last;
        Assert.True(cancel.Has(SipHeaderName.Reason));
        _bench.Receive(TransactionBench.Parse(AnswerTo(cancel, 200)));
        _bench.Receive(TransactionBench.Response(invite, 487));

        Assert.Equal("180 487", _bench.User.TakeHeard());
        Assert.Equal("INVITE CANCEL ACK", _bench.Flow.TakeSent());
        _bench.PassSeconds(33);
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void The_CANCEL_has_the_branch_and_number_of_its_INVITE_and_a_single_Via()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 180));
        invite.Cancel();

        var cancel = _bench.Flow.Last;
        Assert.Equal(invite.Request.RequestUri, cancel.RequestUri);
        Assert.True(cancel.TryGetTopVia(out var via));
        Assert.Equal("z9hG4bKours", Encoding.ASCII.GetString(via.Branch));
        Assert.True(cancel.TryGetTo(out var to));
        Assert.True(to.Tag.IsEmpty);
        Assert.True(cancel.TryGet(SipHeaderName.CSeq, out var cseq));
        Assert.Equal("1 CANCEL", Encoding.ASCII.GetString(cseq));
    }

    [Fact]
    public void A_cancelled_INVITE_without_a_final_response_for_64_T1_is_given_up()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 180));
        invite.Cancel();
        _bench.PassSeconds(32.1);

        Assert.Equal("180 ClientTimeout", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_closed_connection_in_Proceeding_is_a_transport_error()
    {
        var invite = _reliable.SendInvite();
        _reliable.Receive(TransactionBench.Response(invite, 180));
        _reliable.Layer.OnFlowClosed(_reliable.Flow);

        Assert.Equal("180 ClientTransportError", _reliable.User.TakeHeard());
        Assert.Equal((0, 0, 0), _reliable.Left);
    }

    [Fact]
    public void A_closed_connection_after_the_answer_is_no_news()
    {
        var invite = _reliable.SendInvite();
        _reliable.Receive(TransactionBench.Response(invite, 200));
        _reliable.Layer.OnFlowClosed(_reliable.Flow);

        Assert.Equal("200", _reliable.User.TakeHeard());
        Assert.Equal((0, 0, 0), _reliable.Left);
    }

    private static string AnswerTo(SipMessage request, int status)
    {
        var lines = Encoding.Latin1.GetString(request.Bytes.Span).Split("\r\n").Where(line => line.Contains(':', StringComparison.Ordinal)
            && !line.StartsWith("Reason", StringComparison.Ordinal) && !line.StartsWith("Max", StringComparison.Ordinal)).Skip(1);
        return $"SIP/2.0 {status} X\n{string.Join('\n', lines)}\n\n";
    }
}
