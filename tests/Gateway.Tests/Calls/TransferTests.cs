using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Blind transfers by REFER (RFC 3515, RFC 5589 §6) that are carried out here.</summary>
public sealed class TransferTests : GatewayTest
{
    [Fact]
    public void Who_is_transferred_by_the_callee_speaks_with_the_target_and_the_callee_gets_BYE()
    {
        // RFC 5589 §6.1
        var (call, callee, carol) = InProgress();

        var ringing = Transfers(callee, carol);
        Answers(ringing);

        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void Who_is_transferred_by_the_caller_speaks_with_the_target()
    {
        var (call, callee, carol) = InProgress();

        var ringing = Transfers(call, carol);
        Answers(ringing);

        Notified(call, 200);
        call.GetsBye();
        Realigned(callee);
        callee.HangsUp();
        ringing.GetsBye();
    }

    [Fact]
    public void The_transferor_is_told_how_the_call_to_the_target_goes()
    {
        // RFC 3515 §2.4.4 to §2.4.7, RFC 3420
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);

        ringing.Sends(180);

        var news = Notified(callee, 180);
        Assert.Equal("refer;id=1", SipText.Header(news, "Event"));
        Assert.StartsWith("active;expires=", SipText.Header(news, "Subscription-State"), StringComparison.Ordinal);
        Assert.StartsWith("message/sipfrag", SipText.Header(news, "Content-Type"), StringComparison.Ordinal);
        Assert.Equal("SIP/2.0 180 Ringing\r\n", SipText.Body(news));
        Assert.NotEmpty(SipText.Header(news, "Contact"));
        Answers(ringing);
        Assert.Equal("terminated;reason=noresource", SipText.Header(Notified(callee, 200), "Subscription-State"));
        callee.GetsBye();
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void Who_hangs_up_right_after_the_202_leaves_the_other_party_to_the_target()
    {
        // RFC 5589 §6.1: a transferor need not wait.
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);

        callee.HangsUp();
        call.GetsNothing();
        Answers(ringing);

        Notified(callee, 200);
        Realigned(call);
        callee.GetsNothing();
        Ends(call, ringing);
    }

    [Fact]
    public void What_a_transferor_that_hung_up_answers_to_a_request_ends_nothing()
    {
        // RFC 3261 §12.2.1.2 ends a call that its party does not know any more; this one's goes on without it.
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);
        call.SendsWith("INFO", "Signal=5", "application/dtmf-relay");
        callee.Gets("INFO");
        callee.HangsUp();

        callee.Sends(481, to: "INFO");

        call.Gets(481);
        Answers(ringing);
        Notified(callee, 200);
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void What_who_is_transferred_asks_of_a_transferor_that_hung_up_has_to_wait()
    {
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);
        callee.HangsUp();

        call.SendsWith("INFO", "Signal=5", "application/dtmf-relay");
        call.Gets(480);
        call.Sends("INVITE", Sdp.Of(call.Phone.Address, direction: "sendonly", version: 3));
        Assert.Equal("5", SipText.Header(call.Gets(500), "Retry-After"));
        call.Sends("ACK");

        Answers(ringing);
        Notified(callee, 200);
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void News_that_the_transferor_knows_no_more_are_the_last_ones()
    {
        // RFC 6665 §4.2.2: 481 ends the subscription, and not the call (RFC 5057 §4.2).
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);
        callee.HangsUp();
        ringing.Sends(180);

        callee.Gets("NOTIFY");
        callee.Sends(481, to: "NOTIFY");
        Answers(ringing);

