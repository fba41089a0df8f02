using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>ICE and DTLS in offers and answers to browsers (RFC 8829, RFC 8839, RFC 8842), agreed on with each party alone.</summary>
public sealed class WebCallTests : GatewayTest
{
    private const string Protocol = "UDP/TLS/RTP/SAVPF";

    [Fact]
    public void A_browsers_offer_is_answered_in_kind_and_the_phone_hears_nothing_of_it()
    {
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = alice.GetsCall();
        Assert.Equal("RTP/AVP", Sdp.ProtocolOf(callee.LastSdp));
        Assert.Null(Sdp.AttributeOf(callee.LastSdp, "fingerprint"));

        Answer(call, callee);

        var sdp = call.LastSdp;
        Assert.Equal(Protocol, Sdp.ProtocolOf(sdp));
        Assert.Equal("passive", Sdp.AttributeOf(sdp, "setup"));
        Assert.Equal("0", Sdp.AttributeOf(sdp, "mid"));
        Assert.Equal($"1 1 udp 2130706431 {Sdp.AddressOf(sdp)} {Sdp.PortOf(sdp)} typ host", Sdp.AttributeOf(sdp, "candidate"));
        Assert.All(["a=ice-lite\r\n", "a=rtcp-mux\r\n", "a=end-of-candidates\r\n"], line => Assert.Contains(line, sdp, StringComparison.Ordinal));
        Assert.All(["a=rtcp:", "a=crypto:", "a=group:"], line => Assert.DoesNotContain(line, sdp, StringComparison.Ordinal));
        Assert.Contains("Encryption: DTLS with the caller, none with the callee.", Decisions());
        Ends(call, callee);
    }

    [Fact]
    public void A_phone_by_a_WebSocket_is_offered_ICE_and_DTLS_and_the_caller_is_answered_as_it_asked()
    {
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = alice.Invites("101");
        var callee = browser.GetsCall();
        Assert.Equal(Protocol, Sdp.ProtocolOf(callee.LastSdp));
        Assert.Equal("actpass", Sdp.AttributeOf(callee.LastSdp, "setup"));
        Assert.Equal("BUNDLE 0", Sdp.AttributeOf(callee.LastSdp, "group"));

        Answer(call, callee);

        Assert.Equal("RTP/AVP", Sdp.ProtocolOf(call.LastSdp));
        Ends(call, callee);
    }

    [Fact]
    public void Early_media_and_the_answer_are_the_same_to_a_browser()
    {
        // RFC 3261 §13.2.1: what came before the answer may not differ from it.
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = alice.GetsCall();
        callee.Sends(183, Sdp.Of(alice.Address, 41000));
        call.Gets(183);
        var early = call.LastSdp;

        Answer(call, callee, Sdp.Of(alice.Address, 41000));

        Assert.Equal(early, call.LastSdp);
        Ends(call, callee);
    }

    [Fact]
    public void A_hold_keeps_credentials_certificate_and_role_and_new_credentials_are_answered_by_new_ones()
    {
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = alice.GetsCall();
        Answer(call, callee);
        var first = call.LastSdp;

        Changes(call, callee, Sdp.Web(browser.Address, "actpass", direction: "sendonly", version: 2));
        Assert.Equal("recvonly", Sdp.DirectionOf(call.LastSdp));
        Assert.All(
            ["ice-ufrag", "ice-pwd", "fingerprint", "setup", "mid"],
            name => Assert.Equal(Sdp.AttributeOf(first, name), Sdp.AttributeOf(call.LastSdp, name)));

        // RFC 8839 §4.4.1.1.1
        Changes(call, callee, Sdp.Web(browser.Address, "actpass", fragment: "other", version: 3));
        Assert.All(["ice-ufrag", "ice-pwd"], name => Assert.NotEqual(Sdp.AttributeOf(first, name), Sdp.AttributeOf(call.LastSdp, name)));
        Assert.All(["fingerprint", "setup"], name => Assert.Equal(Sdp.AttributeOf(first, name), Sdp.AttributeOf(call.LastSdp, name)));
        Ends(call, callee);
    }

