using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Several devices of one extension ring at once (RFC 3261 §16.7).</summary>
public sealed class ForkTests : GatewayTest
{
    [Fact]
    public void The_first_answer_wins_and_the_others_are_cancelled()
    {
        var (call, desk, mobile) = Forked();

        desk.Answers();

        desk.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Cancelled(mobile);
        call.HangsUp();
        desk.GetsBye();
        Assert.Equal(1, Script.Count(Counter.SuccessfulCalls));
    }

    [Fact]
    public void A_device_that_lost_is_told_that_the_call_was_answered_elsewhere()
    {
        // RFC 3326 §2: else it would show a missed call.
        var (call, desk, mobile) = Forked();

        desk.Answers();

        Assert.StartsWith("SIP;cause=200;", SipText.Header(mobile.Gets("CANCEL"), "Reason"), StringComparison.Ordinal);
        call.Gets(200);
        call.HangsUp();
    }

    [Fact]
    public void A_device_whose_caller_gave_up_shows_a_missed_call()
    {
        var (call, desk, _) = Forked();

        call.Sends("CANCEL");

        Assert.Empty(SipText.Lines(desk.Gets("CANCEL"), "Reason"));
    }

    [Fact]
    public void A_late_answer_is_acknowledged_and_ended()
    {
        // RFC 3261 §13.2.2.4
        var (call, desk, mobile) = Forked();
        desk.Answers();
        desk.Gets("ACK");
        mobile.Gets("CANCEL");

        mobile.Answers();

        mobile.Gets("ACK");
        mobile.GetsBye();
        desk.GetsNothing();
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_late_answer_that_is_repeated_gets_the_same_ACK()
    {
        var (call, desk, mobile) = Forked();
        desk.Answers();
        mobile.Gets("CANCEL");
        mobile.Answers();
        var ack = mobile.Gets("ACK");
        mobile.GetsBye();

        mobile.Answers();

        Assert.Equal(SipText.Of(ack), SipText.Of(mobile.Gets("ACK")));
        mobile.GetsNothing();
        call.Gets(200);
        call.HangsUp();
    }

    [Fact]
    public void Of_two_answers_in_the_same_moment_one_wins()
    {
        var (call, desk, mobile) = Forked();
        Script.IsBusy = true;

        desk.Answers();
        mobile.Answers();
        Script.Settle();
        Script.IsBusy = false;

        mobile.Gets("CANCEL");
        mobile.Gets("ACK");
        mobile.GetsBye();
        desk.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        desk.GetsBye();
    }

    [Fact]
    public void Two_answers_to_one_INVITE_are_told_apart_by_their_tags()
    {
        // RFC 3261 §13.2.2.4: a proxy behind the binding may fork, too.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");

        ringing.Sends(200, Sdp.Of(bob.Address), tag: "other");

        Assert.EndsWith(";tag=other", SipText.Header(ringing.Gets("ACK"), "To"), StringComparison.Ordinal);
        Assert.EndsWith(";tag=other", SipText.Header(ringing.Gets("BYE"), "To"), StringComparison.Ordinal);
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_winner_that_repeats_its_answer_gets_the_ACK_again()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        callee.Answers();

        callee.Gets("ACK");
        callee.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public void One_busy_device_does_not_end_the_ringing_of_the_other()
    {
        var (call, desk, mobile) = Forked();

        desk.Sends(486);
        desk.Gets("ACK");
        call.GetsNothing();
        mobile.Answers();

        mobile.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_600_speaks_for_all_devices()
    {
        // RFC 3261 §16.7 step 5
        var (call, desk, mobile) = Forked();

        desk.Sends(603);

        desk.Gets("ACK");
        Cancelled(mobile);
        call.GetsRefusal(603);
    }

    [Theory]
    [InlineData(404, 486, 486)]
    [InlineData(486, 500, 486)]
    [InlineData(503, 404, 404)]
    [InlineData(488, 408, 488)]
    public void The_best_refusal_is_passed_on(int first, int second, int passed)
    {
        // RFC 3261 §16.7 step 6
        var (call, desk, mobile) = Forked();

        desk.Sends(first);
        mobile.Sends(second);

        call.GetsRefusal(passed);
    }

    [Fact]
    public void Where_one_device_is_busy_and_the_other_silent_the_callee_is_busy()
    {
        // RFC 3261 §16.7 steps 2 and 6: silence is 408, which says less.
        Script.Configure(settings => settings with { RingTimeout = TimeSpan.FromSeconds(15) });
        var (call, desk, mobile) = Forked();
        desk.Sends(486);
        mobile.Sends(180);

        Script.Passes(16);

        mobile.Gets("CANCEL");
        mobile.Sends(200, to: "CANCEL");
        mobile.Sends(487);
        call.Gets(180);
        call.GetsRefusal(486);
    }

    [Fact]
    public void A_device_that_is_gone_does_not_disturb_the_other()
    {
        var alice = Script.Registered("101");
        var desk = Script.Registered("102");
        var mobile = Script.Registered("102");
        desk.Flow.IsBroken = true;

        var call = alice.Invites("102");
        var ringing = mobile.GetsCall();
        ringing.Answers();

        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void Each_device_gets_ports_and_a_Call_ID_of_its_own()
    {
        var (call, desk, mobile) = Forked();

        Assert.NotEqual(Sdp.PortOf(desk.LastSdp), Sdp.PortOf(mobile.LastSdp));
        Assert.NotEqual(desk.CallId, mobile.CallId);
        call.Sends("CANCEL");
    }

    [Fact]
    public void The_first_early_media_is_heard_and_the_second_is_not()
    {
        // RFC 3261 §13.3.1.1: a 183 may carry the answer before the answer.
        var (call, desk, mobile) = Forked(rings: false);

        desk.Sends(183, Sdp.Of("192.0.2.50"));
        call.Gets(183);
        var first = call.LastSdp;
        mobile.Sends(183, Sdp.Of("192.0.2.51"));
        call.Gets(183);

        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(first));
        Assert.Empty(call.LastSdp);
        call.Sends("CANCEL");
    }

    [Fact]
    public void An_answer_whose_description_came_early_is_taken()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(183, Sdp.Of(bob.Address));
        call.Gets(183);

        ringing.Sends(200);

        ringing.Gets("ACK");
        call.Gets(200);
        Assert.NotEmpty(call.LastSdp);
        call.Sends("ACK");
        call.HangsUp();
    }

    private (PhoneCall Caller, PhoneCall Desk, PhoneCall Mobile) Forked(bool rings = true)
    {
        var alice = Script.Registered("101");
        var desk = Script.Registered("102");
        var mobile = Script.Registered("102");
        var call = alice.Invites("102");
        var (atDesk, atMobile) = (desk.GetsCall(), mobile.GetsCall());
        if (rings)
        {
            atDesk.Sends(180);
            atMobile.Sends(180);
            call.Gets(180);
            call.Gets(180);
        }

        return (call, atDesk, atMobile);
    }

    private static void Cancelled(PhoneCall loser)
    {
        loser.Gets("CANCEL");
        loser.Sends(200, to: "CANCEL");
        loser.Sends(487);
        loser.Gets("ACK");
    }
}
