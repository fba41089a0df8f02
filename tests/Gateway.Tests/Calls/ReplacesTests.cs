using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>An INVITE with Replaces (RFC 3891): a phone takes a party's place in a call.</summary>
public sealed partial class ReplacesTests : GatewayTest
{
    [Fact]
    public void Who_replaces_the_callee_speaks_with_the_caller_and_the_callee_gets_BYE()
    {
        // RFC 3891 §3, RFC 5359 §2.5
        var (call, replaced, carol) = InProgress();

        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);

        taking.HangsUp();
        call.GetsBye();
        replaced.GetsNothing();
    }

    [Fact]
    public void Who_replaces_the_caller_speaks_with_the_callee_and_the_caller_gets_BYE()
    {
        var (replaced, callee, carol) = InProgress();

        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(callee);

        callee.Sends("BYE");
        taking.GetsBye();
        callee.Gets(200);
    }

    [Fact]
    public void The_party_that_stays_is_offered_the_sound_of_the_new_one_though_it_was_on_hold()
    {
        // RFC 5359 §2.5: the transferor holds the call before it is transferred.
        var (call, replaced, carol) = InProgress();
        replaced.Sends("INVITE", Sdp.Of(replaced.Phone.Address, direction: "sendonly", version: 2));
        call.Gets("INVITE");
        call.Answers();
        call.Gets("ACK");
        replaced.Gets(200);
        replaced.Sends("ACK");

        var taking = Takes(carol, replaced);
        replaced.GetsBye();

        call.Gets("INVITE");
        Assert.Contains("a=sendrecv", call.LastSdp, StringComparison.Ordinal);
        Assert.DoesNotContain(carol.Address, call.LastSdp, StringComparison.Ordinal);
        call.Answers();
        call.Gets("ACK");
        Ends(call, taking);
    }

    [Fact]
    public void The_books_and_the_log_say_who_took_whose_place()
    {
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);

        Assert.Equal(("101", "103"), (Script.LastCall.Summary.Caller.Number, Script.LastCall.Summary.Callee.Number));
        Assert.Contains("103 at 192.0.2.12:5060 takes callee's place (Replaces).", Decisions(), StringComparison.Ordinal);
        Ends(call, taking);
    }

    [Fact]
    public void A_re_INVITE_and_an_INFO_pass_between_the_new_parties()
    {
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);

        taking.Sends("INFO", "Signal=5", "application/dtmf-relay");
        call.Gets("INFO");
        call.Sends(200, to: "INFO");
        taking.Gets(200);
        call.Sends("INVITE", Sdp.Of(call.Phone.Address, direction: "sendonly", version: 5));
        taking.Gets("INVITE");
        taking.Answers();
        taking.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        Ends(call, taking);
    }

    [Fact]
    public void A_party_that_stays_and_asks_for_a_change_at_the_same_moment_is_asked_again()
    {
        // RFC 3261 §14.1: 491 to our re-INVITE.
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");

        call.Sends(491);
        call.Gets("ACK");
        while (call.Phone.Flow.Inbox.Count == 0)
            Script.Passes(0.1);

        Realigned(call);
        Ends(call, taking);
    }

    [Fact]
    public void A_party_that_stays_and_does_not_know_the_call_any_more_ends_it()
    {
        // RFC 3261 §12.2.1.2
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");

        call.Sends(481);

        call.Gets("ACK");
        taking.GetsBye();
    }

    [Fact]
    public void A_dialog_that_is_not_there_is_481()
    {
        // RFC 3891 §3
        var carol = Script.Registered("103");

        carol.Invites("102", headers: "Replaces: nobody@knows;to-tag=1;from-tag=2").GetsRefusal(481);
    }

    [Fact]
    public void Wrong_tags_are_481()
    {
        var (call, callee, carol) = InProgress();

        carol.Invites("102", headers: $"Replaces: {callee.CallId};to-tag={callee.RemoteTag};from-tag=other").GetsRefusal(481);

        Ends(call, callee);
    }

    [Fact]
    public void A_dialog_of_another_tenant_is_not_there()
    {
        var (call, callee, _) = InProgress();
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");

        Script.Registered("103", other).Invites("102", headers: Header(callee)).GetsRefusal(481);

        Ends(call, callee);
    }

    [Fact]
    public void An_answered_dialog_that_was_to_be_replaced_before_its_answer_is_486()
    {
        // RFC 3891 §3, early-only
        var (call, callee, carol) = InProgress();

        carol.Invites("102", headers: $"{Header(callee)};early-only").GetsRefusal(486);

        Ends(call, callee);
    }

    [Fact]
    public void A_callers_dialog_that_is_not_answered_is_481()
    {
        // RFC 3891 §3: an early dialog is replaced at the end that began it.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);

        carol.Invites("101", headers: $"Replaces: {call.CallId};to-tag={SipText.Parameter(SipText.Header(call.Last, "To"), "tag")};from-tag={call.LocalTag}")
            .GetsRefusal(481);

        Answer(call, ringing);
        Ends(call, ringing);
    }

    [Fact]
    public void A_call_with_a_service_of_ours_is_603()
    {
        // RFC 3891 §3 leaves it to the server whether it wants to.
        var alice = Script.Registered("101");
        var carol = Script.Registered("103");
        var call = alice.Invites("*43");
        call.Gets(200);
        call.Sends("ACK");

        carol.Invites("101", headers: Header(call)).GetsRefusal(603);

        call.HangsUp();
    }

    [Theory]
    [InlineData("Replaces: a@b;to-tag=1")]
    [InlineData("Replaces: a@b;from-tag=1")]
    [InlineData("Replaces: a@b;to-tag=1;from-tag=2\r\nReplaces: c@d;to-tag=1;from-tag=2")]
    [InlineData("Replaces: a@b;to-tag=1;from-tag=2\r\nJoin: c@d;to-tag=1;from-tag=2")]
    public void Several_of_them_one_beside_Join_and_one_without_tags_are_400(string headers)
    {
        // RFC 3891 §3, §6.1
        Script.Registered("103").Invites("102", headers: headers.Split("\r\n")).GetsRefusal(400);
    }

    [Theory]
    [InlineData("INFO")]
    [InlineData("UPDATE")]
    [InlineData("BYE")]
    [InlineData("OPTIONS")]
    public void In_another_request_than_INVITE_it_is_400(string method)
    {
        // RFC 3891 §3
        var (call, callee, _) = InProgress();

        call.SendsWith(method, "", "text/plain", Header(callee));

        call.Gets(400);
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void Phones_are_told_that_it_is_known_and_destinations_are_not()
    {
        // RFC 3891 §6.2
        var (call, callee, _) = InProgress();

        Assert.Equal("timer, replaces", SipText.Header(callee.Invite, "Supported"));
        Assert.Equal("timer, replaces", SipText.Header(call.Last, "Supported"));
        Ends(call, callee);
        var carrier = Script.Carrier("carrier");
        var fromOutside = carrier.Invites("102");
        var ringing = callee.Phone.GetsCall();
        Answer(fromOutside, ringing);
        Assert.Equal("timer", SipText.Header(fromOutside.Last, "Supported"));
        Ends(fromOutside, ringing);
    }

    [Fact]
    public void Parties_without_a_common_sound_get_488_and_the_call_goes_on()
    {
        var (call, callee, carol) = InProgress();
        var opus = $"v=0\r\no=- 1 1 IN IP4 {carol.Address}\r\ns=-\r\nc=IN IP4 {carol.Address}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\n";

        carol.Invites("102", opus, Header(callee)).GetsRefusal(488);

        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void To_a_destination_it_is_not_known()
    {
        // Only who authenticated as an extension may take a place; RFC 3261 §8.2.2.3 where it is required.
        var (call, callee, _) = InProgress();
        var carrier = Script.Carrier("carrier");

        carrier.Invites("102", headers: [Header(callee), "Require: replaces"]).GetsRefusal(420);

        Ends(call, callee);
    }

    private (PhoneCall Caller, PhoneCall Callee, Phone Carol) InProgress()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var (call, callee) = Answered(alice, bob);
        return (call, callee, carol);
    }

    /// <summary>As the party of a dialog tells a third one of it: to-tag is the other end's, which is ours.</summary>
    private static string Header(PhoneCall dialog) => $"Replaces: {dialog.CallId};to-tag={dialog.RemoteTag};from-tag={dialog.LocalTag}";

    private static PhoneCall Takes(Phone phone, PhoneCall replaced)
    {
        var taking = phone.Invites(replaced.Phone.User, headers: [Header(replaced), "Require: replaces"]);
        taking.Gets(200);
        taking.Sends("ACK");
        return taking;
    }

    private static void Realigned(PhoneCall staying)
    {
        staying.Gets("INVITE");
        staying.Answers();
        staying.Gets("ACK");
    }
}
