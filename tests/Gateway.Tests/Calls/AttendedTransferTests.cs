using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Attended transfers (RFC 5589 §7): a REFER whose target is the transferor's dialog with somebody else, carried out here.</summary>
public sealed partial class AttendedTransferTests : GatewayTest
{
    [Fact]
    public void Who_speaks_with_two_has_them_speak_with_each_other_and_both_its_calls_end()
    {
        var (call, callee, asking, asked) = Asking();

        Refers(callee, asking);

        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public void The_transferor_may_be_the_caller_of_the_one_and_the_callee_of_the_other()
    {
        var (alice, bob, carol) = Phones();
        var (call, callee) = Answered(bob, alice);
        var (asking, asked) = Answered(carol, bob);

        Refers(call, asked);

        Connected(call, asked);
        Realigned(asking);
        Realigned(callee);
        Ends(asking, callee);
    }

    [Fact]
    public void The_party_that_moves_is_told_of_other_ports_in_the_same_session()
    {
        // RFC 3264 §8: the session id stays, and the version rises.
        var (call, callee, asking, asked) = Asking();
        var (before, port) = (OriginOf(call.LastSdp), Sdp.PortOf(call.LastSdp));
        Refers(callee, asking);
        Connected(callee, asking);
        Realigned(asked);

        call.Gets("INVITE");

        var after = OriginOf(call.LastSdp);
        Assert.Equal(before[1], after[1]);
        Assert.Equal(int.Parse(before[2], null) + 1, int.Parse(after[2], null));
        Assert.NotEqual(port, Sdp.PortOf(call.LastSdp));
        Assert.Equal("sendrecv", Sdp.DirectionOf(call.LastSdp));
        call.Answers();
        call.Gets("ACK");
        Ends(call, asked);
    }

    [Fact]
    public void Both_are_taken_off_hold()
    {
        // RFC 5589 §7: a transferor holds the first call while it asks, and maybe the second one before it transfers.
        var (call, callee, asking, asked) = Asking();
        Holds(callee, call);
        Holds(asking, asked);

        Refers(callee, asking);

        Connected(callee, asking);
        asked.Gets("INVITE");
        Assert.Equal("sendrecv", Sdp.DirectionOf(asked.LastSdp));
        asked.Answers();
        asked.Gets("ACK");
        call.Gets("INVITE");
        Assert.Equal("sendrecv", Sdp.DirectionOf(call.LastSdp));
        call.Answers();
        call.Gets("ACK");
        Ends(call, asked);
    }

    [Fact]
    public void The_books_have_both_calls_with_their_ends_and_say_who_came_into_the_second()
    {
        var (call, callee, asking, asked) = Asking();
        var ids = Script.Context.Calls.All.OrderBy(c => c.Summary.Caller.Number).Select(c => c.Id).ToArray();
        Refers(callee, asking);
        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);

        Assert.Single(Script.Context.Calls.All);
        Assert.Equal(("101", "103"), (Script.LastCall.Summary.Caller.Number, Script.LastCall.Summary.Callee.Number));
        Assert.Contains("101 at 192.0.2.10:5060 comes into the caller's place", Decisions(), StringComparison.Ordinal);
        Ends(call, asked);
        Assert.Equal(2, Script.Count(Counter.SuccessfulCalls));
        var (first, second) = (RecordOf(ids[0]), RecordOf(ids[1]));
        Assert.Equal((200, CallEnd.Callee), (first.Status, first.EndedBy));
        Assert.Contains("transferred the other party to that of its other call", first.Reason, StringComparison.Ordinal);
        Assert.Equal((200, CallEnd.Caller), (second.Status, second.EndedBy));
        Assert.Equal(("101", "103"), (second.Call.Caller.Number, second.Call.Callee.Number));
    }

    [Fact]
    public void Who_was_transferred_and_the_target_can_hold_and_speak_by_INFO()
    {
        var (call, callee, asking, asked) = Asking();
        Refers(callee, asking);
        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);

        Holds(call, asked, version: 7);
        asked.SendsWith("INFO", "Signal=5", "application/dtmf-relay");

