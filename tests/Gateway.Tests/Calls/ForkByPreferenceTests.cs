using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Devices that their Contacts' q prefers to others are called before them (RFC 3261 §16.6, §20.10).</summary>
public sealed class ForkByPreferenceTests : GatewayTest
{
    public ForkByPreferenceTests() => Script.Configure(settings => settings with { RingTimeout = TimeSpan.FromSeconds(40) });

    [Fact]
    public void Those_of_the_highest_q_ring_first_and_together_the_others_when_all_of_them_have_failed()
    {
        var (desk, mobile, soft) = (Device("1.0"), Device("0.5"), Device(null));
        var call = Script.Registered("101").Invites("102");
        var (atDesk, atSoft) = (desk.GetsCall(), soft.GetsCall());

        atDesk.Sends(486);
        mobile.GetsNothing();
        atSoft.Sends(404);

        var atMobile = mobile.GetsCall();
        atMobile.Answers();
        atMobile.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Assert.Contains("2 device(s) with q=1 are called.", Decisions(), StringComparison.Ordinal);
        Assert.Contains("1 device(s) with q=0.5 are called.", Decisions(), StringComparison.Ordinal);
        call.HangsUp();
        atMobile.GetsBye();
    }

    [Fact]
    public void An_answer_of_the_first_leaves_the_others_alone()
    {
        var (desk, mobile) = (Device("0.9"), Device("0.1"));
        var call = Script.Registered("101").Invites("102");

        desk.GetsCall().Answers();

        call.Gets(200);
        call.Sends("ACK");
        Script.Passes(60);
        mobile.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public void Who_says_nothing_in_its_share_of_the_ring_time_is_cancelled_and_the_next_are_called()
    {
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102");
        var atDesk = Rings(desk, call);

        Script.Passes(19.9);
        mobile.GetsNothing();
        Script.Passes(0.2);

        // A missed call for who was there and did not answer: it was answered nowhere else yet (RFC 3326).
        Assert.Empty(SipText.Lines(Cancelled(atDesk), "Reason"));
        mobile.GetsCall().Answers();
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void The_last_have_all_the_time_that_is_left()
    {
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102");
        desk.GetsCall().Sends(480);
        var atMobile = Rings(mobile, call);

        Script.Passes(39.9);
        atMobile.GetsNothing();
        Script.Passes(0.2);

        Cancelled(atMobile);
        call.GetsRefusal(480);
    }

    [Fact]
    public void An_answer_that_crosses_the_CANCEL_is_acknowledged_and_ended_and_the_next_ring_on()
    {
        // RFC 3261 §13.2.2.4
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102");
        var atDesk = Rings(desk, call);
        Script.Passes(20.1);
        atDesk.Gets("CANCEL");

        atDesk.Answers();

        atDesk.Gets("ACK");
        atDesk.GetsBye();
        call.GetsNothing();
        var atMobile = mobile.GetsCall();
        atMobile.Answers();
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        atMobile.Gets("ACK");
        atMobile.GetsBye();
    }

    [Fact]
    public void A_caller_who_gives_up_cancels_who_rings_now()
    {
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102");
        var atDesk = desk.GetsCall();
        atDesk.Sends(486);
        atDesk.Gets("ACK");
        var atMobile = Rings(mobile, call);

        call.Sends("CANCEL");

        Cancelled(atMobile);
        atDesk.GetsNothing();
    }

    [Fact]
    public void A_6xx_speaks_for_those_who_were_not_called_yet()
    {
        // RFC 3261 §16.7 step 5
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102");

        desk.GetsCall().Sends(603);

        call.GetsRefusal(603);
        mobile.GetsNothing();
    }

    [Fact]
    public void The_best_refusal_of_all_turns_is_passed_on()
    {
        // RFC 3261 §16.7 step 6
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102");

        desk.GetsCall().Sends(486);
        mobile.GetsCall().Sends(404);

        call.GetsRefusal(486);
    }

    [Fact]
    public void Early_media_of_the_next_is_heard_when_who_was_heard_has_failed()
    {
        // RFC 3960 §3.2: what is heard is of who rings.
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102");
        var atDesk = desk.GetsCall();
        atDesk.Sends(183, Sdp.Of("192.0.2.50"));
        call.Gets(183);
        atDesk.Sends(486);

        mobile.GetsCall().Sends(183, Sdp.Of("192.0.2.51"));

        call.Gets(183);
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(call.LastSdp));
        call.Sends("CANCEL");
    }

    [Fact]
    public void Only_those_who_ring_together_count_towards_the_breadth()
    {
        // RFC 5393 §5.3.3
        var (desk, mobile) = (Device("1"), Device("0.5"));
        var call = Script.Registered("101").Invites("102", headers: "Max-Breadth: 1");
        var atDesk = desk.GetsCall();
        Assert.Equal("1", SipText.Header(atDesk.Last, "Max-Breadth"));
        atDesk.Sends(486);

        mobile.GetsCall().Answers();

        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    private Phone Device(string? q)
    {
        var phone = Script.Phone("102");
        return phone.Registers(q is null ? phone.Contact : $"{phone.Contact};q={q}");
    }

    private static PhoneCall Rings(Phone phone, PhoneCall caller)
    {
        var call = phone.GetsCall();
        call.Sends(180);
        caller.Gets(180);
        return call;
    }

    private static Sip.Messages.SipMessage Cancelled(PhoneCall loser)
    {
        var cancel = loser.Gets("CANCEL");
        loser.Sends(200, to: "CANCEL");
        loser.Sends(487);
        loser.Gets("ACK");
        return cancel;
    }
}