        callee.GetsNothing();
        Realigned(call);
        Ends(call, ringing);
    }

    [Theory]
    [InlineData(486)]
    [InlineData(603)]
    public void A_target_that_refuses_leaves_the_call_as_it_was(int status)
    {
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);

        ringing.Sends(status);

        ringing.Gets("ACK");
        Assert.StartsWith("terminated", SipText.Header(Notified(callee, status), "Subscription-State"), StringComparison.Ordinal);
        call.GetsNothing();
        callee.SendsWith("INFO", "Signal=5", "application/dtmf-relay");
        call.Gets("INFO");
        call.Sends(200, to: "INFO");
        callee.Gets(200);
        Ends(call, callee);
    }

    [Fact]
    public void Who_was_left_to_a_target_that_refuses_gets_BYE()
    {
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);
        callee.HangsUp();

        ringing.Sends(486);

        ringing.Gets("ACK");
        Notified(callee, 486);
        call.GetsBye();
    }

    [Fact]
    public void When_who_is_transferred_hangs_up_the_target_rings_no_more()
    {
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);
        ringing.Sends(180);
        Notified(callee, 180);

        call.HangsUp();

        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
        Notified(callee, 487);
        callee.GetsBye();
    }

    [Fact]
    public void The_target_is_offered_the_formats_of_who_is_transferred_both_ways_though_that_one_is_on_hold()
    {
        // RFC 5589 §6: a transferor holds the call first. RFC 3264 §8.4: the hold is between those two.
        var (call, callee, carol) = InProgress();
        callee.Sends("INVITE", Sdp.Of(callee.Phone.Address, direction: "inactive", version: 2));
        call.Gets("INVITE");
        call.Answers(Sdp.Of(call.Phone.Address, direction: "inactive", version: 2));
        call.Gets("ACK");
        callee.Gets(200);
        callee.Sends("ACK");

        var ringing = Transfers(callee, carol);

        Assert.Equal("sendrecv", Sdp.DirectionOf(ringing.LastSdp));
        Assert.Contains("PCMU/8000", ringing.LastSdp, StringComparison.Ordinal);
        Assert.DoesNotContain(call.Phone.Address, ringing.LastSdp, StringComparison.Ordinal);
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();
        call.Gets("INVITE");
        Assert.Equal("sendrecv", Sdp.DirectionOf(call.LastSdp));
        call.Answers();
        call.Gets("ACK");
        Ends(call, ringing);
    }

    [Fact]
    public void Who_is_transferred_keeps_its_ports()
    {
        var (call, callee, carol) = InProgress();
        var told = Sdp.PortOf(call.LastSdp);
        var ringing = Transfers(callee, carol);
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();

        call.Gets("INVITE");

        Assert.Equal(told, Sdp.PortOf(call.LastSdp));
        call.Answers();
        call.Gets("ACK");
        Ends(call, ringing);
    }

    [Fact]
    public void The_books_have_a_call_to_the_target_in_the_transferors_name()
    {
        var (call, callee, carol) = InProgress();
        var first = Script.LastCall.Id;
        var ringing = Transfers(callee, carol);
        Assert.Equal("102", SipText.Uri(SipText.Header(ringing.Invite, "From")).Split(':', '@')[1]);
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);

        Assert.Equal(("102", "103"), (Script.LastCall.Summary.Caller.Number, Script.LastCall.Summary.Callee.Number));
        Assert.NotEqual(first, Script.LastCall.Id);
        Assert.Single(Script.Context.Calls.All);
        Assert.Contains("102 transfers 101 to 103 (REFER).", Decisions(), StringComparison.Ordinal);
        Ends(call, ringing);
        Assert.Equal(2, Script.Count(Counter.SuccessfulCalls));
        var end = RecordOf(first);
        Assert.Equal((200, CallEnd.Callee), (end.Status, end.EndedBy));
        Assert.Contains("transferred the other party to 103", end.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_transferred_can_be_transferred_again()
    {
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);

        var dave = Script.Registered("104");
        var last = Transfers(ringing, dave);
        Answers(last);

        Notified(ringing, 200);
        ringing.GetsBye();
        Realigned(call);
        Ends(call, last);
    }

    [Fact]
    public void Who_was_transferred_can_hold_the_target()
    {
        var (call, callee, carol) = InProgress();
        var ringing = Transfers(callee, carol);
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);

        call.Sends("INVITE", Sdp.Of(call.Phone.Address, direction: "sendonly", version: 7));

        ringing.Gets("INVITE");
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Ends(call, ringing);
    }

    [Fact]
    public void A_transfer_to_the_echo_test_is_answered_at_once()
    {
        var (call, callee, _) = InProgress();

        Refers(callee, "<sip:*43@example.com>");

        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);
        call.HangsUp();
    }

    [Fact]
    public void A_target_that_redirects_to_another_extension_is_followed_as_in_any_call()
    {
        var (call, callee, _) = InProgress();
        Script.AddExtension("105", e => e with { Redirection = "103" });

        Refers(callee, "<sip:105@example.com>");

        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 181);
        var ringing = Carol.GetsCall();
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);
        Ends(call, ringing);
    }

    private Phone Carol { get; set; } = null!;

    private (PhoneCall Caller, PhoneCall Callee, Phone Carol) InProgress()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Carol = Script.Registered("103");
        var (call, callee) = Answered(alice, bob);
        return (call, callee, Carol);
    }

    /// <summary>Asks for the transfer to a phone, which rings.</summary>
    private static PhoneCall Transfers(PhoneCall transferor, Phone target)
    {
        Refers(transferor, $"<sip:{target.User}@example.com>");
        transferor.Gets(202);
        Notified(transferor, 100);
        return target.GetsCall();
    }

    private static void Refers(PhoneCall transferor, string target) =>
        transferor.SendsWith("REFER", "", "", $"Refer-To: {target}", $"Contact: {transferor.Phone.Contact}");

    /// <summary>News of this status come, and are answered.</summary>
    private static SipMessage Notified(PhoneCall transferor, int status)
    {
        var news = transferor.Gets("NOTIFY");
        Assert.StartsWith($"SIP/2.0 {status} ", SipText.Body(news), StringComparison.Ordinal);
        transferor.Sends(200, to: "NOTIFY");
        return news;
    }

    private static void Answers(PhoneCall ringing)
    {
        ringing.Answers(Sdp.Of(ringing.Phone.Address, 41000));
        ringing.Gets("ACK");
    }

    private static void Realigned(PhoneCall staying)
    {
        staying.Gets("INVITE");
        staying.Answers();
        staying.Gets("ACK");
    }

    private CallRecord RecordOf(Guid id)
    {
        Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
        return Script.Grains.Book.Calls.First(told => told[^1].Call.Id == id)[^1].End!;
    }
}