    [Fact]
    public void The_phones_hold_is_offered_to_the_browser_with_the_same_credentials()
    {
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = alice.GetsCall();
        Answer(call, callee);
        var first = call.LastSdp;

        callee.Sends("INVITE", Sdp.Of(alice.Address, 41000, "sendonly", version: 2));
        call.Gets("INVITE");

        Assert.Equal((Protocol, "sendonly"), (Sdp.ProtocolOf(call.LastSdp), Sdp.DirectionOf(call.LastSdp)));
        Assert.Equal("actpass", Sdp.AttributeOf(call.LastSdp, "setup"));
        Assert.All(
            ["ice-ufrag", "ice-pwd", "fingerprint", "mid"],
            name => Assert.Equal(Sdp.AttributeOf(first, name), Sdp.AttributeOf(call.LastSdp, name)));
        call.Answers(Sdp.Web(browser.Address, "active", direction: "recvonly", version: 2));
        call.Gets("ACK");
        callee.Gets(200);
        callee.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_browser_that_offers_in_its_answer_is_answered_in_the_ACK()
    {
        // RFC 3261 §13.2.1
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = alice.Invites("101", null);
        var callee = browser.GetsCall();
        callee.Answers(Sdp.Web(browser.Address, "actpass"));
        call.Gets(200);
        Assert.Equal("RTP/AVP", Sdp.ProtocolOf(call.LastSdp));

        call.Sends("ACK", Sdp.Of(alice.Address));

        callee.Gets("ACK");
        Assert.Equal((Protocol, "passive"), (Sdp.ProtocolOf(callee.LastSdp), Sdp.AttributeOf(callee.LastSdp, "setup")));
        Ends(call, callee);
    }

    [Theory]
    [InlineData("a=rtcp-mux\r\n")]
    [InlineData("a=ice-ufrag:F7gI\r\n")]
    [InlineData($"a=fingerprint:sha-256 {Sdp.Fingerprint}\r\n")]
    [InlineData("a=setup:actpass\r\n", "a=setup:holdconn\r\n")]
    public void An_offer_that_lacks_what_a_browsers_has_is_488(string line, string instead = "")
    {
        var (browser, alice) = (Browser("101"), Script.Registered("102"));

        browser.Invites("102", Sdp.Web(browser.Address, "actpass").Replace(line, instead, StringComparison.Ordinal)).GetsRefusal(488);

        alice.GetsNothing();
    }

    [Fact]
    public void DTLS_is_encryption_enough_where_that_is_required()
    {
        Script.AddExtension("101", extension => extension with { MediaEncryption = MediaEncryption.Required });
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = alice.GetsCall();

        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void A_browser_that_does_not_find_us_by_ICE_is_hung_up_with_the_other_party_and_the_log_says_why()
    {
        var (browser, alice) = (Browser("101"), Script.Registered("102"));
        var call = browser.Invites("102", Sdp.Web(browser.Address, "actpass"));
        var callee = alice.GetsCall();
        Answer(call, callee);
        var log = Script.LastCall.Log;

        Script.Passes(9);
        Assert.False(Script.LastCall.IsOver);
        Script.Passes(3);

        foreach (var party in new[] { call, callee })
        {
            party.GetsBye();
            // RFC 3326
            Assert.Equal("SIP;cause=488;text=\"media setup\"", SipText.Header(party.Request("BYE"), "Reason"));
        }

        Assert.Contains(log.Read(), decision => decision.Text == "The caller did not find our media port by ICE in time.");
    }

    private Phone Browser(string username) => Script.Phone(username, protocol: SipTransportProtocol.Wss).Registers();

    private static void Changes(PhoneCall call, PhoneCall callee, string sdp)
    {
        call.Sends("INVITE", sdp);
        callee.Gets("INVITE");
        Answer(call, callee, Sdp.Of(callee.Phone.Address, 41000));
    }
}
