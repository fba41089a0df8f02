using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>Refreshes of ours that meet something else under way (RFC 3261 §14).</content>
public sealed partial class SessionTimerTests
{
    [Fact]
    public void Glare_has_us_wait_before_we_ask_again()
    {
        // RFC 3261 §14.1: 2.1 to 4 s where the Call-ID is ours.
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac");
        Script.Passes(45.1);
        callee.Gets("INVITE");

        callee.Sends(491);

        callee.Gets("ACK");
        Script.Passes(2);
        callee.GetsNothing();
        PassesUntilHeard(callee, within: 2.1);
        callee.Gets("INVITE");
        callee.Sends(200, Sdp.Answer(callee.LastSdp, callee.Phone.Address), headers: "Session-Expires: 90;refresher=uac");
        callee.Gets("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void Glare_with_a_caller_has_us_wait_for_less()
    {
        // RFC 3261 §14.1: up to 2 s where the Call-ID is the peer's.
        var (call, callee) = Answered(Supported, "Session-Expires: 90;refresher=uas");
        Script.Passes(45.1);
        call.Gets("INVITE");

        call.Sends(491);

        call.Gets("ACK");
        PassesUntilHeard(call, within: 2.1);
        call.Gets("INVITE");
        call.Sends(200, Sdp.Answer(call.LastSdp, call.Phone.Address), headers: "Session-Expires: 90;refresher=uac");
        call.Gets("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_change_of_either_party_while_we_offer_is_glare()
    {
        // RFC 3261 §14.2, RFC 3311 §5.2
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac");
        Script.Passes(45.1);
        callee.Gets("INVITE");

        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        call.Gets(491);
        callee.SendsUpdate(Sdp.Of("192.0.2.11", version: 2));
        callee.Gets(491);

        callee.Sends(200, Sdp.Of("192.0.2.11", 41000), headers: "Session-Expires: 90;refresher=uac");
        callee.Gets("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_refresh_by_re_INVITE_waits_for_a_change_under_way()
    {
        // RFC 3261 §14.1
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac");
        Script.Passes(44);
        callee.SendsInvite(Sdp.Of("192.0.2.11", version: 2));
        call.Gets("INVITE");
        call.Sends(100);

        Script.Passes(1.5);
        callee.GetsNothing();
        call.Sends(200, Sdp.Of("192.0.2.10", version: 2));
        call.Gets("ACK");
        callee.Gets(200);
        callee.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_call_that_ends_while_a_refresh_is_under_way_acknowledges_its_answer()
    {
        // RFC 3261 §13.2.2.4
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac");
        Script.Passes(45.1);
        callee.Gets("INVITE");
        call.HangsUp();
        callee.GetsBye();

        callee.Sends(200, Sdp.Of("192.0.2.11", 41000), headers: "Session-Expires: 90;refresher=uac");

        callee.Gets("ACK");
    }

    [Fact]
    public void A_refresh_under_way_is_the_only_one()
    {
        // RFC 3261 §14.1: the callee still thinks of ours when its own refresh has run for half its time.
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac");
        Script.Passes(45.1);
        callee.Gets("INVITE");
        callee.Sends(100);
        callee.SendsUpdate(null, Supported, "Session-Expires: 90;refresher=uas");
        callee.Gets(200);

        Script.Passes(50);

        callee.GetsNothing();
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000), headers: "Session-Expires: 90;refresher=uac");
        callee.Gets("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_refresh_that_is_never_answered_changes_nothing_of_a_call_that_is_over()
    {
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac", TakesUpdate);
        var ended = Script.LastCall;
        Script.Passes(45.1);
        callee.Gets("UPDATE");
        Ends(call, callee);

        Script.Passes(33);

        Assert.Null(ended.ByeReason);
    }

    /// <summary>Time passes until something has come: what is not answered at once is repeated.</summary>
    private void PassesUntilHeard(PhoneCall call, double within)
    {
        for (var left = within; left > 0 && call.Phone.Flow.Inbox.Count == 0; left -= 0.1)
            Script.Passes(0.1);
    }
}
