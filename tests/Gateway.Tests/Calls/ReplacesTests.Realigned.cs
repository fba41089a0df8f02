using System.Globalization;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>What the party that stays answers to the offer of its new one.</content>
public sealed partial class ReplacesTests
{
    [Fact]
    public void An_offer_that_waits_is_not_made_when_somebody_else_has_come_in_meanwhile()
    {
        // RFC 3261 §14.1
        var (call, replaced, carol) = InProgress();
        var first = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");
        call.Sends(491);
        call.Gets("ACK");

        var second = Takes(Script.Registered("104"), first);
        first.GetsBye();
        Realigned(call);

        Script.Passes(5);
        GoesOn(call, second);
    }

    [Fact]
    public void An_offer_that_waits_is_not_made_to_who_was_replaced_itself()
    {
        var (call, replaced, carol) = InProgress();
        var first = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");
        call.Sends(491);
        call.Gets("ACK");

        var second = Takes(Script.Registered("104"), call);
        call.GetsBye();
        Realigned(first);

        Script.Passes(5);
        call.GetsNothing();
        GoesOn(first, second);
    }

    [Fact]
    public void An_offer_that_waits_is_not_made_when_the_party_has_agreed_on_something_with_its_new_one()
    {
        // RFC 3261 §14.1: what it asked for at the same moment is later, and tells both as much.
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");
        call.Sends(491);
        call.Gets("ACK");

        call.Sends("INVITE", Sdp.Of(call.Phone.Address, direction: "sendonly", version: 2));
        taking.Gets("INVITE");
        taking.Answers();
        taking.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        Script.Passes(5);
        GoesOn(call, taking);
    }

    [Fact]
    public void An_offer_that_is_not_answered_in_time_is_taken_back_and_the_call_goes_on()
    {
        // RFC 3261 §9.1, §14.1
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");
        call.Sends(100);
        Script.Passes(19.9);
        call.GetsNothing();

        Script.Passes(0.2);

        call.Gets("CANCEL");
        call.Sends(200, to: "CANCEL");
        call.Sends(487);
        call.Gets("ACK");
        Assert.Contains("The caller has not answered the offer of its new party for 20 s; it is taken back.", Decisions(), StringComparison.Ordinal);
        Assert.Contains("The caller answered 487 to the offer of its new party; what it spoke before goes on.", Decisions(), StringComparison.Ordinal);
        MayChange(taking, call);
        GoesOn(call, taking);
    }

    [Fact]
    public void An_offer_that_is_not_answered_though_it_was_taken_back_is_over_and_the_call_goes_on()
    {
        // RFC 3261 §9.1: 64*T1 after the CANCEL.
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");
        call.Sends(100);
        Script.Passes(20.1);
        call.Gets("CANCEL");
        call.Sends(200, to: "CANCEL");

        Script.Passes(33);

        MayChange(taking, call);
        GoesOn(call, taking);
    }

    [Fact]
    public void An_offer_that_is_never_heard_of_ends_the_call()
    {
        // RFC 3261 §12.2.1.2
        var (call, replaced, carol) = InProgress();
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");

        Script.Passes(33);

        taking.GetsBye();
    }

    [Fact]
    public void A_party_that_takes_no_session_as_short_is_made_the_offer_once_more()
    {
        // RFC 4028 §7.3
        var (replaced, callee, carol) = BeingRefreshed();
        callee.Sends(200, to: "UPDATE", headers: Refreshed);
        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        callee.Gets("INVITE");

        callee.Sends(422, headers: "Min-SE: 200");

        callee.Gets("ACK");
        callee.Gets("INVITE");
        Assert.Equal(("200;refresher=uac", "200"), (SipText.Header(callee.Last, "Session-Expires"), SipText.Header(callee.Last, "Min-SE")));
        callee.Answers();
        callee.Gets("ACK");
        callee.Sends("BYE");
        taking.GetsBye();
        callee.Gets(200);
    }

    [Fact]
    public void The_offer_follows_what_the_party_was_told_last()
    {
        // RFC 3264 §8: the version rises by one.
        var (call, replaced, carol) = InProgress();
        var told = Version(call.LastSdp);

        var taking = Takes(carol, replaced);
        replaced.GetsBye();
        call.Gets("INVITE");

        Assert.Equal(told + 1, Version(call.LastSdp));
        call.Answers();
        call.Gets("ACK");
        Ends(call, taking);
    }

    [Fact]
    public void Who_took_the_callees_place_owns_the_Call_ID()
    {
        // RFC 3261 §14.1: towards it we wait for 2 s at most.
        var (call, replaced, carol) = InProgress();
        var first = Takes(carol, replaced);
        replaced.GetsBye();
        Realigned(call);
        var second = Takes(Script.Registered("104"), call);
        call.GetsBye();
        first.Gets("INVITE");
        first.Sends(491);
        first.Gets("ACK");

        for (var i = 0; i < 21 && carol.Flow.Inbox.Count == 0; i++)
            Script.Passes(0.1);

        Realigned(first);
        Ends(first, second);
    }

    [Fact]
    public void Where_the_answer_does_not_reach_the_new_party_the_call_ends_without_an_offer()
    {
        var (call, replaced, _) = InProgress();
        var carol = Script.Phone("104", protocol: SipTransportProtocol.Tcp).Registers();
        // Behind a NAT: there is no other way to it.
        carol.SentBy = "10.0.0.4:5060";
        carol.Flow.BreaksAtNext = true;

        carol.Invites("102", headers: [Header(replaced)]);

        replaced.GetsBye();
        call.GetsBye();
        call.GetsNothing();
    }

    private static int Version(string sdp) => int.Parse(sdp.Split("o=")[1].Split(' ')[2], CultureInfo.InvariantCulture);

    /// <summary>Nothing is under way: a change passes.</summary>
    private static void MayChange(PhoneCall from, PhoneCall to)
    {
        from.Sends("INVITE", Sdp.Of(from.Phone.Address, direction: "sendonly", version: 7));
        to.Gets("INVITE");
        to.Answers();
        to.Gets("ACK");
        from.Gets(200);
        from.Sends("ACK");
    }
}
