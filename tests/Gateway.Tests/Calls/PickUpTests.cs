using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>The manual, Enable Call Pick-Up: a prefix and an extension that rings.</summary>
public sealed class PickUpTests : GatewayTest
{
    [Fact]
    public void Who_dials_the_prefix_and_an_extension_that_rings_has_its_call()
    {
        var (call, ringing, carol) = Ringing();

        var picked = PicksUp(call, ringing, carol);

        picked.HangsUp();
        call.GetsBye();
        Assert.Equal(1, Script.Count(Counter.SuccessfulCalls));
    }

    [Fact]
    public void Devices_that_rang_are_told_that_the_call_was_answered_elsewhere()
    {
        // RFC 3326 §2: no missed call.
        var (call, ringing, carol) = Ringing();
        var picked = carol.Invites("*8102");

        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", SipText.Header(ringing.Gets("CANCEL"), "Reason"));

        EndCancelled(ringing);
        picked.Gets(200);
        picked.Sends("ACK");
        call.Gets(200);
        call.Sends("ACK");
        Ends(call, picked);
    }

    [Fact]
    public void The_books_have_the_picker_as_callee_and_the_log_says_how()
    {
        var (call, ringing, carol) = Ringing();
        var picked = PicksUp(call, ringing, carol);

        Assert.Equal("103", Script.LastCall.Summary.Callee.Number);
        Assert.Contains("103 at 192.0.2.12:5060 picked up the call that rang at 102.", Decisions(), StringComparison.Ordinal);
        Assert.Single(Script.Context.Calls.All);
        Ends(call, picked);
    }

    [Fact]
    public void Caller_and_picker_are_told_the_one_sound_that_both_offered_and_our_ports()
    {
        // RFC 3264 §6.1: the answer's formats are of the offer, whose payload types are each party's own.
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = alice.Invites("102", Offer(alice.Address, "8 96", "a=rtpmap:96 telephone-event/8000"));
        bob.GetsCall().Sends(180);
        call.Gets(180);

        var picked = carol.Invites("*8102", Offer(carol.Address, "0 8 101", "a=rtpmap:101 telephone-event/8000"));

        picked.Gets(200);
        call.Gets(200);
        Assert.Contains("RTP/AVP 8 96\r\n", call.LastSdp, StringComparison.Ordinal);
        Assert.Contains("RTP/AVP 8 101\r\n", picked.LastSdp, StringComparison.Ordinal);
        Assert.DoesNotContain(carol.Address, call.LastSdp, StringComparison.Ordinal);
        Assert.DoesNotContain(alice.Address, picked.LastSdp, StringComparison.Ordinal);
        picked.Sends("ACK");
        call.Sends("ACK");
        bob.Ignores();
        picked.HangsUp();
        call.GetsBye();
    }

    [Theory]
    [InlineData("*8102")]
    [InlineData("*8999")]
    public void Where_nothing_rings_it_is_480_and_the_log_says_so(string number)
    {
        Script.Registered("102");
        var carol = Script.Registered("103");

        var picking = carol.Invites(number);

        picking.GetsRefusal(480);
        Assert.Contains($"Nothing rings at {number[2..]} that could be picked up.", LastRecord().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_was_answered_is_not_picked_up()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var (call, answered) = Answered(alice, bob);

        carol.Invites("*8102").GetsRefusal(480);

        Ends(call, answered);
    }

    [Fact]
    public void An_extension_of_another_tenant_picks_up_nothing()
    {
        var (call, ringing, _) = Ringing();
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");
        var stranger = Script.Registered("103", other);

        stranger.Invites("*8102").GetsRefusal(480);

        Answer(call, ringing);
        Ends(call, ringing);
    }

    [Fact]
    public void A_destination_picks_up_nothing()
    {
        var (call, ringing, _) = Ringing();
        var carrier = Script.Carrier("carrier");

        carrier.Invites("*8102").GetsRefusal(404);

        Answer(call, ringing);
        Ends(call, ringing);
    }

    [Fact]
    public void Without_a_prefix_there_is_no_pick_up()
    {
        Script.Configure(s => s with { PickUpPrefix = "" });
        var (call, ringing, carol) = Ringing();

        carol.Invites("*8102").GetsRefusal(404);

        Answer(call, ringing);
        Ends(call, ringing);
    }

    [Fact]
    public void Another_prefix_is_taken_as_well()
    {
        Script.Configure(s => s with { PickUpPrefix = "**" });
        var (call, ringing, carol) = Ringing();

        Ends(call, PicksUp(call, ringing, carol, "**102"));
    }

    [Fact]
    public void A_service_whose_number_begins_with_the_prefix_answers()
    {
        Script.Configure(s => s with { PickUpPrefix = "*4" });
        var call = Script.Registered("103").Invites("*43");

        call.Gets(200);
        call.Sends("ACK");
        Assert.Contains("*43 is the echo test.", Decisions(), StringComparison.Ordinal);
        call.HangsUp();
    }

    [Fact]
    public void An_extension_whose_number_begins_with_the_prefix_is_called()
    {
        var (call, ringing, carol) = Ringing();
        var starred = Script.Registered("*8102");

        var other = carol.Invites("*8102");

        var taken = starred.GetsCall();
        Answer(other, taken);
        Ends(other, taken);
        Answer(call, ringing);
        Ends(call, ringing);
    }

    [Theory]
    [InlineData("*81", true)]
    [InlineData("*8", true)]
    [InlineData("", false)]
    [InlineData("*", false)]
    public void Where_nothing_rings_a_route_as_precise_takes_the_number_and_no_other(string prefix, bool isTaken)
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute(prefix, "telco");
        Script.AddExtension("103", extension => extension with { AllowExternalCalls = true });
        var call = Script.Registered("103").Invites("*8102");

        if (!isTaken)
        {
            call.GetsRefusal(480);
            carrier.GetsNothing();
            return;
        }

        var taken = carrier.GetsCall();
        Answer(call, taken);
        Ends(call, taken);
    }

