using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Session timers (RFC 4028), on each leg by itself.</summary>
public sealed partial class SessionTimerTests : GatewayTest
{
    private const string Supported = "Supported: timer";
    private const string TakesUpdate = "Allow: INVITE, ACK, CANCEL, BYE, UPDATE";

    private SipMessage? _answer;

    [Fact]
    public void A_callee_is_asked_for_half_an_hour()
    {
        // RFC 4028 §7.1
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Equal("1800", SipText.Header(callee.Invite, "Session-Expires"));
        Assert.Equal("timer, replaces", SipText.Header(callee.Invite, "Supported"));
        Assert.Empty(SipText.Header(callee.Invite, "Min-SE"));
        Ends(call, callee);
    }

    [Fact]
    public async Task Who_asks_gets_a_session_timer_where_none_is_asked_for()
    {
        await UseScript(64, ("Gateway:SessionExpires", "00:00:00"));
        var (call, callee) = Answered(Supported, "Session-Expires: 3600");

        Assert.Empty(SipText.Header(callee.Invite, "Session-Expires"));
        Assert.Equal("3600;refresher=uac", SipText.Header(_answer!, "Session-Expires"));
        Ends(call, callee);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData(Supported, "", "1800;refresher=uac")]
    [InlineData(Supported, "Session-Expires: 3600", "1800;refresher=uac")]
    [InlineData(Supported, "Session-Expires: 90;refresher=uas", "90;refresher=uas")]
    [InlineData(Supported, "x: 600;refresher=uac", "600;refresher=uac")]
    [InlineData("Require: timer", "Session-Expires: 600", "600;refresher=uac")]
    [InlineData(Supported, "Session-Expires: 4000\r\nMin-SE: 3600", "3600;refresher=uac")]
    [InlineData(Supported, "Min-SE: 3600", "3600;refresher=uac")]
    [InlineData("", "Session-Expires: 600", "600;refresher=uas")]
    [InlineData("", "Session-Expires: 60", "")]
    [InlineData(Supported, "Session-Expires: 4000000000\r\nMin-SE: 4000000000", "")]
    public void A_caller_gets_what_it_asks_for_within_bounds(string knows, string asks, string agreed)
    {
        // RFC 4028 §9 and its table 2
        var (call, callee) = Answered([knows, .. asks.Split("\r\n")]);

        Assert.Equal(agreed, SipText.Header(_answer!, "Session-Expires"));
        Assert.Equal(agreed.EndsWith("uac", StringComparison.Ordinal) ? "timer" : "", SipText.Header(_answer!, "Require"));
        Ends(call, callee);
    }

    [Fact]
    public async Task Less_than_the_least_is_422_with_it()
    {
        // RFC 4028 §9
        await UseScript(64, ("Gateway:MinSessionExpires", "00:02:00"));
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102", "", Supported, "Session-Expires: 119");

        Assert.Equal("120", SipText.Header(call.Gets(422), "Min-SE"));
        call.Sends("ACK");
        bob.GetsNothing();
    }

    [Theory]
    [InlineData("Session-Expires: soon")]
    [InlineData("Session-Expires: 1800;refresher=me")]
    [InlineData("Min-SE: -1")]
    public void What_is_no_interval_is_400(string header)
    {
        var bob = Script.Registered("102");

        Script.Registered("101").Invites("102", "", header).GetsRefusal(400);

        bob.GetsNothing();
    }

    [Fact]
    public void A_callee_that_takes_no_interval_as_short_is_asked_for_its_least()
    {
        // RFC 4028 §7.3
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var first = bob.GetsCall();
        first.Sends(422, headers: "Min-SE: 7200");
        first.Gets("ACK");

        first.Gets("INVITE");
        Assert.Equal(("7200", "7200"), (SipText.Header(first.Last, "Session-Expires"), SipText.Header(first.Last, "Min-SE")));
        Answer(call, first);
        Ends(call, first);
    }

    [Fact]
    public void A_callee_that_takes_no_interval_at_all_is_given_up()
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(422, headers: "Min-SE: 7200");
        callee.Gets("ACK");
        callee.Gets("INVITE");

        callee.Sends(422, headers: "Min-SE: 14400");

