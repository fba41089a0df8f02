using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>The manual, Settings / Media: who is put on hold hears music (RFC 3264 §8.4, RFC 6337 §5.3).</summary>
public sealed class MusicOnHoldTests : GatewayTest
{
    [Theory]
    [InlineData("sendonly", "recvonly", "recvonly")]
    [InlineData("inactive", "recvonly", "inactive")]
    [InlineData("sendonly", "sendrecv", "recvonly")]
    public void The_party_on_hold_is_told_that_something_is_sent_to_it(string asked, string agreed, string answered)
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Equal(("sendonly", answered), Changes(call, callee, asked, agreed, 2));
        Assert.True(Hears(callee: true));
        Assert.False(Hears(callee: false));

        Assert.Equal(("sendrecv", "sendrecv"), Changes(call, callee, "sendrecv", "sendrecv", 3));
        Assert.False(Hears(callee: true));
        Ends(call, callee);
    }

    [Fact]
    public void A_hold_by_the_address_zero_is_a_hold()
    {
        // RFC 3264 §8.4: as RFC 2543 had it.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        call.Sends("INVITE", Sdp.Of("0.0.0.0", version: 2));
        callee.Gets("INVITE");
        Assert.Equal("sendonly", Sdp.DirectionOf(callee.LastSdp));
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, "recvonly", 2));
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        Assert.True(Hears(callee: true));
        Ends(call, callee);
    }

    [Fact]
    public void The_caller_hears_music_when_the_callee_holds()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Assert.Equal(("sendonly", "inactive"), Changes(callee, call, "inactive", "recvonly", 2));

        Assert.True(Hears(callee: false));
        Assert.False(Hears(callee: true));
        Ends(call, callee);
    }

    [Fact]
    public void A_party_on_hold_that_changes_the_session_is_told_again_that_something_is_sent_to_it()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Changes(call, callee, "inactive", "recvonly", 2);

        Assert.Equal(("sendrecv", "sendonly"), Changes(callee, call, "sendrecv", "inactive", 3));

        Assert.True(Hears(callee: true));
        Ends(call, callee);
    }

    [Fact]
    public void A_party_that_holds_as_well_is_answered_that_nothing_is_sent()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Changes(call, callee, "sendonly", "recvonly", 2);

        Assert.Equal(("sendonly", "inactive"), Changes(callee, call, "inactive", "inactive", 3));

        Assert.False(Hears(callee: true));
        Assert.False(Hears(callee: false));
        Ends(call, callee);
    }

    [Fact]
    public void Without_music_a_hold_passes_as_it_is()
    {
        Script.Configure(s => s with { MusicOnHold = false });
        var alice = Script.Registered("101");
        Script.Configure(s => s with { MusicOnHold = false });
        var (call, callee) = Answered(alice, Script.Registered("102"));

        Assert.Equal(("inactive", "inactive"), Changes(call, callee, "inactive", "inactive", 2));

        Assert.False(Hears(callee: true));
        Ends(call, callee);
    }

    [Fact]
    public void A_refused_hold_begins_no_music()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        call.Sends("INVITE", Sdp.Of("192.0.2.10", 40000, "sendonly", 2));
        callee.Gets("INVITE");

        callee.Sends(488);

        callee.Gets("ACK");
        call.GetsRefusal(488);
        Assert.False(Hears(callee: true));
        Ends(call, callee);
    }

    [Fact]
    public void Who_has_no_codec_that_music_comes_in_is_on_hold_in_silence()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        call.Sends("INVITE", Sdp.Of("192.0.2.10", 40000, "sendonly", 2, codecs: "9 101"));
        callee.Gets("INVITE");
        callee.Sends(200, Sdp.Of("192.0.2.11", 41000, "recvonly", 2, codecs: "9 101"));
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        Assert.False(Hears(callee: true));
        Assert.Contains("on hold without music", Decisions(), StringComparison.Ordinal);
        Ends(call, callee);
    }

    [Theory]
    [InlineData("111 0 8 101", true)]
    [InlineData("111 8 101", true)]
    [InlineData("111 101", false)]
    public void Who_speaks_Opus_hears_music_by_the_G711_that_its_answer_to_the_hold_lists_besides(string codecs, bool hears)
    {
        // RFC 3264 §6.1: each format of an answer may be sent, so no offer of ours is needed.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        call.Sends("INVITE", Opus("192.0.2.10", 40000, "sendonly", "111 0 8 101"));
        callee.Gets("INVITE");
        callee.Sends(200, Opus("192.0.2.11", 41000, "recvonly", codecs));
        callee.Gets("ACK");
        call.Gets(200);
        call.Sends("ACK");

        Assert.Equal(hears, Hears(callee: true));
        Assert.Equal(!hears, Decisions().Contains("on hold without music", StringComparison.Ordinal));
        Ends(call, callee);
    }

    [Fact]
    public void Who_changes_the_session_while_held_hears_no_format_that_its_offer_was_not_answered_with()
    {
        // RFC 3264 §6.1: what is sent is listed in the offer and in the answer.
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Changes(call, callee, "sendonly", "recvonly", 2);
        Assert.True(Hears(callee: true));

        callee.Sends("INVITE", Opus("192.0.2.11", 41000, "sendrecv", "111 0 8 101", 3));
        call.Gets("INVITE");
        call.Sends(200, Opus("192.0.2.10", 40000, "sendonly", "111 101", 3));
        call.Gets("ACK");
        callee.Gets(200);
        callee.Sends("ACK");

        Assert.False(Hears(callee: true));
        Assert.Contains("on hold without music", Decisions(), StringComparison.Ordinal);
        Ends(call, callee);
    }

    [Fact]
    public void A_carrier_that_sends_while_it_holds_is_heard_itself()
    {
        Script.AddExtension("101", e => e with { AllowExternalCalls = true });
        var alice = Script.Registered("101");
        var carrier = Script.Carrier("carrier");
        Script.AddRoute("0", "carrier");
        var call = alice.Invites("0123");
        var callee = carrier.GetsCall();
        Answer(call, callee);

        Changes(callee, call, "sendonly", "recvonly", 2);
        Assert.False(Hears(callee: false));
        Changes(callee, call, "inactive", "recvonly", 3);
        Assert.True(Hears(callee: false));

        Ends(call, callee);
    }

    private static string Opus(string address, int port, string direction, string codecs, int version = 2) =>
        Sdp.Of(address, port, direction, version, codecs)
            .Replace("a=rtpmap:101", "a=rtpmap:111 opus/48000/2\r\na=rtpmap:101", StringComparison.Ordinal);

    private bool Hears(bool callee) => (callee ? Script.LastCall.Callee : Script.LastCall.Caller)!.Media.Playing is not null;

    private static (string Offered, string Answered) Changes(PhoneCall from, PhoneCall to, string asked, string agreed, int version)
    {
        from.Sends("INVITE", Sdp.Of("192.0.2.10", 40000, asked, version));
        to.Gets("INVITE");
        var offered = Sdp.DirectionOf(to.LastSdp);
        to.Sends(200, Sdp.Of("192.0.2.11", 41000, agreed, version));
        to.Gets("ACK");
        from.Gets(200);
        var answered = Sdp.DirectionOf(from.LastSdp);
        from.Sends("ACK");
        return (offered, answered);
    }
}
