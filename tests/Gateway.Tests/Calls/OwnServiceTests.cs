using System.Net;
using System.Net.Sockets;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Media.Playback;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Numbers that the gateway answers itself: the echo test and the music test.</summary>
public sealed class OwnServiceTests : GatewayTest
{
    [Fact]
    public void The_echo_test_answers_in_the_codec_that_the_caller_likes_best()
    {
        var alice = Script.Registered("101");
        var call = alice.Invites("*43", Sdp.Of(alice.Address, codecs: "9 8 0 101"));

        call.Gets(200);
        call.Sends("ACK");

        Assert.Contains($"m=audio {Sdp.PortOf(call.LastSdp)} RTP/AVP 9 101\r\n", call.LastSdp, StringComparison.Ordinal);
        Assert.Equal("sendrecv", Sdp.DirectionOf(call.LastSdp));
        Assert.Equal(ScriptServices.Address, Sdp.AddressOf(call.LastSdp));
        call.HangsUp();
        Assert.Equal(200, Record().Status);
        Assert.Equal("Echo test", Record().Call.Callee.Name);
        Assert.Equal(CallEnd.Caller, Record().EndedBy);
    }

    [Fact]
    public void The_music_test_answers_in_G711_and_plays()
    {
        var alice = Script.Registered("101");
        var call = alice.Invites("*44", Sdp.Of(alice.Address, codecs: "9 8 0 101"));

        call.Gets(200);
        call.Sends("ACK");

        Assert.Contains($"m=audio {Sdp.PortOf(call.LastSdp)} RTP/AVP 8 101\r\n", call.LastSdp, StringComparison.Ordinal);
        Assert.Same(DefaultSounds.Music, Script.LastCall.Caller!.Media.Playing);
        call.HangsUp();
    }

    [Fact]
    public void A_browser_is_answered_as_browsers_are()
    {
        var browser = Script.Phone("101", protocol: SipTransportProtocol.Wss).Registers();
        var call = browser.Invites("*43", Sdp.Web(browser.Address, "actpass"));

        call.Gets(200);
        call.Sends("ACK");

        Assert.Equal("UDP/TLS/RTP/SAVPF", Sdp.ProtocolOf(call.LastSdp));
        Assert.Equal("passive", Sdp.AttributeOf(call.LastSdp, "setup"));
        call.HangsUp();
    }

    [Fact]
    public void A_phone_with_SDES_is_answered_with_a_key()
    {
        // RFC 4568 §5.1.2
        var alice = Script.Registered("101");
        var call = alice.Invites("*43", Sdp.Secure(Sdp.Of(alice.Address)));

        call.Gets(200);
        call.Sends("ACK");

        Assert.Equal("RTP/SAVP", Sdp.ProtocolOf(call.LastSdp));
        Assert.Single(Sdp.CryptosOf(call.LastSdp));
        call.HangsUp();
    }

    [Theory]
    [InlineData("*43")]
    [InlineData("*44")]
    public void An_INVITE_without_an_offer_is_offered_G711(string number)
    {
        // RFC 3261 §13.2.1
        var alice = Script.Registered("101");
        var call = alice.Invites(number, sdp: null);

        call.Gets(200);
        Assert.Contains("RTP/AVP 8 0 101", call.LastSdp, StringComparison.Ordinal);
        call.Sends("ACK", Sdp.Of(alice.Address));

        Assert.Equal(number == "*44", Script.LastCall.Caller!.Media.Playing is not null);
        call.HangsUp();
    }

    [Theory]
    [InlineData("*43", null)]
    [InlineData("*44", null)]
    [InlineData("*43", "9 101")]
    [InlineData("*44", "9 101")]
    public void An_ACK_without_an_answer_that_can_be_agreed_to_ends_the_call_with_the_reason(string number, string? codecs)
    {
        // RFC 6337 §2.3, RFC 3326 §2
        var alice = Script.Registered("101");
        var call = alice.Invites(number, sdp: null);
        call.Gets(200);

        call.Sends("ACK", codecs is null ? null : Sdp.Of(alice.Address, codecs: codecs));

        call.GetsBye();
        Assert.Equal("SIP;cause=488;text=\"No codec in common\"", SipText.Header(call.Request("BYE"), "Reason"));
        Assert.Equal(CallEnd.System, Record().EndedBy);
    }

    [Fact]
    public void A_change_whose_late_answer_agrees_to_nothing_ends_the_call()
    {
        var alice = Script.Registered("101");
        var call = Music(alice);
        call.Sends("INVITE");
        call.Gets(200);

        call.Sends("ACK", Sdp.Of(alice.Address, version: 2, codecs: "9"));

        call.GetsBye();
    }

    [Theory]
    [InlineData("*43")]
    [InlineData("*44")]
    public void A_caller_that_sends_nothing_at_all_is_given_up_after_the_silence_that_ends_any_call(string number)
    {
        var call = Script.Registered("101").Invites(number);
        call.Gets(200);
        call.Sends("ACK");

        Script.Passes(295);
        call.GetsNothing();
        Script.Passes(10);

        call.GetsBye();
        Assert.Equal("Q.850;cause=41;text=\"RTP timeout\"", SipText.Header(call.Request("BYE"), "Reason"));
    }

