using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Ladders;

/// <summary>RFC 3665 §3: a call from its INVITE to its end.</summary>
public sealed class Rfc3665SessionLadders : LadderTest
{
    [Fact]
    public void Section_3_1_a_call_is_answered_and_the_callee_hangs_up()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");

        var call = alice.Invites("102");
        Script.Passes(0.2);
        call.Gets(100);
        var callee = bob.GetsCall();
        IsOurInvite(call, callee);
        callee.Sends(180);
        Answers(call.Gets(180), call.CallId, "1 INVITE");
        var early = call.RemoteTag;
        callee.Answers();
        Assert.Equal(SipText.Header(callee.Invite, "CSeq").Split(' ')[0], SipText.Header(callee.Gets("ACK"), "CSeq").Split(' ')[0]);
        IsOurDialog(call, call.Gets(200));
        Assert.Equal(early, call.RemoteTag);
        call.Sends("ACK");

        callee.HangsUp();
        var bye = call.Gets("BYE");
        Assert.Equal(call.RemoteTag, SipText.Parameter(SipText.Header(bye, "From"), "tag"));
        Assert.Equal(call.LocalTag, SipText.Parameter(SipText.Header(bye, "To"), "tag"));
        call.Sends(200, to: "BYE");
        Assert.Equal(1, Script.Count(Counter.SuccessfulCalls));
    }

    [Fact]
    public void Section_3_2_a_caller_without_credentials_is_challenged_and_calls_again_in_the_same_call()
    {
        var alice = Script.Phone("101");
        var bob = Script.Registered("102");

        var call = Challenged(alice, "102");
        bob.GetsNothing();
        call.SendsInvite(Sdp.Of(alice.Address));
        Script.Passes(0.2);
        call.Gets(100);
        var callee = bob.GetsCall();
        IsOurInvite(call, callee);
        Assert.Empty(SipText.Lines(callee.Invite, "Proxy-Authorization"));
        Connects(call, callee);
        IsOurDialog(call, call.Last, "2 INVITE");

        callee.HangsUp();
        call.GetsBye();
        Assert.Equal((1, 0), (Script.Count(Counter.SuccessfulCalls), Script.Count(Counter.FailedCalls)));
    }

    [Fact]
    public void Section_3_3_the_next_hops_challenge_is_answered_here_and_the_caller_hears_of_its_own_only()
    {
        var telco = Script.Carrier("telco", password: "secret");
        Script.AddRoute("", "telco");
        var alice = Outside();

        var call = Challenged(alice, "5551234");
        call.SendsInvite(Sdp.Of(alice.Address));
        var taken = telco.GetsCall();
        Assert.Empty(SipText.Lines(taken.Invite, "Proxy-Authorization"));
        taken.Sends(407, headers: """Proxy-Authenticate: Digest realm="telco", nonce="n1" """.Trim());
        taken.Gets("ACK");
        taken.Gets("INVITE");
        Assert.Contains("realm=\"telco\"", SipText.Header(taken.Invite, "Proxy-Authorization"), StringComparison.Ordinal);
        Assert.EndsWith("2 INVITE", SipText.Header(taken.Invite, "CSeq"), StringComparison.Ordinal);
        Connects(call, taken);
        IsOurDialog(call, call.Last, "2 INVITE");
        Ends(call, taken);
    }

    [Fact]
    public void Section_3_4_a_server_that_is_silent_is_passed_over_for_the_next_one()
    {
        var silent = Script.Stranger("silent");
        var next = Script.Stranger("next");
        Servers(silent, next);
        silent.Flow.IsDeaf = true;
        var call = Outside().IsChallenged().Invites("5551234");

        Script.Passes(4.1);

        var taken = next.GetsCall();
        IsOurInvite(call, taken);
        Connects(call, taken);
        IsOurDialog(call, call.Last);
        taken.HangsUp();
        call.GetsBye();
    }

    [Fact]
    public void Section_3_5_a_caller_with_a_private_address_is_answered_where_it_is_and_nobody_else_sees_it()
    {
        // This server is the gateway of the flow: it carries the audio and stands in Contact.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        alice.SentBy = "10.1.1.5:5060";

        var call = alice.Invites("102", Sdp.Of("10.1.1.5"));
        var callee = bob.GetsCall();
        Assert.DoesNotContain("10.1.1.5", SipText.Of(callee.Invite), StringComparison.Ordinal);
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(callee.LastSdp));
        Connects(call, callee);

        IsOurDialog(call, call.Last);
        Assert.Equal(alice.Address, SipText.Parameter(SipText.Header(call.Last, "Via"), "received"));
        callee.HangsUp();
        call.GetsBye();
    }

    [Fact]
    public void Section_3_6_a_caller_that_is_redirected_calls_without_an_offer_and_answers_in_its_ACK()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");

        var redirected = alice.Invites("102", sdp: null);
        bob.GetsCall().Sends(302, headers: $"Contact: <sip:103@{SipScript.Domain}>");
        redirected.GetsRefusal(302);
        Assert.StartsWith($"<sip:103@{SipScript.Domain}>", SipText.Header(redirected.Last, "Contact"), StringComparison.Ordinal);

        var call = alice.Invites("103", sdp: null);
        var callee = carol.GetsCall();
        Assert.Empty(callee.LastSdp);
        callee.Sends(180);
        call.Gets(180);
        callee.Answers();
        IsOurDialog(call, call.Gets(200));
        call.Sends("ACK", Sdp.Of(alice.Address));
        callee.Gets("ACK");
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(callee.LastSdp));
        callee.HangsUp();
        call.GetsBye();
    }

    [Fact]
    public void Section_3_7_a_callee_whose_address_changes_is_followed_and_the_caller_keeps_its_own_view()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var before = callee.Phone;
        var port = Sdp.PortOf(call.LastSdp);
        callee.Phone = Script.Registered("102", remote: "192.0.2.99:5060");

        callee.Sends("INVITE", Sdp.Of("192.0.2.99", 42000, version: 2));
        call.Gets("INVITE");
        Assert.Equal((ScriptServices.Address, port), (Sdp.AddressOf(call.LastSdp), Sdp.PortOf(call.LastSdp)));
        call.Answers();
        call.Gets("ACK");
        IsOurDialog(callee, callee.Gets(200));
        callee.Sends("ACK");

        Ends(call, callee);
        before.GetsNothing();
    }

    [Fact]
    public void Section_3_8_a_caller_that_gives_up_cancels_what_rings()
    {
        var (call, callee) = Ringing();

        call.Sends("CANCEL");

        Assert.Equal("1 CANCEL", SipText.Header(call.Gets(200), "CSeq"));
        call.GetsRefusal(487);
        Answers(call.Last, call.CallId, "1 INVITE");
        IsCancelled(callee);
        Assert.Equal(1, Script.Count(Counter.FailedCalls));
    }

    [Fact]
    public void Section_3_9_a_callee_that_is_busy_says_so_to_the_caller()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        Script.Passes(0.2);
        call.Gets(100);

        var callee = bob.GetsCall();
        callee.Sends(486);

        callee.Gets("ACK");
        call.GetsRefusal(486);
        Answers(call.Last, call.CallId, "1 INVITE");
    }

    [Fact]
    public void Section_3_10_a_phone_that_never_answers_is_asked_seven_times_and_the_caller_told_480()
    {
        // RFC 3261 §17.1.1.2: timers A and B.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");

        Script.Passes(31.9);
        call.GetsNothing();
        Assert.Equal(7, bob.Flow.Inbox.Count(message => Phone.IsRequest(message, "INVITE")));
        Script.Passes(0.2);

        call.GetsRefusal(480);
        Answers(call.Last, call.CallId, "1 INVITE");
    }

    [Fact]
    public void Section_3_11_a_phone_that_rings_and_is_unavailable_then_ends_the_call()
    {
        var (call, callee) = Ringing();

        callee.Sends(480);

        callee.Gets("ACK");
        call.GetsRefusal(480);
        Answers(call.Last, call.CallId, "1 INVITE");
    }

    private (PhoneCall Caller, PhoneCall Callee) Ringing()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var call = alice.Invites("102");
        var callee = bob.GetsCall();
        callee.Sends(180);
        call.Gets(180);
        return (call, callee);
    }

    /// <summary>Calls without credentials, and has learnt from the 407 how to call again.</summary>
    private static PhoneCall Challenged(Phone phone, string number)
    {
        var call = phone.Invites(number);
        call.GetsRefusal(407);
        Answers(call.Last, call.CallId, "1 INVITE");
        phone.Digest.Learn(call.Last);
        return call;
    }

    /// <summary>A phone whose calls may go outside.</summary>
    private Phone Outside()
    {
        Script.AddExtension("101", extension => extension with { AllowExternalCalls = true });
        return Script.Phone("101");
    }

    /// <summary>A destination of several servers, in this order.</summary>
    private void Servers(params Phone[] servers)
    {
        const string Name = "sip.telco.example";
        Script.Names.Domains[Name] = [.. servers.Select(server => new SipTarget(SipTransportProtocol.Udp, server.Flow.Remote))];
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        tenant.Destinations.Add(new(new Destination { Name = "telco", Gateway = Name, Port = 0, Transport = Transport.None }, null));
        Script.Tell(tenant.News());
        Script.AddRoute("", "telco");
    }
}
