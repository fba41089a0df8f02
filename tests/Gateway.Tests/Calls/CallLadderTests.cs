using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>The call as RFC 3665 §3.1 draws it, and who may end it.</summary>
public sealed class CallLadderTests : GatewayTest
{
    [Fact]
    public void A_caller_hears_100_when_there_is_nothing_else_to_hear_within_200_ms()
    {
        // RFC 3261 §17.2.1
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102");
        var slow = bob.GetsCall();
        Script.Passes(0.19);
        Assert.Empty(alice.Flow.Inbox);
        Script.Passes(0.02);
        call.Gets(100);
        slow.Sends(486);
        slow.Gets("ACK");
        call.GetsRefusal(486);

        var quick = alice.Invites("102");
        var busy = bob.GetsCall();
        busy.Sends(486);
        busy.Gets("ACK");
        Assert.Equal(486, Assert.Single(alice.Flow.Inbox).StatusCode);
        quick.GetsRefusal(486);
    }

    [Fact]
    public void A_call_rings_is_answered_and_is_ended_by_the_caller()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102");
        Script.Passes(0.2);
        call.Gets(100);
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
        ringing.GetsBye();

        Assert.Equal(1, Script.Count(Counter.SuccessfulCalls));
    }

    [Fact]
    public void The_callee_may_end_it()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        callee.HangsUp();

        call.GetsBye();
    }

    [Fact]
    public void Both_sides_see_the_gateways_address_and_ports_for_audio()
    {
        // RFC 3264 §5, §6; the media is anchored.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102", Sdp.Of(alice.Address, 40000));
        var ringing = bob.GetsCall();
        var offer = SipText.Body(ringing.Last);
        ringing.Answers(Sdp.Of(bob.Address, 41000));
        call.Gets(200);
        var answer = call.LastSdp;
        call.Sends("ACK");
        call.HangsUp();
        ringing.Gets("ACK");
        ringing.GetsBye();

        Assert.Equal((ScriptServices.Address, ScriptServices.Address), (Sdp.AddressOf(offer), Sdp.AddressOf(answer)));
        Assert.Equal(4, new HashSet<int> { 40000, 41000, Sdp.PortOf(offer), Sdp.PortOf(answer) }.Count);
    }

    [Fact]
    public void The_callee_sees_nothing_of_the_callers_dialog()
    {
        // A back-to-back user agent: Call-ID, tags, Via and Contact are its own.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102", headers: ["P-Asserted-Identity: <sip:boss@example.com>", "Subject: lunch"]);
        var invite = bob.Gets("INVITE");

        Assert.NotEqual(call.CallId, SipText.CallId(invite));
        Assert.Single(SipText.Lines(invite, "Via"));
        Assert.Equal("69", SipText.Header(invite, "Max-Forwards"));
        Assert.Empty(SipText.Lines(invite, "P-Asserted-Identity"));
        Assert.Empty(SipText.Lines(invite, "Proxy-Authorization"));
        Assert.Equal("lunch", SipText.Header(invite, "Subject"));
        Assert.DoesNotContain(call.LocalTag, SipText.Of(invite), StringComparison.Ordinal);
        call.Sends("CANCEL");
    }

    [Fact]
    public void A_contacts_headers_are_no_part_of_the_Request_URI()
    {
        // RFC 3261 §19.1.1
        var alice = Script.Registered("101");
        var bob = Script.Phone("102").Registers("<sip:102@192.0.2.11:5060;ob?Subject=x>");

        var call = alice.Invites("102");

        Assert.Equal("INVITE sip:102@192.0.2.11:5060;ob SIP/2.0", SipText.FirstLine(bob.GetsCall().Last));
        call.Sends("CANCEL");
    }

    [Fact]
    public void The_books_have_the_call_with_its_times_and_parties()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        Script.Passes(3);
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(180);
        call.Gets(200);
        call.Sends("ACK");
        Script.Passes(20);
        call.HangsUp();

        var record = Record();
        Assert.Equal((TimeSpan.FromSeconds(20), 200, CallEnd.Caller), (record.Duration, record.Status, record.EndedBy));
        Assert.Equal(("101", "102"), (record.Call.Caller.Number, record.Call.Callee.Number));
        Assert.Equal(CallState.Answered, record.Call.State);
    }

    [Fact]
    public void A_BYE_that_overtakes_the_ACK_ends_the_call()
    {
        // RFC 3261 §15: the caller may hang up as soon as the dialog is there.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Answers();
        call.Gets(200);

        call.HangsUp();
        call.Sends("ACK");

        ringing.Gets("ACK");
        ringing.GetsBye();
    }

    [Fact]
    public void The_gateways_BYE_waits_for_the_ACK()
    {
        // RFC 3261 §15: the callee's side must not send BYE before the ACK.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);

        ringing.HangsUp();
        call.GetsNothing();
        call.Sends("ACK");

        call.GetsBye();
    }

    [Fact]
    public void A_lost_ACK_repeats_the_200_and_then_ends_the_call()
    {
        // RFC 3261 §13.3.1.4: at once, after 0.5, 1.5, 3.5, 7.5 s, then every 4 s, for 32 s.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");

        Script.Passes(31);
        var repeats = alice.Flow.Inbox.Count(m => m.StatusCode == 200 && SipText.CallId(m) == call.CallId);
        alice.Ignores();
        Script.Passes(1.5);

        Assert.Equal(10, repeats);
        call.Gets(200);
        call.Gets("BYE");
        ringing.GetsBye();
    }

    [Fact]
    public void Both_may_hang_up_at_the_same_moment()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        call.Sends("BYE");
        callee.Gets("BYE");
        callee.Sends("BYE");

        callee.Gets(481);
    }

    [Fact]
    public void A_party_that_hangs_up_while_our_BYE_waits_for_its_ACK_is_answered()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Answers();
        ringing.Gets("ACK");
        call.Gets(200);

        ringing.HangsUp();
        call.HangsUp();
        call.Sends("ACK");

        call.GetsNothing();
    }

    [Fact]
    public void The_tenants_longest_session_ends_the_call()
    {
        Script.Configure(s => s with { MaxSessionDuration = TimeSpan.FromMinutes(10) });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { MaxSessionDuration = TimeSpan.FromMinutes(10) });
        var (call, callee) = Answered(alice, Script.Registered("102"));

        Script.Passes(600.1);

        call.GetsBye();
        callee.GetsBye();
    }

    [Fact]
    public void An_operator_ends_a_call_that_rings()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);

        HangUp();

        call.GetsRefusal(480);
        ringing.Gets("CANCEL");
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
        Assert.Equal(CallEnd.Operator, Record().EndedBy);
    }

    [Fact]
    public void An_operator_ends_a_call_that_is_answered()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        HangUp();

        call.GetsBye();
        callee.GetsBye();
        Assert.Equal(CallEnd.Operator, Record().EndedBy);
    }

    [Fact]
    public void A_call_ends_when_a_partys_connection_stays_lost()
    {
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tcp).Registers();
        var (_, callee) = Answered(alice, Script.Registered("102"));

        alice.Flow.Close();
        Script.Passes(30);
        Assert.False(Script.LastCall.IsOver);
        Script.Passes(31);

        callee.GetsBye();
        Assert.Equal(0, Script.Context.Calls.Count);
    }

    [Fact]
    public void A_call_goes_on_while_its_connections_last()
    {
        var (call, callee) = Answered(Script.Phone("101", protocol: SipTransportProtocol.Tcp).Registers(), Script.Registered("102"));

        // Short of the five minutes after which a call without media is ended.
        Script.Passes(290);

        Assert.False(Script.LastCall.IsOver);
        HangUp();
        call.GetsBye();
        callee.GetsBye();
    }

    [Fact]
    public async Task Hanging_up_everything_leaves_every_call_in_the_outbox()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        var all = Script.Context.Calls.HangUpAll("The server is being stopped.");
        Script.Settle();

        call.GetsBye();
        callee.GetsBye();
        await all.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private void HangUp()
    {
        _ = Script.Observer.OnHangUp(Script.LastCall.Id, "The operator ended it.");
        Script.Settle();
    }

    private CallRecord Record()
    {
        Assert.True(Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10)).Wait(TimeSpan.FromSeconds(10)));
        return Assert.Single(Script.Grains.Book.Calls)[^1].End!;
    }
}