    [Fact]
    public void A_caller_that_only_listens_to_the_music_has_the_time_of_a_held_call()
    {
        // RFC 3264 §5.1: recvonly promises to send no RTP.
        var alice = Script.Registered("101");
        var call = alice.Invites("*44", Sdp.Of(alice.Address, direction: "recvonly"));
        call.Gets(200);
        Assert.Equal("sendonly", Sdp.DirectionOf(call.LastSdp));
        call.Sends("ACK");

        Script.Passes(3590);
        call.GetsNothing();
        Script.Passes(15);

        call.GetsBye();
    }

    [Fact]
    public async Task A_caller_that_listens_and_sends_reports_alone_hears_the_music_on()
    {
        // Its RTCP comes from the port behind that of its RTP (RFC 3550 §11).
        using var rtcp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var alice = Script.Registered("101", remote: "127.0.0.1:5070");
        var call = alice.Invites("*44", Sdp.Of("127.0.0.1", ((IPEndPoint)rtcp.Client.LocalEndPoint!).Port - 1));
        call.Gets(200);
        call.Sends("ACK");
        var relay = Script.LastCall.Caller!.Media.Relay;
        Script.Passes(200);

        // RFC 3550 §6.4.2: a receiver report on nobody.
        await rtcp.SendAsync(
            new byte[] { 0x80, 201, 0, 1, 0, 0, 0, 7 }, new IPEndPoint(relay.Local.Address, relay.Local.RtcpPort), TestContext.Current.CancellationToken);
        await Testing.Poll.Until("the report", () => Task.FromResult(relay.CountHeard()), heard => heard > 0, TimeSpan.FromSeconds(20));
        Script.Passes(295);

        call.GetsNothing();
        call.HangsUp();
    }

    [Fact]
    public void A_caller_may_hold_and_resume()
    {
        var alice = Script.Registered("101");
        var call = Music(alice);

        call.Sends("INVITE", Sdp.Of(alice.Address, 40000, "sendonly", 2));
        call.Gets(200);
        call.Sends("ACK");
        Assert.Equal("recvonly", Sdp.DirectionOf(call.LastSdp));
        call.Sends("INVITE", Sdp.Of(alice.Address, 40000, "sendrecv", 3));
        call.Gets(200);
        call.Sends("ACK");

        Assert.Equal("sendrecv", Sdp.DirectionOf(call.LastSdp));
        call.HangsUp();
    }

    [Fact]
    public void A_change_without_an_offer_is_offered_ours()
    {
        var alice = Script.Registered("101");
        var call = Music(alice);

        call.Sends("INVITE");
        call.Gets(200);
        Assert.Contains("RTP/AVP 8 0 101", call.LastSdp, StringComparison.Ordinal);
        call.Sends("ACK", Sdp.Of(alice.Address, version: 2));

        call.HangsUp();
    }

    [Fact]
    public void A_change_that_nothing_can_be_made_of_is_488_and_the_call_goes_on()
    {
        var alice = Script.Registered("101");
        var call = Music(alice);

        call.Sends("INVITE", Sdp.Of(alice.Address, version: 2, codecs: "9"));

        call.GetsRefusal(488);
        call.HangsUp();
    }

    [Fact]
    public void Who_speaks_no_G711_cannot_hear_the_music()
    {
        var alice = Script.Registered("101");

        alice.Invites("*44", Sdp.Of(alice.Address, codecs: "9 101")).GetsRefusal(488);
    }

    [Fact]
    public void An_extension_with_the_number_goes_first()
    {
        var alice = Script.Registered("101");
        var star = Script.Registered("*43");

        var (call, callee) = Answered(alice, star);

        Ends(call, callee);
    }

    [Fact]
    public void A_tenant_may_have_other_numbers_or_none()
    {
        Script.Configure(s => s with { EchoNumber = "600", MusicNumber = "" });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { EchoNumber = "600", MusicNumber = "" });

        alice.Invites("*43").GetsRefusal(404);
        alice.Invites("*44").GetsRefusal(404);
        var call = alice.Invites("600");
        call.Gets(200);
        call.Sends("ACK");
        call.HangsUp();
    }

    [Fact]
    public void A_carrier_does_not_reach_them()
    {
        var carrier = Script.Carrier("carrier");
        _ = Script.Registered("101");

        carrier.Invites("*43").GetsRefusal(404);
    }

    [Fact]
    public void The_tenants_longest_session_ends_them_as_well()
    {
        Script.Configure(s => s with { MaxSessionDuration = TimeSpan.FromMinutes(10) });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { MaxSessionDuration = TimeSpan.FromMinutes(10) });
        var call = Music(alice);

        Script.Passes(600.1);

        call.GetsBye();
    }

    [Fact]
    public void A_caller_that_does_not_acknowledge_is_given_up()
    {
        var call = Script.Registered("101").Invites("*44");
        call.Gets(200);

        Script.Passes(32.1);

        call.Phone.Ignores();
        Assert.Equal(CallEnd.System, Record().EndedBy);
    }

    private static PhoneCall Music(Phone phone)
    {
        var call = phone.Invites("*44");
        call.Gets(200);
        call.Sends("ACK");
        return call;
    }

    private CallRecord Record()
    {
        Assert.True(Script.Context.Outbox.Drain(TimeSpan.FromSeconds(10)).Wait(TimeSpan.FromSeconds(10)));
        return Assert.Single(Script.Grains.Book.Calls)[^1].End!;
    }
}