        callee.Gets("ACK");
        call.GetsRefusal(502);
    }

    [Fact]
    public void We_refresh_by_UPDATE_at_half_the_interval_where_the_peer_takes_it()
    {
        // RFC 4028 §7.2, §7.4
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac", TakesUpdate);

        for (var i = 0; i < 3; i++)
        {
            Script.Passes(44.9);
            callee.GetsNothing();
            Script.Passes(0.2);
            callee.Gets("UPDATE");
            Assert.Equal("90;refresher=uac", SipText.Header(callee.Last, "Session-Expires"));
            Assert.Empty(callee.LastSdp);
            callee.Sends(200, to: "UPDATE", headers: ["Session-Expires: 90;refresher=uac"]);
        }

        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void We_refresh_by_re_INVITE_with_the_same_description_where_the_peer_takes_no_UPDATE()
    {
        // RFC 4028 §7.4, RFC 3264 §8: the version of an unchanged description stays.
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac");
        var before = callee.Invite;

        Script.Passes(45.1);

        callee.Gets("INVITE");
        Assert.Equal(Origin(SipText.Body(before)), Origin(callee.LastSdp));
        callee.Sends(200, Sdp.Answer(callee.LastSdp, callee.Phone.Address), headers: ["Session-Expires: 90;refresher=uac"]);
        callee.Gets("ACK");
        call.GetsNothing();
        Script.Passes(44.9);
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void A_peer_that_agrees_to_less_than_the_absolute_minimum_is_refreshed_as_by_the_minimum()
    {
        // RFC 4028 §4
        var (call, callee) = AnsweredBy("Session-Expires: 1;refresher=uac", TakesUpdate);

        Script.Passes(44.9);
        callee.GetsNothing();
        Script.Passes(0.2);

        callee.Gets("UPDATE");
        Assert.Equal("90;refresher=uac", SipText.Header(callee.Last, "Session-Expires"));
        callee.Sends(200, to: "UPDATE", headers: "Session-Expires: 90;refresher=uac");
        Ends(call, callee);
    }

    [Fact]
    public void We_refresh_towards_a_caller_that_leaves_it_to_us()
    {
        var (call, callee) = Answered(Supported, TakesUpdate, "Session-Expires: 90;refresher=uas");

        Script.Passes(45.1);

        call.Gets("UPDATE");
        Assert.Equal("90;refresher=uac", SipText.Header(call.Last, "Session-Expires"));
        call.Sends(200, to: "UPDATE", headers: ["Session-Expires: 120;refresher=uas"]);
        callee.GetsNothing();
        // It has taken over: nothing comes of us any more until its time is over.
        Script.Passes(87.8);
        call.GetsNothing();
        Script.Passes(0.4);
        call.GetsBye();
        callee.GetsBye();
    }

    [Fact]
    public void We_refresh_the_session_of_an_own_service_as_well()
    {
        var call = Script.Registered("101").Invites("*43", "", Supported, "Session-Expires: 90;refresher=uas");
        call.Gets(200);
        call.Sends("ACK");

        Script.Passes(45.1);

        call.Gets("INVITE");
        call.Sends(200, Sdp.Answer(call.LastSdp, call.Phone.Address), headers: ["Session-Expires: 90;refresher=uac"]);
        call.Gets("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_peer_that_refreshes_keeps_the_call_and_one_that_stops_loses_it()
    {
        // RFC 4028 §10: a third of the interval before its end, or 32 s.
        var (call, callee) = Answered(Supported, "Session-Expires: 90");
        for (var i = 0; i < 3; i++)
        {
            Script.Passes(50);
            call.SendsUpdate(null, Supported, "Session-Expires: 90;refresher=uac");
            Assert.Equal("90;refresher=uac", SipText.Header(call.Gets(200), "Session-Expires"));
        }

        Script.Passes(59.8);
        call.GetsNothing();
        var ended = Script.LastCall;
        Script.Passes(0.4);

        call.GetsBye();
        Assert.Equal("SIP;cause=408;text=\"Session expired\"", SipText.Header(call.Last, "Reason"));
        callee.GetsBye();
        Assert.Contains(ended.Log.Read(), d => d.Text == "The caller's session expired: it was not refreshed within its 90 s.");
    }

    [Fact]
    public void A_re_INVITE_refreshes_both_legs_each_by_its_own_terms()
    {
        // RFC 4028 §7.4, §9
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102", "", Supported, "Session-Expires: 120");
        var callee = bob.GetsCall();
        callee.Sends(200, Sdp.Answer(callee.LastSdp, bob.Address), headers: "Session-Expires: 600;refresher=uas");
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Script.Passes(60);

        call.SendsInvite(Sdp.Of("192.0.2.10", version: 2), Supported, "Session-Expires: 120;refresher=uac");
        callee.Gets("INVITE");
        Assert.Equal("600;refresher=uas", SipText.Header(callee.Last, "Session-Expires"));
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, version: 2), headers: "Session-Expires: 600;refresher=uas");
        callee.Gets("ACK");

        Assert.Equal("120;refresher=uac", SipText.Header(call.Gets(200), "Session-Expires"));
        call.Sends("ACK");
        Script.Passes(80);
        call.GetsNothing();
        Ends(call, callee);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    public void A_refresh_with_less_than_the_least_is_422_and_the_call_goes_on(string method)
    {
        // RFC 4028 §9
        var (call, callee) = Answered(Supported);

        if (method == "INVITE")
            call.SendsInvite(Sdp.Of("192.0.2.10", version: 2), Supported, "Session-Expires: 30");
        else
            call.SendsUpdate(null, Supported, "Session-Expires: 30");

        Assert.Equal("90", SipText.Header(call.Gets(422), "Min-SE"));
        if (method == "INVITE")
            call.Sends("ACK");
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void A_peer_that_takes_no_refresh_as_short_gets_a_longer_one()
    {
        // RFC 4028 §7.3
        var (call, callee) = AnsweredBy("Session-Expires: 90;refresher=uac", TakesUpdate);
        Script.Passes(45.1);
        callee.Gets("UPDATE");

        callee.Sends(422, to: "UPDATE", headers: "Min-SE: 200");

        callee.Gets("UPDATE");
        Assert.Equal(("200;refresher=uac", "200"), (SipText.Header(callee.Last, "Session-Expires"), SipText.Header(callee.Last, "Min-SE")));
        callee.Sends(200, to: "UPDATE", headers: "Session-Expires: 200;refresher=uac");
        Script.Passes(99.8);
        callee.GetsNothing();
        Ends(call, callee);
    }

    private static string Origin(string sdp) => Array.Find(sdp.Split("\r\n"), line => line.StartsWith("o=", StringComparison.Ordinal))!;

    /// <summary>A call whose caller says something of session timers.</summary>
    private (PhoneCall Caller, PhoneCall Callee) Answered(params string[] headers)
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102", "", headers);
        var callee = bob.GetsCall();
        callee.Answers();
        callee.Gets("ACK");
        _answer = call.Gets(200);
        call.Sends("ACK");
        return (call, callee);
    }

    /// <summary>A call whose callee says something of them.</summary>
    private (PhoneCall Caller, PhoneCall Callee) AnsweredBy(params string[] headers)
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(200, Sdp.Answer(callee.LastSdp, bob.Address), headers: headers);
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        return (call, callee);
    }
}
