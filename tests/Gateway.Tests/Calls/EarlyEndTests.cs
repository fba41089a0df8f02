using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Calls that end before they are answered (RFC 3261 §9, §13, §15).</summary>
public sealed class EarlyEndTests : GatewayTest
{
    [Fact]
    public void A_CANCEL_ends_the_call_on_both_sides()
    {
        // RFC 3665 §3.8
        var (call, ringing) = Ringing();

        call.Sends("CANCEL");

        call.Gets(200);
        call.GetsRefusal(487);
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
        Assert.Equal(1, Script.Count(Counter.FailedCalls));
    }

    [Fact]
    public void A_CANCEL_waits_until_the_callee_was_heard_of()
    {
        // RFC 3261 §9.1: no CANCEL before a provisional response.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var silent = bob.GetsCall();

        call.Sends("CANCEL");
        bob.GetsNothing();
        silent.Sends(180);

        silent.Gets("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
    }

    [Fact]
    public void An_answer_that_crosses_the_CANCEL_is_acknowledged_and_ended()
    {
        // RFC 3261 §9.1, §13.2.2.4
        var (call, ringing) = Ringing();

        call.Sends("CANCEL");
        ringing.Gets("CANCEL");
        ringing.Answers();

        ringing.Gets("ACK");
        ringing.GetsBye();
        call.Gets(200);
        call.GetsRefusal(487);
    }

    [Fact]
    public void A_CANCEL_that_crosses_the_answer_has_no_effect()
    {
        // RFC 3261 §9.2
        var (call, ringing) = Ringing();
        ringing.Answers();
        ringing.Gets("ACK");

        call.Sends("CANCEL");

        call.Gets(200);
        call.Sends("ACK");
        call.Gets(200);
        call.HangsUp();
        ringing.GetsBye();
    }

    [Fact]
    public void An_answer_and_a_CANCEL_in_the_same_moment_end_the_call()
    {
        // The answer has won when the CANCEL comes, but a redirected caller was not told yet: its INVITE is still open (RFC 3261 §9.2).
        Script.AddExtension("103", e => e with { Redirection = "102" });
        var (call, ringing) = Ringing("103");
        Script.IsBusy = true;

        ringing.Answers();
        call.Sends("CANCEL");
        Script.Settle();
        Script.IsBusy = false;

        call.Gets(200);
        call.GetsRefusal(487);
        ringing.Gets("ACK");
        ringing.GetsBye();
        Assert.Equal((0, 1), (Script.Count(Counter.SuccessfulCalls), Script.Count(Counter.FailedCalls)));
    }

    [Fact]
    public void A_CANCEL_while_the_callee_is_looked_up_ends_the_call()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Script.Grains.Weather.IsSlow = true;
        var call = alice.Invites("102");

        call.Sends("CANCEL");
        Script.ClusterGoesOn();

        call.Gets(200);
        call.GetsRefusal(487);
        bob.GetsNothing();
    }

    [Fact]
    public void A_strangers_CANCEL_does_not_end_the_call()
    {
        // Threats: third-party CANCEL. RFC 3261 §9.2: matched as any request, here also by its source.
        var (call, ringing) = Ringing();
        var mallory = Script.Stranger("666");

        mallory.Sends(call.TextOfCancel());

        mallory.Gets(481);
        ringing.GetsNothing();
        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
    }

    [Fact]
    public void A_BYE_of_a_caller_that_hears_it_ring_ends_the_call()
    {
        // RFC 3261 §15: the caller may BYE an early dialog.
        var (call, ringing) = Ringing();

        call.Sends("BYE");

        call.Gets(200);
        call.GetsRefusal(487);
        ringing.Gets("CANCEL");
    }

    [Fact]
    public void Nobody_who_answers_in_time_ends_the_call()
    {
        var (call, ringing) = Ringing();

        Script.Passes(60.1);

        ringing.Gets("CANCEL");
        call.GetsRefusal(480);
    }

    [Fact]
    public void A_callee_that_never_says_a_word_is_given_up_after_64_T1()
    {
        // RFC 3261 §17.1.1.2: timer B
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        bob.Flow.IsDeaf = true;
        var call = alice.Invites("102");

        Script.Passes(31.9);
        call.GetsNothing();
        Script.Passes(0.2);

        call.GetsRefusal(480);
    }

    [Fact]
    public void A_callee_whose_connection_is_gone_is_off_line()
    {
        var alice = Script.Registered("101");
        var bob = Script.Phone("102", protocol: SipTransportProtocol.Tcp).Registers();
        bob.Flow.IsBroken = true;

        alice.Invites("102").GetsRefusal(480);
    }

    [Fact]
    public void A_caller_whose_connection_is_lost_takes_the_call_with_it()
    {
        // Threats: INVITE, then drop the TCP connection.
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tcp).Registers();
        var bob = Script.Registered("102");
        alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);

        alice.Flow.IsBroken = true;
        Script.Receiver.OnClosed(alice.Flow);
        Script.Settle();

        ringing.Gets("CANCEL");
    }

    [Fact]
    public void An_answer_that_cannot_reach_the_caller_ends_the_call()
    {
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tcp).Registers();
        var bob = Script.Registered("102");
        alice.Invites("102");
        var ringing = bob.GetsCall();
        alice.Flow.IsBroken = true;

        ringing.Answers();

        ringing.Gets("ACK");
        ringing.GetsBye();
    }

    [Fact]
    public void A_caller_whose_connection_is_lost_later_stays_in_the_call()
    {
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tcp).Registers();
        var (_, callee) = Answered(alice, Script.Registered("102"));

        Script.Receiver.OnClosed(alice.Flow);
        Script.Settle();

        callee.GetsNothing();
        callee.HangsUp();
    }

    [Fact]
    public void An_answer_without_audio_that_can_be_carried_is_502()
    {
        var (call, ringing) = Ringing();

        ringing.Sends(200, Sdp.UnknownSuite);

        ringing.Gets("ACK");
        ringing.GetsBye();
        call.GetsRefusal(502);
    }

    private (PhoneCall Caller, PhoneCall Callee) Ringing(string number = "102")
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites(number);
        var ringing = bob.GetsCall();
        if (number != bob.User)
            call.Gets(181);
        ringing.Sends(180);
        call.Gets(180);
        return (call, ringing);
    }
}
