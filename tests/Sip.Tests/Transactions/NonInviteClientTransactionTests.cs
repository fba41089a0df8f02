namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.1.2 (figure 6).</summary>
public sealed class NonInviteClientTransactionTests
{
    private readonly TransactionBench _bench = new();
    private readonly TransactionBench _reliable = new(reliable: true);

    [Fact]
    public void Timer_E_doubles_up_to_T2_and_timer_F_ends_it_on_UDP()
    {
        _bench.Send("OPTIONS");
        Assert.Equal("OPTIONS", _bench.Flow.TakeSent());

        // Timer E: 0.5, 1.5, 3.5, 7.5, then every 4 s.
        _bench.PassSeconds(3.6);
        Assert.Equal("OPTIONS OPTIONS OPTIONS", _bench.Flow.TakeSent());
        _bench.PassSeconds(4);
        Assert.Equal("OPTIONS", _bench.Flow.TakeSent());
        _bench.PassSeconds(24.5);
        Assert.Equal("OPTIONS OPTIONS OPTIONS OPTIONS OPTIONS OPTIONS", _bench.Flow.TakeSent());
        Assert.Equal("ClientTimeout", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void On_TCP_the_request_is_sent_once_and_timer_F_ends_it()
    {
        _reliable.Send("OPTIONS");
        _reliable.PassSeconds(32.1);

        Assert.Equal("OPTIONS", _reliable.Flow.TakeSent());
        Assert.Equal("ClientTimeout", _reliable.User.TakeHeard());
    }

    [Fact]
    public void In_Proceeding_retransmissions_come_every_T2_and_timer_F_still_runs()
    {
        var options = _bench.Send("OPTIONS");
        _bench.Receive(TransactionBench.Response(options, 100));
        _bench.Flow.TakeSent();

        _bench.PassSeconds(0.6);
        Assert.Equal("OPTIONS", _bench.Flow.TakeSent());
        _bench.PassSeconds(3.8);
        Assert.Equal("", _bench.Flow.TakeSent());
        _bench.PassSeconds(0.3);
        Assert.Equal("OPTIONS", _bench.Flow.TakeSent());
        _bench.PassSeconds(28);
        Assert.Equal("100 ClientTimeout", _bench.User.TakeHeard());
    }

    [Fact]
    public void The_first_final_response_counts_and_its_repetitions_are_absorbed_until_timer_K()
    {
        var options = _bench.Send("OPTIONS");
        _bench.Receive(TransactionBench.Response(options, 200));
        _bench.Receive(TransactionBench.Response(options, 200));
        Assert.Equal("200", _bench.User.TakeHeard());

        _bench.PassSeconds(4.9);
        Assert.Equal(1, _bench.Layer.ClientTransactions);
        _bench.PassSeconds(0.2);
        Assert.Equal((0, 0, 0), _bench.Left);
        _bench.Receive(TransactionBench.Response(options, 200));
        Assert.Equal("stray200", _bench.User.TakeHeard());
    }

    [Fact]
    public void On_TCP_the_final_response_ends_it_at_once_because_timer_K_is_zero()
    {
        var options = _reliable.Send("OPTIONS");
        _reliable.Receive(TransactionBench.Response(options, 404));

        Assert.Equal((0, 0, 0), _reliable.Left);
    }

    [Fact]
    public void A_first_send_that_fails_is_reported_after_the_call()
    {
        _bench.Flow.IsBroken = true;
        _bench.Send("OPTIONS");
        Assert.Equal("", _bench.User.TakeHeard());

        _bench.Loop.RunUntilIdle();
        Assert.Equal("ClientTransportError", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_retransmission_that_fails_is_a_transport_error()
    {
        _bench.Send("OPTIONS");
        _bench.Flow.IsBroken = true;
        _bench.PassSeconds(0.6);

        Assert.Equal("ClientTransportError", _bench.User.TakeHeard());
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void A_closed_connection_is_a_transport_error()
    {
        _reliable.Send("OPTIONS");
        _reliable.Layer.OnFlowClosed(_reliable.Flow);

        Assert.Equal("ClientTransportError", _reliable.User.TakeHeard());
        Assert.Equal((0, 0, 0), _reliable.Left);
    }
}
