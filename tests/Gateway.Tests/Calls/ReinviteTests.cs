using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A session that changes (RFC 3261 §14, RFC 3264 §8).</summary>
public sealed class ReinviteTests : GatewayTest
{
    [Fact]
    public void Hold_and_resume_pass_to_the_other_party()
    {
        // RFC 3264 §8.4
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Equal(("sendonly", "recvonly"), Reinvite(call, callee, "sendonly", "recvonly", version: 2));
        Assert.Equal(("sendrecv", "sendrecv"), Reinvite(call, callee, "sendrecv", "sendrecv", version: 3));
        call.HangsUp();
    }

    [Fact]
    public void The_callee_may_hold_as_well()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Equal(("sendonly", "recvonly"), Reinvite(callee, call, "sendonly", "recvonly", version: 2));
        call.HangsUp();
    }

    [Fact]
    public void The_ports_stay_when_the_session_changes()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var callee = bob.GetsCall();
        var port = Sdp.PortOf(callee.LastSdp);
        callee.Answers();
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        call.Sends("INVITE", Sdp.Of(alice.Address, 40000, "sendonly", 2));
        callee.Gets("INVITE");

        Assert.Equal(port, Sdp.PortOf(callee.LastSdp));
        callee.Sends(200, Sdp.Of(bob.Address, 41000, "recvonly", 2));
        call.Gets(100);
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void Both_parties_asking_at_once_is_glare()
    {
        // RFC 3261 §14.2
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");

        callee.Sends("INVITE", Sdp.Of("192.0.2.11", version: 2));

        callee.Gets(491);
        callee.Sends("ACK");
        callee.Answers();
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_second_INVITE_before_the_answer_to_the_first_is_500()
    {
        // RFC 3261 §14.2
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");

        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 3));

        Assert.NotEmpty(SipText.Header(call.Gets(500), "Retry-After"));
        callee.Answers();
        call.Gets(200);
        call.HangsUp();
    }

    [Theory]
    [InlineData(488, 488)]
    [InlineData(491, 491)]
    [InlineData(302, 488)]
    [InlineData(407, 500)]
    public void A_refusal_passes_back_and_the_call_goes_on(int refusal, int passed)
    {
        // RFC 3261 §14.1: the session stays as if there had been no re-INVITE.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");

        callee.Sends(refusal);

        callee.Gets("ACK");
        call.GetsRefusal(passed);
        callee.HangsUp();
        call.GetsBye();
    }

    [Theory]
    [InlineData(481, 481)]
    [InlineData(408, 504)]
    public void A_party_that_does_not_know_the_call_any_more_ends_it(int status, int passed)
    {
        // RFC 3261 §12.2.1.2
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");

        callee.Sends(status);

        call.GetsRefusal(passed);
        call.GetsBye();
    }

    [Fact]
    public void A_party_that_is_silent_is_given_up()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Phone.Flow.IsDeaf = true;

        Script.Passes(32.1);

        call.GetsRefusal(504);
        call.GetsBye();
    }

    [Fact]
    public void A_CANCEL_of_the_change_passes_to_the_other_party()
    {
        // RFC 3261 §9.1
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");
        callee.Sends(100);

        call.Sends("CANCEL");
        callee.Gets("CANCEL");
        callee.Sends(200, to: "CANCEL");
        callee.Sends(487);

        call.Gets(200);
        call.GetsRefusal(487);
        call.HangsUp();
    }

    [Fact]
    public void A_change_that_was_agreed_before_the_CANCEL_came_holds()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");
        callee.Sends(100);

        call.Sends("CANCEL");
        callee.Gets("CANCEL");
        callee.Answers();

        callee.Gets("ACK");
        call.Gets(200);
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_BYE_ends_a_change_under_way()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");
        callee.Sends(100);

        callee.HangsUp();

        callee.Gets("CANCEL");
        call.GetsRefusal(487);
        call.GetsBye();
    }

    [Fact]
    public void A_change_without_an_offer_gets_the_other_partys()
    {
        // RFC 3261 §14.2: the answer then comes in the ACK.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE");
        callee.Gets("INVITE");
        Assert.Empty(callee.LastSdp);

        callee.Answers();
        callee.GetsNothing();
        callee.Answers();
        call.Gets(200);
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(call.LastSdp));
        call.Sends("ACK", Sdp.Of("192.0.2.10", version: 2));

        callee.Gets("ACK");
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(callee.LastSdp));
        call.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void A_change_without_an_offer_that_is_never_acknowledged_ends_the_call()
    {
        // RFC 3261 §14.2, §13.2.2.4: the other party's 2xx is acknowledged before its BYE.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE");
        callee.Gets("INVITE");
        callee.Answers();

        Script.Passes(32.1);

        callee.Gets("ACK");
        callee.GetsBye();
        call.Phone.Ignores();
    }

    [Fact]
    public void An_offer_that_cannot_be_carried_is_488()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        call.Sends("INVITE", Sdp.UnknownSuite);

        call.GetsRefusal(488);
        callee.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public void A_phone_that_moved_is_reached_at_its_new_port()
    {
        // RFC 3581 and RFC 5626's intent: what comes by a new way is answered and followed there.
        var alice = Script.Registered("101");
        var (call, callee) = Answered(alice, Script.Registered("102"));
        var moved = Script.Stranger("101", remote: $"{alice.Address}:7777");
        moved.Sends(call.TextOf("INFO", moved));
        callee.Gets("INFO");
        callee.Sends(200, to: "INFO");
        moved.Gets(200);

        callee.HangsUp();

        moved.Gets("BYE");
        alice.GetsNothing();
    }

    private static (string Offered, string Answered) Reinvite(PhoneCall from, PhoneCall to, string asked, string agreed, int version)
    {
        from.Sends("INVITE", Sdp.Of("192.0.2.10", 40000, asked, version));
        to.Gets("INVITE");
        var offered = Sdp.DirectionOf(to.LastSdp);
        to.Sends(200, Sdp.Of("192.0.2.11", 41000, agreed, version));
        to.Gets("ACK");
        from.Gets(200);
        var answered = Sdp.DirectionOf(from.LastSdp);
        from.Sends("ACK");
        return (offered, answered);
    }
}
