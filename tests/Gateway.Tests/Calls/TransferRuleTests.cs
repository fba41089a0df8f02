using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Which transfers (REFER, RFC 3515) are carried out, passed on and refused.</summary>
public sealed class TransferRuleTests : GatewayTest
{
    [Theory]
    [InlineData("", 400)]
    [InlineData("Refer-To: <sip:>", 400)]
    [InlineData("Refer-To: <sip:example.com>", 400)]
    [InlineData("Refer-To: <http://example.com/>", 416)]
    [InlineData("Refer-To: <sip:103@elsewhere.example>", 403)]
    [InlineData("Refer-To: <sip:103@example.com;method=BYE>", 603)]
    [InlineData("Refer-To: <sip:103@example.com?Replaces=x>", 400)]
    [InlineData("Refer-To: <sip:103@example.com?Join=call%3Bto-tag%3Da%3Bfrom-tag%3Db>", 603)]
    [InlineData("Refer-To: <sip:103@elsewhere.example?Replaces=x>", 400)]
    [InlineData("Refer-To: <sip:103@example.com>\r\nRefer-Sub: maybe", 400)]
    [InlineData("Refer-To: <sip:103@example.com>\r\nReferred-By: nobody", 400)]
    [InlineData("Refer-To: <sip:103@example.com>\r\nReferred-By: <sip:102@example.com>\r\nReferred-By: <sip:102@example.com>", 400)]
    [InlineData("Refer-To: <sip:103@example.com>\r\nRequire: multiple-refer", 420)]
    public void What_cannot_be_carried_out_is_refused_and_the_call_goes_on(string headers, int status)
    {
        // RFC 3515 §2.4.1, §2.4.2; RFC 4488 §4; RFC 3261 §8.2.2.3
        var (call, callee) = InProgress();

        callee.SendsWith("REFER", "", "", [.. headers.Split("\r\n"), $"Contact: {callee.Phone.Contact}"]);

        callee.Gets(status);
        callee.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void Who_wants_no_news_gets_none()
    {
        // RFC 4488 §4
        var (call, callee) = InProgress();

        Refers(callee, "<sip:103@example.com>", "Refer-Sub: false", "Require: norefersub");

        Assert.Equal("false", SipText.Header(callee.Gets(202), "Refer-Sub"));
        callee.GetsNothing();
        var ringing = Carol.GetsCall();
        Answers(ringing);
        callee.GetsBye();
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void A_number_outside_is_called_with_the_rights_of_who_transfers()
    {
        Script.AddExtension("102", e => e with { AllowExternalCalls = true });
        var (call, callee) = InProgress();
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("0", "carrier");

        Refers(callee, "<sip:0123@example.com>");

        callee.Gets(202);
        Notified(callee, 100);
        var ringing = carrier.GetsCall();
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void Who_may_not_call_outside_transfers_nobody_there()
    {
        // Whether the other party may does not matter.
        Script.AddExtension("101", e => e with { AllowExternalCalls = true });
        var (call, callee) = InProgress();
        Script.Carrier("carrier");
        Script.AddRoute("0", "carrier");

        Refers(callee, "<sip:0123@example.com>");

        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 404);
        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void Who_was_disabled_meanwhile_transfers_nobody()
    {
        var (call, callee) = InProgress();
        Script.AddExtension("102", e => e with { Enabled = false });

        Refers(callee, "<sip:103@example.com>");

        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 403);
        Ends(call, callee);
    }

    [Fact]
    public void A_pick_up_is_no_target()
    {
        var (call, callee) = InProgress();

        Refers(callee, "<sip:*8103@example.com>");

        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 480);
        Ends(call, callee);
    }

    [Fact]
    public void A_second_transfer_before_the_end_of_the_first_is_491()
    {
        var (call, callee) = InProgress();
        Refers(callee, "<sip:103@example.com>");
        callee.Gets(202);
        Notified(callee, 100);
        var ringing = Carol.GetsCall();

        Refers(call, "<sip:103@example.com>");

        call.Gets(491);
        ringing.Sends(486);
        ringing.Gets("ACK");
        Notified(callee, 486);
        Ends(call, callee);
    }

    [Fact]
    public void After_one_that_failed_another_one_may_follow()
    {
        // RFC 3515 §2.4.6: its news bear its own number.
        var (call, callee) = InProgress();
        Refers(callee, "<sip:999@example.com>");
        callee.Gets(202);
        Notified(callee, 100);
        Notified(callee, 404);

        Refers(callee, "<sip:103@example.com>");

        callee.Gets(202);
        callee.Gets("NOTIFY");
        Assert.Equal("refer;id=2", SipText.Header(callee.Last, "Event"));
        callee.Sends(200, to: "NOTIFY");
        var ringing = Carol.GetsCall();
        Answers(ringing);
        Notified(callee, 200);
        callee.GetsBye();
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void To_a_service_of_ours_nobody_is_there_to_be_transferred()
    {
        var call = Script.Registered("101").Invites("*43");
        call.Gets(200);
        call.Sends("ACK");

        Refers(call, "<sip:103@example.com>");

        call.Gets(480);
        call.HangsUp();
    }

    [Fact]
    public void In_a_dialog_that_is_not_there_it_is_481()
    {
        // RFC 3261 §12.2.2
        var (call, callee) = InProgress();
        Ends(call, callee);

        Refers(callee, "<sip:103@example.com>");

        callee.Gets(481);
    }

    [Fact]
    public void A_tenant_may_have_transfers_refused()
    {
        // RFC 3515 §2.4.2
        Script.Configure(s => s with { Transfers = TransferPolicy.Refuse });
        var (call, callee) = InProgress();

        Refers(callee, "<sip:103@example.com>");

        callee.Gets(603);
        Ends(call, callee);
    }

    [Fact]
    public void A_tenant_may_have_the_other_party_asked_whose_news_pass_back()
    {
        Script.Configure(s => s with { Transfers = TransferPolicy.PassThrough });
        var (call, callee) = InProgress();

        Refers(callee, "<sip:103@example.com;x=y>", "Refer-Sub: true", "Referred-By: <sip:boss@example.com>;cid=20398823.2UWQFN309shb3@example.com");

        var passed = call.Gets("REFER");
        Assert.Equal("<sip:103@example.com;x=y>", SipText.Header(passed, "Refer-To"));
        Assert.Equal("true", SipText.Header(passed, "Refer-Sub"));
        // RFC 3892 §2.1: who asks, by what we know and not by what it says.
        Assert.Equal("<sip:102@example.com>", SipText.Header(passed, "Referred-By"));
        Assert.DoesNotContain(callee.Phone.Address, SipText.Header(passed, "Contact"), StringComparison.Ordinal);
        call.Sends(202, to: "REFER");
        Assert.NotEmpty(SipText.Header(callee.Gets(202), "Contact"));
        call.SendsWith("NOTIFY", "SIP/2.0 100 Trying\r\n", "message/sipfrag", "Event: refer", "Subscription-State: active;expires=60");
        // RFC 3515 §2.4.6: the first one's need no number.
        Assert.Equal("refer;id=1", SipText.Header(callee.Gets("NOTIFY"), "Event"));
        callee.Sends(200, to: "NOTIFY");
        call.Gets(200);
        Ends(call, callee);
    }

    [Fact]
    public void News_that_pass_back_bear_the_number_that_the_REFER_had_where_it_came_from()
    {
        // RFC 3515 §2.4.6; the UPDATE is answered here, so the dialogs count differently.
        Script.Configure(s => s with { Transfers = TransferPolicy.PassThrough });
        var (call, callee) = InProgress();
        callee.SendsUpdate();
        callee.Gets(200);
        Refers(callee, "<sip:103@example.com>");
        var number = SipText.Header(call.Gets("REFER"), "CSeq").Split(' ')[0];
        call.Sends(202, to: "REFER");
        callee.Gets(202);

        call.SendsWith("NOTIFY", "SIP/2.0 100 Trying\r\n", "message/sipfrag", $"Event: refer;id={number}", "Subscription-State: active;expires=60");

        Assert.Equal("1", number);
        Assert.Equal(["Event: refer;id=2"], SipText.Lines(callee.Gets("NOTIFY"), "Event"));
        callee.Sends(200, to: "NOTIFY");
        call.Gets(200);
        Ends(call, callee);
    }

    [Fact]
    public void Where_transfers_pass_an_attended_one_does_with_its_Replaces_as_it_is_and_is_done_by_the_other_partys_INVITE()
    {
        // RFC 5589 §7, RFC 3891
        Script.Configure(s => s with { Transfers = TransferPolicy.PassThrough });
        var (call, callee) = InProgress();
        var (asking, asked) = Answered(callee.Phone, Carol);
        var replaces = $"Replaces={asking.CallId}%3Bto-tag%3D{asking.RemoteTag}%3Bfrom-tag%3D{asking.LocalTag}";

        Refers(callee, $"<sip:103@example.com?{replaces}>");

        var passed = call.Gets("REFER");
        Assert.Equal($"<sip:103@example.com?{replaces}>", SipText.Header(passed, "Refer-To"));
        call.Sends(202, to: "REFER");
        callee.Gets(202);
        var taking = call.Phone.Invites("103", headers: $"Replaces: {asking.CallId};to-tag={asking.RemoteTag};from-tag={asking.LocalTag}");
        taking.Gets(200);
        taking.Sends("ACK");
        asking.GetsBye();
        Realigned(asked);
        Ends(call, callee);
        Ends(taking, asked);
    }

    [Theory]
    [InlineData("<sip:103@elsewhere.example>", 403)]
    [InlineData("<sip:103@elsewhere.example?Replaces=x>", 403)]
    [InlineData("<sip:103@example.com?Route=%3Csip:elsewhere.example%3Blr%3E>", 403)]
    [InlineData("<sip:103@example.com?Ro%75te=%3Csip:elsewhere.example%3Blr%3E>", 403)]
    [InlineData("<sip:103@example.com;method=BYE>", 603)]
    [InlineData("<tel:+4912345>", 416)]
    [InlineData("<http://example.com/>", 416)]
    [InlineData("<sip:>", 400)]
    public void The_other_partys_phone_is_asked_to_call_nobody_out_of_the_tenants_rules(string target, int status)
    {
        // RFC 3515 §2.4.2, RFC 3261 §19.1.5
        Script.Configure(s => s with { Transfers = TransferPolicy.PassThrough });
        var (call, callee) = InProgress();

        Refers(callee, target);

        callee.Gets(status);
        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public async Task News_end_after_ten_minutes_whatever_the_target_does()
    {
        await UseScript(64, ("Gateway:MediaTimeout", "0"));
        // RFC 6665 §4.2.2
        Script.Configure(s => s with { RingTimeout = TimeSpan.FromSeconds(700) });
        var (call, callee) = InProgress();
        Refers(callee, "<sip:103@example.com>");
        callee.Gets(202);
        Notified(callee, 100);
        var ringing = Carol.GetsCall();
        ringing.Sends(180);
        Notified(callee, 180);

        for (var minute = 0; minute < 10; minute++)
        {
            // RFC 3261 §16.6 step 11: the ringing goes on for as long as it is said so.
            Script.Passes(60);
            ringing.Sends(180);
        }

        Assert.Equal("terminated;reason=timeout", SipText.Header(callee.Gets("NOTIFY"), "Subscription-State"));
        callee.Sends(200, to: "NOTIFY");
        Answers(ringing);
        callee.GetsBye();
        Realigned(call);
        Ends(call, ringing);
    }

    [Fact]
    public void Who_is_recorded_is_not_transferred_by_any_way()
    {
        Script.Configure(s => s with { RecordAudio = true, Transfers = TransferPolicy.PassThrough });
        Script.AddExtension("102", e => e with { RecordCalls = true });
        var (call, callee) = InProgress();

        Refers(callee, "<sip:103@example.com>");

        callee.Gets(603);
        Ends(call, callee);
    }

    [Fact]
    public void Within_a_call_it_is_among_the_methods()
    {
        // RFC 3515 §3, RFC 4488 §5
        var (call, callee) = InProgress();

        call.Sends("OPTIONS");

        callee.Gets("OPTIONS");
        callee.Sends(200, to: "OPTIONS");
        Assert.Contains("REFER", SipText.Header(call.Gets(200), "Allow"), StringComparison.Ordinal);
        Assert.Contains("norefersub", SipText.Header(call.Last, "Supported"), StringComparison.Ordinal);
        Ends(call, callee);
    }

    private Phone Carol { get; set; } = null!;

    private (PhoneCall Caller, PhoneCall Callee) InProgress()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        Carol = Script.Registered("103");
        return Answered(alice, bob);
    }

    private static void Refers(PhoneCall transferor, string target, params string[] headers) =>
        transferor.SendsWith("REFER", "", "", [$"Refer-To: {target}", $"Contact: {transferor.Phone.Contact}", .. headers]);

    private static void Notified(PhoneCall transferor, int status)
    {
        Assert.StartsWith($"SIP/2.0 {status} ", SipText.Body(transferor.Gets("NOTIFY")), StringComparison.Ordinal);
        transferor.Sends(200, to: "NOTIFY");
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
}