        call.Gets("INFO");
        call.Sends(200, to: "INFO");
        asked.Gets(200);
        Ends(asked, call);
    }

    [Fact]
    public void Who_was_transferred_can_be_transferred_again()
    {
        var (call, callee, asking, asked) = Asking();
        Refers(callee, asking);
        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        var (again, last) = Answered(asked.Phone, Script.Registered("104"));

        Refers(asked, again);

        Connected(asked, again);
        Realigned(last);
        Realigned(call);
        Ends(call, last);
    }

    [Fact]
    public void The_party_that_moves_may_be_a_destination()
    {
        // Of which no phone would follow an INVITE with Replaces.
        var carrier = Script.Carrier("carrier");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = carrier.Invites("102");
        var callee = bob.GetsCall();
        Answer(call, callee);
        var (asking, asked) = Answered(bob, carol);

        Refers(callee, asking);

        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public void Who_wants_no_news_gets_none()
    {
        // RFC 4488 §4
        var (call, callee, asking, asked) = Asking();

        Refers(callee, asking, "Refer-Sub: false", "Require: norefersub");

        Assert.Equal("false", SipText.Header(callee.Gets(202), "Refer-Sub"));
        callee.GetsBye();
        asking.GetsBye();
        Realigned(asked);
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public void A_target_that_still_rings_is_called_for_who_is_transferred_in_place_of_the_transferor()
    {
        // RFC 5589 §7.6: there is no place to be taken yet.
        var (alice, bob, carol) = Phones();
        var (call, callee) = Answered(alice, bob);
        var asking = bob.Invites("103");
        var ringing = carol.GetsCall();
        ringing.Sends(180);
        asking.Gets(180);

        Refers(callee, asking);

        asking.Gets(487);
        asking.Sends("ACK");
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
        callee.Gets(202);
        Notified(callee, 100);
        var second = carol.GetsCall();
        second.Answers(Sdp.Of(carol.Address, 41000));
        second.Gets("ACK");
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);
        Ends(call, second);
    }

    private static SipMessage Notified(PhoneCall transferor, int status)
    {
        var news = transferor.Gets("NOTIFY");
        Assert.StartsWith($"SIP/2.0 {status} ", SipText.Body(news), StringComparison.Ordinal);
        transferor.Sends(200, to: "NOTIFY");
        return news;
    }

    /// <summary>Alice called Bob, who asks Carol.</summary>
    private (PhoneCall Caller, PhoneCall Callee, PhoneCall Asking, PhoneCall Asked) Asking()
    {
        var (alice, bob, carol) = Phones();
        var (call, callee) = Answered(alice, bob);
        var (asking, asked) = Answered(bob, carol);
        return (call, callee, asking, asked);
    }

    private (Phone Alice, Phone Bob, Phone Carol) Phones() => (Script.Registered("101"), Script.Registered("102"), Script.Registered("103"));

    /// <summary>As a phone names the dialog of its other call (RFC 3891 §3): to-tag is the other end's, which is ours.</summary>
    private static string Dialog(PhoneCall other) => $"{other.CallId}%3Bto-tag%3D{other.RemoteTag}%3Bfrom-tag%3D{other.LocalTag}";

    private static void Refers(PhoneCall transferor, PhoneCall other, params string[] headers) =>
        RefersTo(transferor, $"<sip:103@example.com?Replaces={Dialog(other)}>", headers);

    private static void RefersTo(PhoneCall transferor, string target, params string[] headers) =>
        transferor.SendsWith("REFER", "", "", [$"Refer-To: {target}", $"Contact: {transferor.Phone.Contact}", .. headers]);

    private static void Connected(PhoneCall transferor, PhoneCall asking)
    {
        transferor.Gets(202);
        Assert.StartsWith("active;expires=", SipText.Header(Notified(transferor, 100), "Subscription-State"), StringComparison.Ordinal);
        Assert.Equal("terminated;reason=noresource", SipText.Header(Notified(transferor, 200), "Subscription-State"));
        transferor.GetsBye();
        asking.GetsBye();
    }

    private static void Refused(PhoneCall transferor, int status)
    {
        transferor.Gets(202);
        Notified(transferor, 100);
        Notified(transferor, status);
    }

    private static void Realigned(PhoneCall staying)
    {
        staying.Gets("INVITE");
        staying.Answers();
        staying.Gets("ACK");
    }

    private static void Holds(PhoneCall holder, PhoneCall held, int version = 2)
    {
        holder.Sends("INVITE", Sdp.Of(holder.Phone.Address, direction: "inactive", version: version));
        held.Gets("INVITE");
        held.Answers(Sdp.Of(held.Phone.Address, direction: "inactive", version: version));
        held.Gets("ACK");
        holder.Gets(200);
        holder.Sends("ACK");
    }

    private static string[] OriginOf(string sdp) => Array.Find(sdp.Split("\r\n"), line => line.StartsWith("o=", StringComparison.Ordinal))!.Split(' ');

    private CallRecord RecordOf(Guid id)
    {
        Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
        return Script.Grains.Book.Calls.First(told => told[^1].Call.Id == id)[^1].End!;
    }
}