    [Fact]
    public void Parties_without_a_common_sound_get_488_and_the_phone_rings_on()
    {
        // RFC 3261 §21.4.26
        var (call, ringing, carol) = Ringing();

        carol.Invites("*8102", Offer(carol.Address, "97", "a=rtpmap:97 opus/48000/2")).GetsRefusal(488);

        Answer(call, ringing);
        Ends(call, ringing);
    }

    [Fact]
    public void Of_an_answer_and_a_pick_up_in_the_same_moment_one_wins()
    {
        // RFC 3261 §13.2.2.4: a device that answered too late is acknowledged and ended.
        var (call, ringing, carol) = Ringing();
        var picked = PicksUpOnly(call, carol);
        ringing.Gets("CANCEL");

        ringing.Answers();

        ringing.Gets("ACK");
        ringing.GetsBye();
        Ends(call, picked);
    }

    [Fact]
    public void Where_the_callers_connection_is_lost_who_picks_up_is_refused()
    {
        // RFC 3261 §15: no BYE to an INVITE that has no answer.
        var alice = Script.Phone("101", protocol: SipTransportProtocol.Tcp).Registers();
        // Behind a NAT: there is no other way to it.
        alice.SentBy = "10.0.0.1:5060";
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);
        alice.Flow.IsBroken = true;

        carol.Invites("*8102").GetsRefusal(480);

        carol.GetsNothing();
        ringing.Gets("CANCEL");
        EndCancelled(ringing);
    }

    [Fact]
    public void Who_picked_up_can_hold_the_call()
    {
        // RFC 3264 §8.4: the re-INVITE passes as in every call.
        var (call, ringing, carol) = Ringing();
        var picked = PicksUp(call, ringing, carol);

        picked.Sends("INVITE", Sdp.Of(carol.Address, direction: "sendonly"));

        call.Gets("INVITE");
        call.Answers();
        call.Gets("ACK");
        picked.Gets(200);
        picked.Sends("ACK");
        Ends(call, picked);
    }

    private (PhoneCall Call, PhoneCall Ringing, Phone Carol) Ringing()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        var ringing = bob.GetsCall();
        ringing.Sends(180);
        call.Gets(180);
        return (call, ringing, carol);
    }

    private static PhoneCall PicksUp(PhoneCall call, PhoneCall ringing, Phone picker, string number = "*8102")
    {
        var picked = PicksUpOnly(call, picker, number);
        ringing.Gets("CANCEL");
        EndCancelled(ringing);
        return picked;
    }

    private static PhoneCall PicksUpOnly(PhoneCall call, Phone picker, string number = "*8102")
    {
        var picked = picker.Invites(number);
        picked.Gets(200);
        picked.Sends("ACK");
        call.Gets(200);
        call.Sends("ACK");
        return picked;
    }

    private static void EndCancelled(PhoneCall ringing)
    {
        ringing.Sends(200, to: "CANCEL");
        ringing.Sends(487);
        ringing.Gets("ACK");
    }

    private CallRecord LastRecord()
    {
        Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
        return Script.Grains.Book.Calls[^1][^1].End!;
    }

    private static string Offer(string address, string formats, string format) =>
        $"v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio 4000 RTP/AVP {formats}\r\n{format}\r\n";
}
