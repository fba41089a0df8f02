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

    [Fact]
    public void An_ACK_without_an_answer_ends_the_call()
    {
        var call = Script.Registered("101").Invites("*43", sdp: null);
        call.Gets(200);

        call.Sends("ACK");

        call.GetsBye();
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
