using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>UPDATE (RFC 3311): what a re-INVITE does, without waiting for anybody.</summary>
public sealed class UpdateTests : GatewayTest
{
    private const string Allow = "Allow: INVITE, ACK, CANCEL, BYE, UPDATE";

    [Fact]
    public void An_UPDATE_without_an_offer_is_answered_here()
    {
        // RFC 3311 §5.2
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Assert.Contains("UPDATE", SipText.Header(callee.Invite, "Allow"), StringComparison.Ordinal);

        call.SendsUpdate();

        var answer = call.Gets(200);
        Assert.NotEmpty(SipText.Header(answer, "Contact"));
        Assert.Contains("UPDATE", SipText.Header(answer, "Allow"), StringComparison.Ordinal);
        Assert.Empty(call.LastSdp);
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void An_offer_passes_as_UPDATE_to_a_party_that_takes_it()
    {
        // RFC 3311 §5.1, RFC 3264 §8.4
        var (call, callee) = Answered();

        call.SendsUpdate(Sdp.Of("192.0.2.10", 40000, "sendonly", 2));
        callee.Gets("UPDATE");
        Assert.Equal("sendonly", Sdp.DirectionOf(callee.LastSdp));
        Assert.NotEmpty(SipText.Header(callee.Last, "Contact"));
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, "recvonly", 2), to: "UPDATE");

