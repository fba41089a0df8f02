using System.Globalization;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Reliable provisional responses and PRACK (RFC 3262), on each leg by itself; here the callee's.</summary>
public sealed partial class PrackTests : GatewayTest
{
    private const string Supported = "Supported: 100rel";

    private string _codec = "";

    [Fact]
    public void A_callee_is_told_that_it_may_ring_reliably()
    {
        // RFC 3262 §4
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Contains(Supported, SipText.Lines(callee.Invite, "Supported"));
        Assert.Contains("PRACK", SipText.Header(callee.Invite, "Allow"), StringComparison.Ordinal);
        Ends(call, callee);
    }

    [Fact]
    public void A_reliable_response_gets_a_PRACK_in_the_dialog_that_it_makes()
    {
        // RFC 3262 §4, §7.2
        var (call, callee) = Calls();
        callee.Sends(183, Sdp.Answer(callee.LastSdp, callee.Phone.Address), headers: Reliable(776_656));

        var prack = callee.Gets("PRACK");
        Assert.Equal("776656 1 INVITE", SipText.Header(prack, "RAck"));
        Assert.Equal("2 PRACK", SipText.Header(prack, "CSeq"));
        Assert.Equal(callee.LocalTag, SipText.Parameter(SipText.Header(prack, "To"), "tag"));
        Assert.StartsWith($"PRACK {SipText.Uri(callee.Phone.Contact)} ", SipText.FirstLine(prack), StringComparison.Ordinal);
        Assert.Empty(callee.LastSdp);
        callee.Sends(200, to: "PRACK");

        // The caller knows nothing of it.
        var progress = call.Gets(183);
        Assert.Equal(("", "", ScriptServices.Address), (SipText.Header(progress, "Require"), SipText.Header(progress, "RSeq"), Sdp.AddressOf(call.LastSdp)));
        callee.Sends(200);
        callee.Gets("ACK");
        call.Gets(200);
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(call.LastSdp));
        call.Sends("ACK");
        call.HangsUp();
        Assert.Equal("3 BYE", SipText.Header(callee.Gets("BYE"), "CSeq"));
        callee.Sends(200, to: "BYE");
    }

    [Fact]
    public void A_repeated_response_gets_no_second_PRACK_and_passes_no_second_time()
    {
        // RFC 3262 §4
        var (call, callee) = Calls();
        callee.Sends(180, headers: Reliable(7));
        IsAcknowledged(callee, "7 1 INVITE");
        call.Gets(180);

        callee.Sends(180, headers: Reliable(7));

        callee.GetsNothing();
        call.GetsNothing();
        Finish(call, callee);
    }

    [Fact]
    public void A_response_before_which_one_is_missing_is_not_acknowledged_and_counts_for_nothing()
    {
        // RFC 3262 §4
        var (call, callee) = Calls();
        callee.Sends(180, headers: Reliable(7));
        IsAcknowledged(callee, "7 1 INVITE");
        call.Gets(180);

        callee.Sends(183, Sdp.Of(callee.Phone.Address), headers: Reliable(9));
        callee.GetsNothing();
        call.GetsNothing();
        callee.Sends(181, headers: Reliable(8));
        IsAcknowledged(callee, "8 1 INVITE");
        call.Gets(181);
        callee.Sends(183, Sdp.Of(callee.Phone.Address), headers: Reliable(9));
        IsAcknowledged(callee, "9 1 INVITE");
        call.Gets(183);
        Finish(call, callee);
    }

    [Theory]
    [InlineData("RSeq: 1", "")]
    [InlineData("Require: 100rel", "")]
    [InlineData("Require: 100rel", "RSeq: 0")]
    [InlineData("Require: 100rel", "RSeq: one")]
    public void What_is_not_reliable_rings_without_a_PRACK(string first, string second)
    {
        // RFC 3262 §7.1
        var (call, callee) = Calls();

        callee.Sends(180, headers: [first, second]);

        callee.GetsNothing();
        call.Gets(180);
        Finish(call, callee);
    }

    [Fact]
    public void A_100_is_never_reliable()
    {
        // RFC 3262 §4
        var (call, callee) = Calls();

        callee.Sends(100, headers: Reliable(1));

        callee.GetsNothing();
        Finish(call, callee);
    }

    [Fact]
    public void A_reliable_answer_is_the_answer_whatever_the_2xx_says()
    {
        // RFC 3261 §13.2.1
        var (call, callee) = Calls();
        callee.Sends(183, Sdp.Of(callee.Phone.Address, codecs: "0 101"), headers: Reliable(1));
        IsAcknowledged(callee, "1 1 INVITE");
        call.Gets(183);

        Finish(call, callee, Sdp.Of(callee.Phone.Address, codecs: "8 101"));

        Assert.Equal("PCMU", _codec);
    }

    [Fact]
    public void Callees_behind_one_proxy_have_numbers_of_their_own()
    {
        // RFC 3262 §4: within each dialog.
        var (call, callee) = Calls();
        callee.Sends(183, Sdp.Of(callee.Phone.Address, codecs: "0 101"), tag: "a", headers: Reliable(10));
        Assert.Equal("a", TagOf(callee.Gets("PRACK")));
        callee.Sends(180, tag: "b", headers: Reliable(500));
        Assert.Equal("b", TagOf(callee.Gets("PRACK")));
        Assert.Equal("500 1 INVITE", SipText.Header(callee.Last, "RAck"));
        call.Gets(183);
        call.Gets(180);

        callee.Sends(200, Sdp.Of(callee.Phone.Address, codecs: "8 101"), tag: "b");

        Assert.Equal("b", TagOf(callee.Gets("ACK")));
        call.Gets(200);
        Assert.Contains(" RTP/AVP 8 101\r\n", call.LastSdp, StringComparison.Ordinal);
        call.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_callee_behind_one_proxy_that_rang_reliably_and_answers_second_is_hung_up_with_a_number_beyond_the_PRACKs()
    {
        // RFC 3261 §12.2.1.1, §13.2.2.4
        var (call, callee) = Calls();
        callee.Sends(180, tag: "a", headers: Reliable(10));
        callee.Gets("PRACK");
        callee.Sends(180, tag: "b", headers: Reliable(500));
        callee.Gets("PRACK");
        call.Gets(180);
        call.Gets(180);
        callee.Sends(200, Sdp.Of(callee.Phone.Address), tag: "a");
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        callee.Sends(200, Sdp.Of(callee.Phone.Address), tag: "b");

        Assert.Equal("b", TagOf(callee.Gets("ACK")));
        var bye = callee.Gets("BYE");
        Assert.Equal("b", TagOf(bye));
        Assert.True(int.Parse(SipText.Header(bye, "CSeq").Split(' ')[0], CultureInfo.InvariantCulture) > 2);
        callee.Sends(200, to: "BYE");
        Ends(call, callee);
    }

    [Fact]
    public void A_device_that_rang_reliably_and_answers_too_late_is_hung_up_with_the_number_after_the_PRACKs()
    {
        // RFC 3261 §12.2.1.1, §13.2.2.4
        var mobile = Script.Registered("102");
        var (call, atDesk) = Calls();
        var atMobile = mobile.GetsCall();
        atDesk.Sends(180, headers: Reliable(1));
        IsAcknowledged(atDesk, "1 1 INVITE");
        call.Gets(180);
        Answer(call, atMobile);
        atDesk.Gets("CANCEL");
        atDesk.Sends(200, to: "CANCEL");

        atDesk.Sends(200, Sdp.Of(atDesk.Phone.Address, 41000));

        atDesk.Gets("ACK");
        Assert.Equal("3 BYE", SipText.Header(atDesk.Gets("BYE"), "CSeq"));
        atDesk.Sends(200, to: "BYE");
        Ends(call, atMobile);
    }

    [Fact]
    public void A_call_without_an_offer_has_the_callees_in_a_reliable_response_and_the_callers_answer_in_its_PRACK()
    {
        // RFC 3262 §5
        var (call, callee) = Calls(null, Supported);
        Assert.Contains(Supported, SipText.Lines(callee.Invite, "Supported"));
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000), headers: Reliable(1));
        callee.GetsNothing();

        var progress = call.Gets(183);
        Assert.Equal(("100rel", ScriptServices.Address), (SipText.Header(progress, "Require"), Sdp.AddressOf(call.LastSdp)));
        Pracks(call, progress, Sdp.Of(call.Phone.Address));

        Assert.Empty(SipText.Body(call.Gets(200)));
        Assert.Equal("1 1 INVITE", SipText.Header(callee.Gets("PRACK"), "RAck"));
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(callee.LastSdp));
        callee.Sends(200, to: "PRACK");
        callee.Sends(200);
        callee.Gets("ACK");
        Assert.Empty(callee.LastSdp);
        Assert.Empty(SipText.Body(call.Gets(200)));
        call.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_PRACK_that_does_not_answer_the_callees_offer_ends_the_call()
    {
        // RFC 3262 §5
        var (call, callee) = Calls(null, Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000), headers: Reliable(1));

        Pracks(call, call.Gets(183));

        call.Gets(200);
        call.GetsRefusal(488);
        IsCancelled(callee);
    }

    [Fact]
    public void A_callee_that_offered_and_refuses_ends_the_call_before_its_offer_is_answered()
    {
        // RFC 3261 §12.3
        var (call, callee) = Calls(null, Supported);
        callee.Sends(183, Sdp.Of(callee.Phone.Address, 41000), headers: Reliable(1));
        var progress = call.Gets(183);

        callee.Sends(486);

        callee.Gets("ACK");
        call.GetsRefusal(486);
        Pracks(call, progress, Sdp.Of(call.Phone.Address));
        call.Gets(481);
        callee.GetsNothing();
    }

    [Fact]
    public void Without_an_offer_a_callee_may_not_ring_reliably_where_the_caller_cannot_answer_by_PRACK()
    {
        var (call, callee) = Calls(null);

        Assert.DoesNotContain(Supported, SipText.Lines(callee.Invite, "Supported"));
        callee.Sends(180);
        call.Gets(180);
        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
        IsCancelled(callee);
    }

    [Fact]
    public void Without_an_offer_several_callees_may_not_ring_reliably()
    {
        // The caller could answer one of their offers only.
        Script.Registered("102");
        var (call, callee) = Calls(null, Supported);

        Assert.DoesNotContain(Supported, SipText.Lines(callee.Invite, "Supported"));
        call.Sends("CANCEL");
        call.Gets(200);
        call.GetsRefusal(487);
    }

    /// <summary>A call under way: the caller's side and the callee's.</summary>
    private (PhoneCall Caller, PhoneCall Callee) Calls(string? sdp = "", params string[] headers)
    {
        var bob = Script.Registered("102");
        var call = Script.Registered("101").Invites("102", sdp, headers);
        return (call, bob.GetsCall());
    }

    private static string[] Reliable(uint rseq) => ["Require: 100rel", $"RSeq: {rseq}"];

    private static string TagOf(SipMessage request) => SipText.Parameter(SipText.Header(request, "To"), "tag");

    /// <summary>The PRACK comes, and is answered.</summary>
    private static void IsAcknowledged(PhoneCall callee, string rack)
    {
        Assert.Equal(rack, SipText.Header(callee.Gets("PRACK"), "RAck"));
        callee.Sends(200, to: "PRACK");
    }

    private static void IsCancelled(PhoneCall callee)
    {
        callee.Gets("CANCEL");
        callee.Sends(200, to: "CANCEL");
        callee.Sends(487);
        callee.Gets("ACK");
    }

    /// <summary>Acknowledges a response (RFC 3262 §7.2).</summary>
    private static void Pracks(PhoneCall call, SipMessage response, string sdp = "") =>
        call.SendsWith("PRACK", sdp, "application/sdp", $"RAck: {SipText.Header(response, "RSeq")} {SipText.Header(response, "CSeq")}");

    /// <summary>The callee answers, and the call ends as any other.</summary>
    private void Finish(PhoneCall call, PhoneCall callee, string? sdp = null)
    {
        callee.Sends(200, sdp ?? Sdp.Of(callee.Phone.Address, 41000));
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        _codec = Script.LastCall.ReadProgress().CalleeMedia!.Codec;
        Ends(call, callee);
    }
}
