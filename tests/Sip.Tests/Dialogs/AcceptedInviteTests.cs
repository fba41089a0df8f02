using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Tests.Transactions;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>RFC 3261 §13.3.1.4 and §13.2.2.4.</summary>
public sealed class AcceptedInviteTests
{
    private readonly TransactionBench _bench = new();
    private int _unacknowledged;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_2xx_is_repeated_until_64_T1_on_every_transport_then_the_user_is_told(bool reliable)
    {
        var bench = new TransactionBench(reliable);
        Accept(bench);
        // T1 doubling up to T2: 0.5, 1.5, 3.5, 7.5, 11.5, …, 31.5.
        bench.PassSeconds(7.6);
        Assert.Equal("200 200 200 200 200", bench.Flow.TakeSent());
        bench.PassSeconds(24.3);
        Assert.Equal("200 200 200 200 200 200", bench.Flow.TakeSent());
        Assert.Equal(0, _unacknowledged);

        bench.PassSeconds(0.2);
        Assert.Equal(1, _unacknowledged);
        Assert.Equal((0, 0, 0), bench.Left);
    }

    [Fact]
    public void The_ACK_stops_the_repetition()
    {
        var accepted = Accept(_bench);

        Assert.True(accepted.TryTakeAck(TransactionBench.Request("ACK", toTag: "tag1")));
        Assert.False(accepted.TryTakeAck(TransactionBench.Request("ACK", toTag: "tag1")));
        Assert.False(accepted.IsPending);
        _bench.PassSeconds(40);
        Assert.Equal("200", _bench.Flow.TakeSent());
        Assert.Equal(0, _unacknowledged);
        Assert.Equal((0, 0, 0), _bench.Left);
    }

    [Fact]
    public void The_ACK_of_another_INVITE_does_not_stop_it() =>
        Assert.False(Accept(_bench).TryTakeAck(TransactionBench.Request("ACK", toTag: "tag1", cseq: 2)));

    [Fact]
    public void An_INVITE_that_was_refused_cannot_be_accepted()
    {
        var invite = (InviteServerTransaction)_bench.ReceiveRequest("INVITE");
        invite.Respond(487);

        Assert.Null(AcceptedInvite.Respond(_bench.Layer, invite, 200, Ok(_bench, invite), _ => { }));
    }

    private static byte[] Ok(TransactionBench bench, InviteServerTransaction invite) =>
        bench.Layer.Responder.Write(bench.Flow, invite.Request, 200, invite.LocalTag);

    private AcceptedInvite Accept(TransactionBench bench)
    {
        var invite = (InviteServerTransaction)bench.ReceiveRequest("INVITE");
        return AcceptedInvite.Respond(bench.Layer, invite, 200, Ok(bench, invite), _ => _unacknowledged++)!;
    }
}
