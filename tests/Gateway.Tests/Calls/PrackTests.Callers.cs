using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>Callers that support reliable provisional responses (RFC 3262 §3).</content>
public sealed partial class PrackTests
{
    [Theory]
    [InlineData(Supported)]
    [InlineData("Require: 100rel")]
    [InlineData("k: timer, 100REL")]
    public void A_caller_that_knows_them_hears_reliably_that_it_rings(string header)
    {
        // RFC 3262 §3
        var (call, callee) = Calls("", header);
        callee.Sends(180);

        var ringing = call.Gets(180);
        Assert.Equal("100rel", SipText.Header(ringing, "Require"));
        Assert.InRange(RSeqOf(ringing), 1u, (uint)int.MaxValue);
        Assert.NotEmpty(SipText.Header(ringing, "Contact"));
        Pracks(call, ringing);

        Assert.Equal("2 PRACK", SipText.Header(call.Gets(200), "CSeq"));
        callee.GetsNothing();
        Answer(call, callee);
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(SipText.Body(call.Last)));
        Ends(call, callee);
    }

    [Fact]
    public void A_response_is_repeated_after_T1_doubled_each_time_until_64_T1_then_the_call_is_refused()
    {
        // RFC 3262 §3
        var (call, callee) = Calls("", Supported);
        callee.Sends(180);
        var first = SipText.Of(call.Gets(180));

        Script.Passes(31.8);

        // 0.5, 1.5, 3.5, 7.5, 15.5, 31.5
        for (var i = 0; i < 6; i++)
            Assert.Equal(first, SipText.Of(call.Gets(180)));
        call.GetsNothing();
        Script.Passes(0.5);
        call.GetsRefusal(504);
        IsCancelled(callee);
    }

    [Fact]
    public void A_response_that_has_its_PRACK_is_not_repeated()
    {
        var (call, callee) = Calls("", Supported);
        callee.Sends(180);
        Pracks(call, call.Gets(180));
        call.Gets(200);

        Script.Passes(20);

        call.GetsNothing();
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void One_response_waits_at_a_time_and_the_next_has_the_next_number()
    {
        // RFC 3262 §3
        var (call, callee) = Calls("", Supported);
        callee.Sends(180);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000));
        callee.Sends(181);
        var first = call.Gets(180);
        call.GetsNothing();

        Pracks(call, first);

        call.Gets(200);
        // What was said last, and the description of the one before.
        var second = call.Gets(181);
        Assert.Equal(RSeqOf(first) + 1, RSeqOf(second));
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(call.LastSdp));
        Pracks(call, second);
        call.Gets(200);
        call.GetsNothing();
        AnswersBare(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void A_PRACK_that_matches_no_response_is_481()
    {
        // RFC 3262 §3
        var (call, callee) = Calls("", Supported);
        callee.Sends(180);
        var ringing = call.Gets(180);
        var number = RSeqOf(ringing);

        foreach (var rack in (string[])[$"{number + 1} 1 INVITE", $"{number} 2 INVITE", $"{number} 1 UPDATE"])
        {
            call.SendsWith("PRACK", "", "application/sdp", $"RAck: {rack}");
            call.Gets(481);
        }

        Pracks(call, ringing);
        call.Gets(200);
        Pracks(call, ringing);
        call.Gets(481);
        Answer(call, callee);
        Ends(call, callee);
    }

    [Theory]
    [InlineData("X: y")]
    [InlineData("RAck: 1")]
    [InlineData("RAck: 0 1 INVITE")]
    public void A_PRACK_that_names_no_response_is_400(string header)
    {
        // RFC 3262 §7.2
        var (call, callee) = Calls("", Supported);
        callee.Sends(180);
        var ringing = call.Gets(180);

        call.SendsWith("PRACK", "", "application/sdp", header);

        call.Gets(400);
        Pracks(call, ringing);
        call.Gets(200);
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void A_caller_that_does_not_know_them_has_nothing_to_acknowledge()
    {
        var (call, callee) = Calls();
        callee.Sends(180);
        Assert.Empty(SipText.Header(call.Gets(180), "RSeq"));

        call.SendsWith("PRACK", "", "application/sdp", "RAck: 1 1 INVITE");

        call.Gets(481);
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void The_2xx_waits_for_the_PRACK_of_a_response_with_a_description_and_has_none_itself()
    {
        // RFC 3262 §3, RFC 3261 §13.2.1
        var (call, callee) = Calls("", Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000));
        var progress = call.Gets(183);
        callee.Sends(200, Sdp.Of(callee.Phone.Address, 41000));
        callee.Gets("ACK");
        call.GetsNothing();

        Pracks(call, progress);

        Assert.EndsWith("PRACK", SipText.Header(call.Gets(200), "CSeq"), StringComparison.Ordinal);
        Assert.EndsWith("INVITE", SipText.Header(call.Gets(200), "CSeq"), StringComparison.Ordinal);
        Assert.Empty(call.LastSdp);
        callee.GetsNothing();
        call.Sends("ACK");
        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void A_callee_that_hangs_up_while_the_callers_PRACK_is_awaited_ends_the_call()
    {
        // RFC 3261 §15.1.2
        var (call, callee) = Calls("", Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000));
        var progress = call.Gets(183);
        callee.Sends(200, Sdp.Of(callee.Phone.Address, 41000));
        callee.Gets("ACK");

        callee.HangsUp();

        call.GetsRefusal(480);
        Pracks(call, progress);
        call.Gets(481);
        callee.GetsNothing();
    }

    [Fact]
    public void The_2xx_waits_for_no_other_PRACK_which_may_still_come()
    {
        // RFC 3262 §3
        var (call, callee) = Calls("", Supported);
        callee.Sends(180);
        var ringing = call.Gets(180);
        Answer(call, callee);

        Script.Passes(2);
        call.GetsNothing();
        Pracks(call, ringing);

        call.Gets(200);
        Ends(call, callee);
    }

    [Fact]
    public void A_caller_that_gives_up_while_its_PRACK_is_awaited_leaves_a_callee_that_is_hung_up()
    {
        var (call, callee) = Calls("", Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000));
        call.Gets(183);
        callee.Sends(200, Sdp.Of(callee.Phone.Address, 41000));

        call.Sends("CANCEL");

        call.Gets(200);
        call.GetsRefusal(487);
        callee.Gets("ACK");
        callee.GetsBye();
    }

    [Fact]
    public void A_caller_that_never_acknowledges_is_504_and_the_callee_that_answered_is_hung_up()
    {
        // RFC 3262 §3
        var (call, callee) = Calls("", Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000));
        callee.Sends(200, Sdp.Of(callee.Phone.Address, 41000));
        Script.Passes(31.8);
        call.Phone.Ignores();

        Script.Passes(0.5);

        call.GetsRefusal(504);
        callee.Gets("ACK");
        callee.GetsBye();
    }

    [Theory]
    [InlineData("0 101", false)]
    [InlineData("8 101", true)]
    public void Where_another_device_answers_the_caller_is_offered_what_that_one_speaks_if_it_is_something_else(string codecs, bool isOffered)
    {
        // RFC 3261 §13.2.1, §14.1
        var desk = Script.Registered("102");
        var mobile = Script.Registered("102");
        var call = Script.Registered("101").Invites("102", "", Supported);
        var (atDesk, atMobile) = (desk.GetsCall(), mobile.GetsCall());
        atDesk.Sends(183, Sdp.Of(desk.Address, 41000, codecs: "0 101"));
        Pracks(call, call.Gets(183));
        call.Gets(200);

        atMobile.Sends(200, Sdp.Of(mobile.Address, 41000, codecs: codecs));

        atMobile.Gets("ACK");
        Assert.Empty(SipText.Body(call.Gets(200)));
        IsCancelled(atDesk);
        call.Sends("ACK");
        if (isOffered)
        {
            call.Gets("INVITE");
            Assert.Contains($" RTP/AVP {codecs}\r\n", call.LastSdp, StringComparison.Ordinal);
            call.Sends(200, Sdp.Of(call.Phone.Address, codecs: codecs, version: 2));
            call.Gets("ACK");
        }

        call.GetsNothing();
        Ends(call, atMobile);
    }

    [Fact]
    public void An_offer_in_a_PRACK_is_answered_in_its_2xx_by_what_the_callee_has_said()
    {
        // RFC 3262 §5
        var (call, callee) = Calls("", Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000));
        var progress = call.Gets(183);
        var port = Sdp.PortOf(call.LastSdp);

        Pracks(call, progress, Sdp.Of(call.Phone.Address, 40004, version: 2));

        Assert.Equal(port, Sdp.PortOf(SipText.Body(call.Gets(200))));
        callee.GetsNothing();
        AnswersBare(call, callee);
        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void An_offer_in_a_PRACK_that_cannot_be_carried_is_488_and_the_response_has_been_acknowledged()
    {
        // RFC 3262 §3
        var (call, callee) = Calls("", Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000));
        var progress = call.Gets(183);

        Pracks(call, progress, Sdp.UnknownSuite);

        call.Gets(488);
        Script.Passes(40);
        call.GetsNothing();
        AnswersBare(call, callee);
        Ends(call, callee);
    }

    [Theory]
    [InlineData(Supported, true)]
    [InlineData("Require: 100rel", false)]
    public void A_response_without_an_offer_to_an_INVITE_without_one_is_not_reliable(string header, bool isTold)
    {
        // RFC 3261 §13.2.1: the first reliable response would have to offer; who takes no other hears of the answer.
        var (call, callee) = Calls(null, header);
        callee.Sends(180);

        if (isTold)
            Assert.Empty(SipText.Header(call.Gets(180), "RSeq"));
        call.GetsNothing();
        callee.Sends(486);
        callee.Gets("ACK");
        call.Gets(486);
    }

    [Fact]
    public void Each_leg_has_numbers_of_its_own()
    {
        var (call, callee) = Calls("", Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000), headers: Reliable(776_656));
        IsAcknowledged(callee, "776656 1 INVITE");

        Pracks(call, call.Gets(183));

        call.Gets(200);
        callee.GetsNothing();
        AnswersBare(call, callee);
        Ends(call, callee);
    }

    private static uint RSeqOf(SipMessage response) => uint.Parse(SipText.Header(response, "RSeq"), null);

    /// <summary>The callee answers; the caller has had the description.</summary>
    private static void AnswersBare(PhoneCall call, PhoneCall callee)
    {
        callee.Sends(200, Sdp.Of(callee.Phone.Address, 41000));
        callee.Gets("ACK");
        Assert.Empty(SipText.Body(call.Gets(200)));
        call.Sends("ACK");
    }
}