        call.Gets(200);
        Assert.Equal("recvonly", Sdp.DirectionOf(call.LastSdp));
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(call.LastSdp));
        Ends(call, callee);
    }

    [Fact]
    public void An_offer_passes_as_re_INVITE_to_a_party_that_takes_no_UPDATE()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        call.SendsUpdate(Sdp.Of("192.0.2.10", 40000, "sendonly", 2));
        callee.Gets("INVITE");
        Assert.Equal("sendonly", Sdp.DirectionOf(callee.LastSdp));
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, "recvonly", 2));

        callee.Gets("ACK");
        call.Gets(200);
        Assert.Equal("recvonly", Sdp.DirectionOf(call.LastSdp));
        Ends(call, callee);
    }

    [Fact]
    public void A_re_INVITE_passes_as_re_INVITE_also_to_a_party_that_takes_UPDATE()
    {
        // RFC 3311 §5.1: an INVITE may wait for a person, an UPDATE may not.
        var (call, callee) = Answered();

        call.Sends("INVITE", Sdp.Of("192.0.2.10", version: 2));

        callee.Gets("INVITE");
        callee.Answers();
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void Both_parties_offering_at_once_is_glare()
    {
        // RFC 3311 §5.2
        var (call, callee) = Answered();
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("UPDATE");

        callee.SendsUpdate(Sdp.Of("192.0.2.11", version: 2));

        callee.Gets(491);
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, version: 2), to: "UPDATE");
        call.Gets(200);
        Ends(call, callee);
    }

    [Fact]
    public void A_second_offer_before_the_answer_to_the_first_is_500()
    {
        // RFC 3311 §5.2
        var (call, callee) = Answered();
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("UPDATE");

        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 3));

        Assert.NotEmpty(SipText.Header(call.Gets(500), "Retry-After"));
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, version: 2), to: "UPDATE");
        call.Gets(200);
        Ends(call, callee);
    }

    [Theory]
    [InlineData(488, 488)]
    [InlineData(504, 504)]
    [InlineData(407, 500)]
    [InlineData(422, 500)]
    public void A_refusal_passes_back_and_the_call_goes_on(int refusal, int passed)
    {
        // RFC 3311 §5.3: the session stays as it was.
        var (call, callee) = Answered();
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("UPDATE");

        callee.Sends(refusal, to: "UPDATE");

        call.Gets(passed);
        Ends(call, callee);
    }

    [Fact]
    public void A_party_that_does_not_know_the_call_any_more_ends_it()
    {
        // RFC 3261 §12.2.1.2
        var (call, callee) = Answered();
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("UPDATE");

        callee.Sends(481, to: "UPDATE");

        call.Gets(481);
        call.GetsBye();
    }

    [Fact]
    public void A_party_that_thinks_for_long_of_what_cannot_wait_is_504()
    {
        // RFC 3311 §5.2
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");
        callee.Sends(100);

        Script.Passes(20.1);

        call.Gets(504);
        callee.Gets("CANCEL");
        callee.Sends(200, to: "CANCEL");
        callee.Sends(487);
        callee.Gets("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void What_is_asked_by_INVITE_after_an_UPDATE_in_vain_has_the_rest_of_the_time()
    {
        // RFC 3311 §5.2, RFC 3261 §17.1.2.2: who asked waits for timer F.
        var (call, callee) = Answered();
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("UPDATE");
        Script.Passes(15);
        callee.Phone.Ignores();
        callee.Sends(405, to: "UPDATE");
        callee.Gets("INVITE");
        callee.Sends(100);

        Script.Passes(5.1);

        call.Gets(504);
        callee.Gets("CANCEL");
        callee.Sends(200, to: "CANCEL");
        callee.Sends(487);
        callee.Gets("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_party_that_still_thinks_of_one_offer_gets_no_other()
    {
        // RFC 3261 §14.1: its INVITE is open until it is answered.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        callee.Gets("INVITE");
        callee.Sends(100);
        Script.Passes(20.1);
        call.Gets(504);
        callee.Gets("CANCEL");

        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 3));

        call.Gets(491);
        callee.GetsNothing();
        callee.Sends(200, to: "CANCEL");
        callee.Sends(487);
        callee.Gets("ACK");
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 4));
        callee.Gets("INVITE");
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, version: 2));
        callee.Gets("ACK");
        call.Gets(200);
        Ends(call, callee);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(501)]
    public void A_party_whose_Allow_was_not_true_gets_the_offer_by_re_INVITE(int refusal)
    {
        // RFC 3261 §8.2.1, RFC 3311 §5.1
        var (call, callee) = Answered();
        call.SendsUpdate(Sdp.Of("192.0.2.10", 40000, "sendonly", 2));
        callee.Gets("UPDATE");

        callee.Sends(refusal, to: "UPDATE");

        callee.Gets("INVITE");
        Assert.Equal("sendonly", Sdp.DirectionOf(callee.LastSdp));
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, "recvonly", 2));
        callee.Gets("ACK");
        call.Gets(200);
        Assert.Equal("recvonly", Sdp.DirectionOf(call.LastSdp));
        Ends(call, callee);
    }

    [Fact]
    public void An_offer_that_cannot_be_carried_is_488()
    {
        var (call, callee) = Answered();

        call.SendsUpdate(Sdp.UnknownSuite);

        call.Gets(488);
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void An_offer_that_cannot_be_read_is_400()
    {
        var (call, callee) = Answered();

        call.SendsUpdate("no description");

        call.Gets(400);
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void A_party_that_moved_is_reached_at_its_new_target()
    {
        // RFC 3311 §5.1: a target refresh request.
        var (call, callee) = Answered();
        var text = callee.TextOf("UPDATE", callee.Phone).Replace("Max-Forwards", "Contact: <sip:elsewhere@192.0.2.11>\r\nMax-Forwards", StringComparison.Ordinal);
        callee.Phone.Sends(text);
        callee.Gets(200);

        call.HangsUp();

        callee.GetsBye();
        Assert.StartsWith("BYE sip:elsewhere@192.0.2.11 ", SipText.FirstLine(callee.Last), StringComparison.Ordinal);
    }

    [Fact]
    public void The_echo_test_answers_an_offer_itself()
    {
        var alice = Script.Registered("101");
        var call = alice.Invites("*43");
        call.Gets(200);
        call.Sends("ACK");

        call.SendsUpdate(Sdp.Of(alice.Address, 40002, "sendonly", 2));

        call.Gets(200);
        Assert.Equal("recvonly", Sdp.DirectionOf(call.LastSdp));
        call.HangsUp();
    }

    [Fact]
    public void A_caller_whose_call_rings_may_say_where_it_is_but_not_offer()
    {
        // RFC 3311 §5.2: the offer in its INVITE is not answered yet.
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(180);
        call.Gets(180);

        call.SendsUpdate();
        call.Gets(200);
        call.SendsUpdate(Sdp.Of("192.0.2.10", version: 2));
        Assert.NotEmpty(SipText.Header(call.Gets(500), "Retry-After"));

        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void A_callee_that_rings_may_say_where_it_is_but_not_offer()
    {
        // RFC 3311 §5.2: our offer is not answered yet.
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(180, headers: Allow);
        call.Gets(180);

        callee.SendsUpdate();
        callee.Gets(200);
        callee.SendsUpdate(Sdp.Of("192.0.2.11", version: 2));
        callee.Gets(491);

        Answer(call, callee);
        callee.SendsUpdate();
        callee.Gets(200);
        callee.HangsUp();
        call.GetsBye();
    }

    [Fact]
    public void A_callee_that_rings_ends_nothing_by_BYE()
    {
        // RFC 3261 §15.1
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(180, headers: Allow);
        call.Gets(180);

        callee.Sends("BYE");

        callee.Gets(481);
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void A_callee_that_rings_no_more_has_no_dialog()
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(180, headers: Allow);
        call.Gets(180);
        callee.Sends(486);
        callee.Gets("ACK");
        call.GetsRefusal(486);

        callee.SendsUpdate();

        callee.Gets(481);
    }

    [Fact]
    public void An_UPDATE_that_names_no_dialog_is_481()
    {
        // RFC 3261 §12.2.2
        var mallory = Script.Stranger("666");

        mallory.Invites("102").Sends("UPDATE");

        mallory.Gets(407);
        mallory.Gets(481);
    }

    /// <summary>A call to a party that takes UPDATE.</summary>
    private (PhoneCall Caller, PhoneCall Callee) Answered()
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(200, Sdp.Answer(callee.LastSdp, bob.Address), headers: Allow);
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        return (call, callee);
    }
}
