using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.2.2 (figure 8) and RFC 4320.</summary>
public sealed class NonInviteServerTransactionTests
{
    private readonly TransactionBench _bench = new();
    private readonly TransactionBench _reliable = new(reliable: true);

    [Fact]
    public void A_retransmission_before_the_answer_is_discarded()
    {
        _bench.ReceiveRequest("OPTIONS");
        _bench.Receive(TransactionBench.Request("OPTIONS"));

        Assert.Equal("", _bench.Flow.TakeSent());
        Assert.Equal("Options", _bench.User.TakeHeard());
    }

    [Fact]
    public void A_retransmission_after_the_answer_gets_it_again_until_timer_J()
    {
        _bench.ReceiveRequest("OPTIONS").Respond(200);
        _bench.PassSeconds(31.9);
        _bench.Receive(TransactionBench.Request("OPTIONS"));
        Assert.Equal("200 200", _bench.Flow.TakeSent());

        _bench.PassSeconds(0.2);
        Assert.Equal((0, 0, 0), _bench.Left);
        _bench.Receive(TransactionBench.Request("OPTIONS"));
        Assert.Equal("Options Options", _bench.User.TakeHeard());
    }

    [Fact]
    public void An_answer_on_TCP_ends_the_transaction_at_once_because_timer_J_is_zero()
    {
        _reliable.ReceiveRequest("OPTIONS").Respond(200);

        Assert.Equal((0, 0, 0), _reliable.Left);
    }

    [Fact]
    public void Only_the_first_final_answer_counts()
    {
        var options = _bench.ReceiveRequest("OPTIONS");

        Assert.True(options.Respond(200));
        Assert.False(options.Respond(500));
        Assert.Equal("200", _bench.Flow.TakeSent());
    }

    [Fact]
    public void On_UDP_100_is_refused_before_timer_E_reaches_T2_and_sent_by_itself_then_RFC_4320()
    {
        var options = _bench.ReceiveRequest("OPTIONS");

        Assert.False(options.Respond(100));
        _bench.PassSeconds(3.4);
        Assert.Equal("", _bench.Flow.TakeSent());
        _bench.PassSeconds(0.2);
        Assert.Equal("100", _bench.Flow.TakeSent());
        Assert.Equal(TransactionState.Proceeding, options.State);
    }

    [Fact]
    public void In_Proceeding_a_retransmission_gets_the_100_again()
    {
        _bench.ReceiveRequest("OPTIONS");
        _bench.PassSeconds(3.6);
        _bench.Receive(TransactionBench.Request("OPTIONS"));

        Assert.Equal("100 100", _bench.Flow.TakeSent());
    }

    [Fact]
    public void On_TCP_100_may_be_sent_at_any_time_RFC_4320() =>
        Assert.True(_reliable.ReceiveRequest("OPTIONS").Respond(100));

    [Theory]
    [InlineData(180)]
    [InlineData(183)]
    [InlineData(408)]
    public void Provisional_responses_but_100_and_408_are_never_sent_RFC_4320(int status)
    {
        var options = _reliable.ReceiveRequest("OPTIONS");

        Assert.False(options.Respond(status));
        Assert.Equal("", _reliable.Flow.TakeSent());
        Assert.True(options.Respond(200));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_without_an_answer_for_64_T1_is_given_up_RFC_4320(bool reliable)
    {
        var bench = reliable ? _reliable : _bench;
        var options = bench.ReceiveRequest("OPTIONS");
        bench.PassSeconds(32.1);

        Assert.Equal("Options Timeout", bench.User.TakeHeard());
        Assert.False(options.Respond(200));
        Assert.Equal((0, 0, 0), bench.Left);
    }

    [Fact]
    public void A_flow_that_refuses_the_answer_ends_the_transaction()
    {
        var options = _bench.ReceiveRequest("OPTIONS");
        _bench.Flow.IsBroken = true;

        Assert.False(options.Respond(200));
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_repeated_answer_that_the_flow_refuses_is_given_to_the_next_retransmission()
    {
        _bench.ReceiveRequest("OPTIONS").Respond(200);
        _bench.Flow.IsBroken = true;
        _bench.Receive(TransactionBench.Request("OPTIONS"));
        _bench.Flow.IsBroken = false;
        _bench.Receive(TransactionBench.Request("OPTIONS"));

        Assert.Equal("200 200", _bench.Flow.TakeSent());
        Assert.Equal("Options", _bench.User.TakeHeard());
    }
}
