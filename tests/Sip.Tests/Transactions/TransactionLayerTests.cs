using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Matching of messages to transactions: RFC 3261 §17.1.3, §17.2.3, §9.2, §8.2.2.2.</summary>
public sealed class TransactionLayerTests
{
    private readonly TransactionBench _bench = new();

    [Theory]
    [InlineData("z9hG4bKother", "192.0.2.10:5060", 1u)]
    [InlineData("z9hG4bKpeer", "192.0.2.11:5060", 1u)]
    [InlineData("z9hG4bKpeer", "192.0.2.10:5070", 1u)]
    public void Another_branch_or_sent_by_is_another_transaction(string branch, string sentBy, uint cseq)
    {
        _bench.ReceiveRequest("INVITE");
        _bench.Receive(TransactionBench.Request("INVITE", branch, sentBy: sentBy, cseq: cseq));

        Assert.Equal("Invite Invite", _bench.User.TakeHeard());
        Assert.Equal(2, _bench.Layer.ServerTransactions);
    }

    [Fact]
    public void Another_method_with_the_same_branch_is_another_transaction()
    {
        _bench.ReceiveRequest("INVITE");
        _bench.ReceiveRequest("OPTIONS");

        Assert.Equal("Invite Options", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_sent_by_host_matches_without_regard_to_case()
    {
        _bench.Receive(TransactionBench.Request("INVITE", sentBy: "Phone.Example.com"));
        _bench.Receive(TransactionBench.Request("INVITE", sentBy: "phone.example.COM"));

        Assert.Equal("Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_peer_of_RFC_2543_is_matched_by_its_whole_identity()
    {
        _bench.Receive(TransactionBench.Request("INVITE", branch: "1"));
        _bench.Receive(TransactionBench.Request("INVITE", branch: "1"));
        _bench.Receive(TransactionBench.Request("INVITE", branch: "1", cseq: 2));
        _bench.Receive(TransactionBench.Request("INVITE", branch: "1", callId: "other@peer"));

        Assert.Equal("Invite Invite Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void The_ACK_of_an_RFC_2543_peer_finds_its_INVITE()
    {
        _bench.Receive(TransactionBench.Request("INVITE", branch: "1"));
        _bench.User.LastServer!.Respond(486);
        _bench.Receive(TransactionBench.Request("ACK", branch: "1", toTag: "tag1"));

        Assert.Equal(TransactionState.Confirmed, _bench.User.LastServer.State);
    }

    [Fact]
    public void A_CANCEL_from_another_address_finds_nothing_even_with_the_right_branch()
    {
        _bench.ReceiveRequest("INVITE");
        var stranger = new FakeFlow(SipTransportProtocol.Udp, "203.0.113.66:5060");
        _bench.Layer.Receive(stranger, TransactionBench.Request("CANCEL"));

        Assert.Equal("481", stranger.TakeSent());
        Assert.Equal("Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_CANCEL_is_answered_200_and_told_to_the_user()
    {
        var invite = _bench.ReceiveRequest("INVITE");
        invite.Respond(180);
        _bench.Receive(TransactionBench.Request("CANCEL"));
        invite.Respond(487);

        Assert.Equal("180 200 487", _bench.Flow.TakeSent());
        Assert.Equal("Invite Cancel", _bench.User.TakeHeard());
    }

    [Fact]
    public void The_answer_to_a_CANCEL_has_the_To_tag_of_its_INVITE_section_9_2()
    {
        var invite = _bench.ReceiveRequest("INVITE");
        _bench.Receive(TransactionBench.Request("CANCEL"));

        Assert.True(_bench.Flow.Last.TryGetTo(out var to));
        Assert.Equal(Encoding.ASCII.GetString(invite.LocalTag), Encoding.ASCII.GetString(to.Tag));
    }

    [Fact]
    public void A_CANCEL_after_the_final_answer_has_no_effect_section_9_2()
    {
        _bench.ReceiveRequest("INVITE").Respond(200);
        _bench.Receive(TransactionBench.Request("CANCEL"));

        Assert.Equal("200 200", _bench.Flow.TakeSent());
        Assert.Equal("Invite", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_repeated_CANCEL_is_answered_from_its_transaction()
    {
        _bench.ReceiveRequest("INVITE");
        _bench.Receive(TransactionBench.Request("CANCEL"));
        _bench.Receive(TransactionBench.Request("CANCEL"));

        Assert.Equal("200 200", _bench.Flow.TakeSent());
        Assert.Equal("Invite Cancel", _bench.User.TakeHeard());
    }

    [Fact]
    public void An_ACK_without_a_transaction_goes_to_the_user()
    {
        _bench.Receive(TransactionBench.Request("ACK", branch: "z9hG4bKack", toTag: "x"));

        Assert.Equal("Ack", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_response_must_agree_with_its_request_in_more_than_the_branch()
    {
        var options = _bench.Send("OPTIONS");
        var forged = Encoding.Latin1.GetString(TransactionBench.Response(options, 200).Bytes.Span).Replace("c1@peer", "c2@peer", StringComparison.Ordinal);
        _bench.Receive(TransactionBench.Parse(forged));

        Assert.Equal("stray200", _bench.User.TakeHeard());
        Assert.Equal(TransactionState.Trying, options.State);
    }

    [Fact]
    public void The_same_request_by_another_way_is_marked_as_merged_section_8_2_2_2()
    {
        var first = _bench.ReceiveRequest("INVITE");
        _bench.Receive(TransactionBench.Request("INVITE", branch: "z9hG4bKsecond"));

        Assert.False(first.IsMerged);
        Assert.True(_bench.User.LastServer!.IsMerged);
    }

    [Fact]
    public void A_request_within_a_dialog_is_never_merged()
    {
        _bench.Receive(TransactionBench.Request("INFO", toTag: "t1"));
        _bench.Receive(TransactionBench.Request("INFO", branch: "z9hG4bKsecond", toTag: "t1"));

        Assert.False(_bench.User.LastServer!.IsMerged);
    }

    [Fact]
    public void A_request_that_is_not_admitted_leaves_nothing_behind()
    {
        _bench.User.Admits = _ => false;
        _bench.Receive(TransactionBench.Request("INVITE"));

        Assert.Equal("", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_request_put_off_is_accepted_once_though_its_retransmission_was_put_off_too()
    {
        _bench.User.Admits = _ => false;
        var request = TransactionBench.Request("INVITE");
        _bench.Receive(request);
        _bench.Receive(TransactionBench.Request("INVITE"));

        Assert.NotNull(_bench.Layer.Accept(_bench.Flow, request));
        Assert.Null(_bench.Layer.Accept(_bench.Flow, request));
    }

    [Fact]
    public void More_transactions_than_allowed_are_answered_503_and_forgotten()
    {
        var bench = new TransactionBench(bounds: new() { MaxServers = 1 });
        bench.ReceiveRequest("OPTIONS");
        bench.Receive(TransactionBench.Request("OPTIONS", branch: "z9hG4bKsecond"));

        Assert.Equal("503", bench.Flow.TakeSent());
        Assert.Equal(1, bench.Layer.ServerTransactions);
        Assert.Equal(1, bench.Layer.Refused);
    }

    [Fact]
    public void What_belongs_to_a_call_is_taken_when_nothing_new_is_and_is_bounded_too()
    {
        var bench = new TransactionBench(bounds: new() { MaxServers = 1 });
        bench.ReceiveRequest("INVITE");
        bench.Receive(TransactionBench.Request("BYE", branch: "z9hG4bKbye", toTag: "b1"));
        Assert.Equal((2, 0L), (bench.Layer.ServerTransactions, bench.Layer.Refused));

        bench.Receive(TransactionBench.Request("INFO", branch: "z9hG4bKinfo", toTag: "b1"));
        Assert.Equal((2, 1L), (bench.Layer.ServerTransactions, bench.Layer.Refused));
    }

    [Fact]
    public void Stateless_answers_to_a_retransmitted_request_have_the_same_To_tag_section_8_2_7()
    {
        string TagOfAnswer()
        {
            _bench.Layer.Responder.Respond(_bench.Flow, TransactionBench.Request("INVITE"), 404);
            return _bench.Flow.Last.TryGetTo(out var to) ? Encoding.ASCII.GetString(to.Tag) : "";
        }

        var first = TagOfAnswer();
        Assert.NotEqual("", first);
        Assert.Equal(first, TagOfAnswer());
    }

    [Fact]
    public void A_stateless_answer_to_an_ACK_is_never_sent() =>
        Assert.False(_bench.Layer.Responder.Respond(_bench.Flow, TransactionBench.Request("ACK"), 400));

    [Fact]
    public void A_branch_in_use_cannot_be_used_again()
    {
        _bench.Send("OPTIONS");

        Assert.Throws<ArgumentException>(() => _bench.Send("OPTIONS"));
    }

    [Theory]
    [InlineData("INVITE", 180, 2)]
    [InlineData("INVITE", 200, 2)]
    [InlineData("INVITE", 486, 0)]
    [InlineData("OPTIONS", 200, 0)]
    public void A_response_that_makes_a_dialog_copies_Record_Route_section_12_1_1(string method, int status, int expected)
    {
        _bench.Receive(TransactionBench.Request(method, extra: "Record-Route: <sip:p1;lr>\nRecord-Route: <sip:p2;lr>\n"));
        var writer = new SipWriter();
        _bench.User.LastServer!.StartResponse(writer, status);
        writer.End();

        var routes = 0;
        foreach (var _ in SipMessage.Parse(writer.Written.ToArray()).Values(SipHeaderName.RecordRoute))
            routes++;
        Assert.Equal(expected, routes);
    }

    [Theory]
    [InlineData("192.0.2.10:5070", ";rport", 4444)]
    [InlineData("192.0.2.10:5070", "", 5070)]
    [InlineData("192.0.2.10", "", 5060)]
    [InlineData("phone.example.com:5070", "", 5070)]
    [InlineData("10.0.0.7:5070", "", 4444)]
    public void Responses_over_UDP_go_to_the_source_port_if_rport_or_a_NAT_asks_for_it_else_to_sent_by(string sentBy, string rport, int port)
    {
        using var layer = new UdpPath();
        var text = Encoding.Latin1.GetString(TransactionBench.Request("OPTIONS", sentBy: sentBy).Bytes.Span);
        var request = TransactionBench.Parse(text.Replace(";rport", rport, StringComparison.Ordinal));

        Assert.Equal(port, ReplyPath.Of(layer.FlowTo("192.0.2.10:4444"), request).Remote.Port);
    }

    [Fact]
    public void A_connection_wrapped_anew_for_each_message_is_still_the_same_connection()
    {
        var bench = new TransactionBench(reliable: true);
        bench.ReceiveRequest("INVITE").Respond(486);
        bench.Layer.Receive(new FakeFlow(SipTransportProtocol.Tcp), TransactionBench.Request("ACK", toTag: "tag1"));
        Assert.Equal("Invite", bench.User.TakeHeard());

        bench.ReceiveRequest("OPTIONS");
        bench.Layer.OnFlowClosed(new FakeFlow(SipTransportProtocol.Tcp));
        Assert.Equal("Options TransportError", bench.User.TakeHeard());
    }

    [Fact]
    public void Posting_a_message_allocates_nothing_and_the_end_of_a_connection_is_never_refused()
    {
        var request = TransactionBench.Request("OPTIONS");
        Assert.True(Allocations.AreNone(() =>
        {
            _bench.Loop.RunUntilIdle();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(_bench.Layer.Post(_bench.Flow, request));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));

        while (_bench.Layer.Post(_bench.Flow, request))
            Assert.True(_bench.Loop.Queued < 100_000, "The queue has no bound.");
        _bench.Layer.PostClosed(_bench.Flow);
        var queued = _bench.Loop.Queued;
        Assert.Equal(queued, _bench.Loop.RunUntilIdle());
    }

    /// <summary>RFC 3261 §18.4, §8.1.3.1.</summary>
    [Fact]
    public void Requests_to_a_UDP_peer_that_cannot_be_reached_end_at_once()
    {
        _bench.Send("OPTIONS", "z9hG4bK1");
        _bench.Send("INVITE", "z9hG4bK2");
        _bench.Layer.SendRequest(
            new FakeFlow(SipTransportProtocol.Udp, "192.0.2.99:5060"), TransactionBench.Written("OPTIONS", "z9hG4bK3"), _bench.User);

        _bench.Layer.OnUnreachable(new FakeFlow(SipTransportProtocol.Udp));

        Assert.Equal("ClientTransportError ClientTransportError", _bench.User.TakeHeard());
        Assert.Equal(1, _bench.Layer.ClientTransactions);
    }

    /// <summary>An ICMP error may be forged; an answer proves that the peer is there.</summary>
    [Fact]
    public void An_ICMP_error_ends_no_request_that_was_answered()
    {
        var invite = _bench.SendInvite();
        _bench.Receive(TransactionBench.Response(invite, 180));
        _bench.ReceiveRequest("OPTIONS");
        _bench.User.TakeHeard();

        _bench.Layer.OnUnreachable(_bench.Flow);

        Assert.Equal("", _bench.User.TakeHeard());
        Assert.Equal(TransactionState.Proceeding, invite.State);
        Assert.Equal(1, _bench.Layer.ServerTransactions);
    }

    [Fact]
    public void Requests_that_ended_are_not_ended_again_when_their_peer_cannot_be_reached()
    {
        var first = _bench.Send("OPTIONS", "z9hG4bK1");
        _bench.Send("OPTIONS", "z9hG4bK2");
        _bench.Send("OPTIONS", "z9hG4bK3");
        _bench.Receive(TransactionBench.Response(first, 200));
        _bench.PassSeconds(6);
        _bench.User.TakeHeard();

        _bench.Layer.OnUnreachable(_bench.Flow);

        Assert.Equal("ClientTransportError ClientTransportError", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }
}
