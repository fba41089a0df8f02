using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.WebSockets;

/// <summary>Phones in browsers (RFC 7118): the rules S3 to S6 and S8 of its practice, those of the wire are the transport's tests.</summary>
public sealed class WebSocketRuleTests : GatewayTest
{
    /// <summary>A browser's offer with everything that means nothing to a phone without WebRTC, on a transport that it knows.</summary>
    private static readonly string BrowserOffer = $"""
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        a=extmap-allow-mixed
        a=msid-semantic: WMS stream
        m=audio 41000 RTP/AVP 0 8 126
        c=IN IP4 192.0.2.10
        a=rtcp-mux
        a=ice-ufrag:k7Qd
        a=ice-pwd:3vY0uYk3w1m8l5o2s7q9Zx1a
        a=ice-options:trickle
        {string.Join('\n', Enumerable.Range(1, 40).Select(i => $"a=candidate:{i} 1 udp 2130706431 192.0.2.10 {41000 + i} typ host"))}
        a=fingerprint:sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99
        a=setup:actpass
        a=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=rtpmap:126 telephone-event/8000
        a=rtcp-fb:0 transport-cc
        a=ssrc:1 cname:x
        a=sendrecv

        """.ReplaceLineEndings("\r\n");

    [Theory]
    [InlineData(SipTransportProtocol.Ws)]
    [InlineData(SipTransportProtocol.Wss)]
    public void S3_responses_go_back_on_the_connection_and_never_to_the_name_in_Via(SipTransportProtocol protocol)
    {
        var browser = Script.Phone("101", protocol: protocol);
        browser.SendsRegister();

        var challenge = browser.Gets(401);
        Assert.StartsWith($"SIP/2.0/{protocol.ToString().ToUpperInvariant()} df7jal23ls0d.invalid;", SipText.Header(challenge, "Via"), StringComparison.Ordinal);
        Assert.Contains("received=192.0.2.", SipText.Header(challenge, "Via"), StringComparison.Ordinal);
    }

    [Fact]
    public void S4_the_binding_is_to_the_flow_whatever_its_Contact_says()
    {
        var browser = Browser("101");

        var binding = Assert.Single(Script.Grains.Extension(SipScript.Tenant, "101").Bindings);
        Assert.Equal("sip:101@df7jal23ls0d.invalid;transport=ws", binding.Contact);
        Assert.Equal((Transport.Wss, browser.Flow.Id), (binding.Flow.Transport, binding.Flow.Id.Connection));
    }

    [Fact]
    public void S5_requests_go_down_the_flow_and_our_Contact_leads_back_to_this_node()
    {
        Browser("101", out var browser);
        var alice = Script.Registered("102");

        alice.Invites("101");
        var call = browser.GetsCall();

        Assert.StartsWith("INVITE sip:101@df7jal23ls0d.invalid;transport=ws SIP/2.0", SipText.FirstLine(call.Last), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0/WSS 198.51.100.1:5060;", SipText.Header(call.Last, "Via"), StringComparison.Ordinal);
        Assert.StartsWith($"sip:{Script.Context.Token.Own}@", call.Target, StringComparison.Ordinal);
        Assert.EndsWith(";transport=ws", call.Target, StringComparison.Ordinal);
        call.Sends(486);
        call.Gets("ACK");
        alice.Gets(486);
        Script.Passes(40);
    }

    [Fact]
    public void S5_a_call_between_a_browser_and_a_phone_is_answered_and_hung_up_by_either()
    {
        Browser("101", out var browser);
        var alice = Script.Registered("102");

        var (caller, callee) = Answered(browser, alice);
        callee.HangsUp();
        caller.GetsBye();

        (caller, callee) = Answered(alice, browser);
        callee.HangsUp();
        caller.GetsBye();
        Script.Passes(40);
    }

    [Fact]
    public void S6_the_binding_ends_at_once_when_the_connection_does()
    {
        Browser("101", out var browser);
        Assert.Equal(1, Script.Count(Counter.ActiveRegistrations));

        browser.Flow.Close();
        Script.Receiver.OnClosed(browser.Flow);
        Script.Settle();

        Assert.Empty(Script.Grains.Extension(SipScript.Tenant, "101").Bindings);
        Assert.Equal(0, Script.Count(Counter.ActiveRegistrations));
        var call = Script.Registered("102").Invites("101");
        call.GetsRefusal(480);
    }

    [Fact]
    public void S8_what_means_nothing_without_WebRTC_is_taken_out_before_the_phone()
    {
        Browser("101", out var browser);
        var alice = Script.Registered("102");
        Assert.True(BrowserOffer.Length > 2_000);

        var call = browser.Invites("102", BrowserOffer);
        var ringing = alice.GetsCall();

        string[] strange = ["a=ice-", "a=candidate", "a=fingerprint", "a=setup", "a=extmap", "a=group", "a=msid", "a=ssrc", "a=rtcp-fb", "a=rtcp-mux"];
        Assert.All(strange, name => Assert.DoesNotContain(name, ringing.LastSdp, StringComparison.Ordinal));
        Assert.True(ringing.LastSdp.Length < 1_000);
        ringing.Sends(486);
        ringing.Gets("ACK");
        call.GetsRefusal(486);
        Script.Passes(40);
    }

    private Phone Browser(string username) => Browser(username, out _);

    private Phone Browser(string username, out Phone browser) =>
        browser = Script.Phone(username, protocol: SipTransportProtocol.Wss).Registers();
}
