using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Each party hears of its formats by the numbers that it gave them (RFC 3264 §5.1, §8.3.2).</summary>
public sealed class PayloadTypeTests : GatewayTest
{
    [Fact]
    public void An_answer_that_numbers_DTMF_differently_comes_by_the_callers_number()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of(alice.Address));
        var callee = bob.GetsCall();

        Answer(call, callee, Numbered(bob.Address));

        Assert.Equal("101 telephone-event/8000", DtmfOf(call.LastSdp));
        Ends(call, callee);
    }

    [Fact]
    public void An_offer_of_the_called_party_comes_by_the_callers_numbers_and_the_answer_by_its_own()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of(alice.Address));
        var callee = bob.GetsCall();
        Answer(call, callee, Numbered(bob.Address));

        callee.Sends("INVITE", Numbered(bob.Address, version: 2));
        call.Gets("INVITE");
        Assert.Equal("101 telephone-event/8000", DtmfOf(call.LastSdp));
        call.Answers(Sdp.Of(alice.Address, version: 2));
        call.Gets("ACK");
        callee.Gets(200);

        Assert.Equal("97 telephone-event/8000", DtmfOf(callee.LastSdp));
        callee.Sends("ACK");
        Ends(call, callee);
    }

    [Fact]
    public void A_caller_with_DTMF_at_its_codecs_clock_alone_is_answered_so_by_a_phone_that_has_it_at_8_kHz()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of(alice.Address).Replace("telephone-event/8000", "telephone-event/48000", StringComparison.Ordinal));
        var callee = bob.GetsCall();
        Assert.Contains("a=rtpmap:102 telephone-event/8000\r\n", callee.LastSdp, StringComparison.Ordinal);

        Answer(call, callee, Sdp.Of(bob.Address, codecs: "0 102").Replace("rtpmap:101", "rtpmap:102", StringComparison.Ordinal));

        Assert.Equal("101 telephone-event/48000", DtmfOf(call.LastSdp));
        Ends(call, callee);
    }

    [Theory]
    [InlineData("Default: telephone-event=97", "97")]
    [InlineData("Default: iLBC=97; Carrier: telephone-event=97", "101")]
    [InlineData("", "101")]
    public void A_phone_is_offered_codecs_by_the_ids_of_the_default_translation_profile(string ids, string offered)
    {
        // The manual, Settings / Translation: codec ids.
        Script.Configure(settings => settings with { CodecIds = ids });
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of(alice.Address));
        var callee = bob.GetsCall();
        Assert.Equal($"{offered} telephone-event/8000", DtmfOf(callee.LastSdp));

        Answer(call, callee, offered == "97" ? Numbered(bob.Address) : Sdp.Of(bob.Address));

        Assert.Equal("101 telephone-event/8000", DtmfOf(call.LastSdp));
        Ends(call, callee);
    }

    [Fact]
    public void A_destination_is_offered_codecs_by_the_ids_of_its_own_translation_profile()
    {
        Script.Configure(settings => settings with { CodecIds = "Default: telephone-event=98; Carrier: telephone-event=97" });
        var carrier = Script.Carrier("telco", destination => destination with { TranslationProfile = "Carrier" });
        Script.AddRoute("00", "telco");
        Script.AddExtension("103", extension => extension with { AllowExternalCalls = true });
        var caller = Script.Registered("103");
        var call = caller.Invites("0049301234", Sdp.Of(caller.Address));
        var taken = carrier.GetsCall();
        Assert.Equal("97 telephone-event/8000", DtmfOf(taken.LastSdp));

        Answer(call, taken, Numbered(carrier.Address));

        Assert.Equal("101 telephone-event/8000", DtmfOf(call.LastSdp));
        Ends(call, taken);
    }

    [Fact]
    public void The_codec_on_record_is_the_one_that_was_answered_RFC_3264_section_6_1()
    {
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));
        var call = alice.Invites("102", Sdp.Of(alice.Address, codecs: "8 0 101"));
        var callee = bob.GetsCall();

        Answer(call, callee, Sdp.Of(bob.Address, codecs: "0 101"));

        var progress = Script.LastCall.ReadProgress();
        Assert.Equal(("PCMU", "PCMU"), (progress.CallerMedia!.Codec, progress.CalleeMedia!.Codec));
        Ends(call, callee);
    }

    private static string Numbered(string address, int version = 1) =>
        Sdp.Of(address, version: version, codecs: "0 97").Replace("rtpmap:101", "rtpmap:97", StringComparison.Ordinal);

    private static string? DtmfOf(string sdp) => Array.Find(
        sdp.Split("\r\n"), line => line.Contains("telephone-event", StringComparison.Ordinal))?["a=rtpmap:".Length..];
}
