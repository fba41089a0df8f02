using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>What a party takes along, and what stays with the call that it comes into.</content>
public sealed partial class AttendedTransferTests
{
    [Fact]
    public void A_party_that_encrypts_goes_on_with_its_suite_and_gets_another_key()
    {
        // RFC 3711 §9.1: none is used for two streams.
        var (alice, bob, carol) = Phones();
        var call = alice.Invites("102", Sdp.Secure(Sdp.Of(alice.Address)));
        var callee = bob.GetsCall();
        Answer(call, callee);
        var before = Assert.Single(Sdp.CryptosOf(call.LastSdp));
        var (asking, asked) = Answered(bob, carol);

        Refers(callee, asking);

        Connected(callee, asking);
        asked.Gets("INVITE");
        Assert.Empty(Sdp.CryptosOf(asked.LastSdp));
        asked.Answers();
        asked.Gets("ACK");
        call.Gets("INVITE");
        var after = Assert.Single(Sdp.CryptosOf(call.LastSdp));
        Assert.Equal("RTP/SAVP", Sdp.ProtocolOf(call.LastSdp));
        Assert.Equal(before[1], after[1]);
        Assert.NotEqual(before[2], after[2]);
        call.Answers(Sdp.Secure(Sdp.Of(alice.Address, version: 2)));
        call.Gets("ACK");
        Ends(call, asked);
    }

    [Fact]
    public void A_browser_is_not_moved_since_its_keys_are_of_the_ports_that_it_has()
    {
        Script.AddExtension("101");
        var browser = Script.Phone("101", remote: "192.0.2.200:55000", protocol: SipTransportProtocol.Wss).Registers();
        var (bob, carol) = (Script.Registered("102"), Script.Registered("103"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = bob.GetsCall();
        Answer(call, callee);
        var (asking, asked) = Answered(bob, carol);

        Refers(callee, asking);

        Refused(callee, 488);
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void A_browser_transfers_the_one_desk_phone_to_the_other()
    {
        var browser = Script.Phone("102", remote: "192.0.2.200:55000", protocol: SipTransportProtocol.Wss).Registers();
        var (alice, carol) = (Script.Registered("101"), Script.Registered("103"));
        var (call, callee) = Answered(alice, browser);
        var asking = browser.Invites("103", Sdp.Web(browser.Address, "actpass"));
        var asked = carol.GetsCall();
        Answer(asking, asked);

        Refers(callee, asking);

        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        Ends(call, asked);
    }

    [Fact]
    public void The_place_of_a_party_at_its_destination_is_held_for_as_long_as_that_is_in_a_call()
    {
        var carrier = Outside();
        var (bob, carol) = (Script.Registered("102"), Script.Registered("103"));
        var call = bob.Invites("0123");
        var outside = carrier.GetsCall();
        Answer(call, outside);
        var (asking, asked) = Answered(bob, carol);

        Refers(call, asking);
        Connected(call, asking);
        Realigned(asked);
        Realigned(outside);

        Assert.Equal(1, Script.Grains.Destination(SipScript.Tenant, "carrier").Taken);
        Ends(asked, outside);
        Assert.Equal(0, Script.Grains.Destination(SipScript.Tenant, "carrier").Taken);
    }

    [Fact]
    public void The_place_of_a_transferor_at_its_destination_is_free_when_it_has_left()
    {
        var carrier = Outside();
        var (bob, carol) = (Script.Registered("102"), Script.Registered("103"));
        var call = bob.Invites("0123");
        var outside = carrier.GetsCall();
        Answer(call, outside);
        var asking = carrier.Invites("103");
        var asked = carol.GetsCall();
        Answer(asking, asked);

        Refers(asking, outside);

        Connected(asking, outside);
        Realigned(call);
        Realigned(asked);
        Assert.Equal(0, Script.Grains.Destination(SipScript.Tenant, "carrier").Taken);
        Ends(call, asked);
    }

    [Fact]
    public async Task The_second_calls_time_goes_on()
    {
        await UseScript(64, ("Gateway:MediaTimeout", "0"));
        Script.Configure(s => s with { MaxSessionDuration = TimeSpan.FromMinutes(10) });
        var (call, callee, asking, asked) = Asking();
        Script.Passes(300);
        Refers(callee, asking);
        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        Script.Passes(299);
        call.GetsNothing();

        Script.Passes(2);

        call.GetsBye();
        asked.GetsBye();
    }

    [Fact]
    public async Task A_party_whose_session_is_timed_is_refreshed_in_its_new_call()
    {
        // RFC 4028
        await UseScript(64, ("Gateway:MediaTimeout", "0"));
        var (alice, bob, carol) = Phones();
        var call = alice.Invites("102", "", "Supported: timer", "Session-Expires: 1800;refresher=uas");
        var callee = bob.GetsCall();
        Answer(call, callee);
        var (asking, asked) = Answered(bob, carol);

        Refers(callee, asking);

        Connected(callee, asking);
        Realigned(asked);
        call.Gets("INVITE");
        Assert.StartsWith("1800", SipText.Header(call.Last, "Session-Expires"), StringComparison.Ordinal);
        call.Sends(200, Sdp.Of(alice.Address, version: 2), headers: ["Require: timer", "Session-Expires: 1800;refresher=uac"]);
        call.Gets("ACK");
        Script.Passes(900.1);
        call.Gets("INVITE");
        call.Sends(200, Sdp.Of(alice.Address, version: 2), headers: ["Require: timer", "Session-Expires: 1800;refresher=uac"]);
        call.Gets("ACK");
        Ends(call, asked);
    }

    [Fact]
    public async Task A_second_transfer_while_the_first_is_under_way_has_to_wait()
    {
        var (call, callee, asking, asked) = await AskingOnTwoLoops();
        Script.IsBusy = true;
        Refers(callee, asking);
        Refers(call, asking);

        Goes();

        call.Gets(491);
        Connected(callee, asking);
        Realigned(asked);
        Realigned(call);
        Ends(call, asked);
    }

    private Phone Outside()
    {
        Script.AddExtension("102", e => e with { AllowExternalCalls = true });
        var carrier = Script.Carrier("carrier", d => d with { Capacity = 5 });
        Script.AddRoute("0", "carrier");
        return carrier;
    }
}
