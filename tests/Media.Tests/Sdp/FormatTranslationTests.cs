using System.Net;
using System.Text;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>Parties that number their formats differently, or tell DTMF by different clocks, are each told in their own words (RFC 3264 §5.1).</summary>
public sealed class FormatTranslationTests
{
    private static readonly LocalAudio Local = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);

    [Fact]
    public void An_answer_with_other_numbers_is_told_by_the_offerers_and_packets_are_renamed_both_ways()
    {
        var offer = Audio("0 96 101", "96 opus/48000/2", "101 telephone-event/8000");
        var answer = Audio("107 0 97", "107 OPUS/48000/2", "97 telephone-event/8000");

        var (sdp, maps) = Answer(answer, offer);

        Assert.Equal(
            """
            m=audio 20412 RTP/AVP 96 0 101
            a=rtpmap:96 OPUS/48000/2
            a=fmtp:96 of 107
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 of 97
            a=rtcp:20413
            a=sendrecv

            """,
            sdp);
        Assert.Equal([(96, 107), (101, 97), (0, 0)], Sent(maps!.FromParty, 96, 101, 0));
        // RFC 3264 §5.1: the answerer sends with the offer's numbers; many a phone does with its own.
        Assert.Equal([(107, 96), (97, 101), (96, 96), (101, 101), (0, 0)], Sent(maps.ToParty, 107, 97, 96, 101, 0));
    }

    [Theory]
    [InlineData("0 101", "101 telephone-event/8000")]
    [InlineData("0 101", "101 TELEPHONE-EVENT/8000")]
    [InlineData("0 8 18")]
    [InlineData("0 120", "120 unknown/8000")]
    [InlineData("0 101")]
    public void An_answer_with_the_offers_numbers_passes_as_it_is(string formats, params string[] maps)
    {
        var offer = Audio("0 8 18 101", "101 telephone-event/8000");

        var (sdp, renamed) = Answer(Audio(formats, maps), offer);

        Assert.StartsWith($"m=audio 20412 RTP/AVP {formats}\n", sdp, StringComparison.Ordinal);
        Assert.All(maps, map => Assert.Contains($"a=rtpmap:{map}\n", sdp, StringComparison.Ordinal));
        Assert.Null(renamed);
    }

    [Fact]
    public void A_phone_is_offered_DTMF_at_8_kHz_beside_that_of_another_clock()
    {
        var offer = Audio("96 0 101", "96 opus/48000/2", "101 telephone-event/48000");

        Assert.Equal(
            """
            m=audio 20412 RTP/AVP 96 0 101 102
            a=rtpmap:96 opus/48000/2
            a=fmtp:96 of 96
            a=rtpmap:101 telephone-event/48000
            a=fmtp:101 of 101
            a=rtpmap:102 telephone-event/8000
            a=fmtp:102 0-15
            a=rtcp:20413
            a=sendrecv

            """,
            Offer(new(7), offer));
    }

    [Fact]
    public void An_answer_with_DTMF_at_8_kHz_is_told_by_the_offerers_clock()
    {
        var offer = Audio("96 0 101", "96 opus/48000/2", "101 telephone-event/48000");
        var answer = Audio("0 102", "102 telephone-event/8000");

        var (sdp, maps) = Answer(answer, offer);

        Assert.Equal(
            """
            m=audio 20412 RTP/AVP 0 101
            a=rtpmap:101 telephone-event/48000
            a=fmtp:101 of 102
            a=rtcp:20413
            a=sendrecv

            """,
            sdp);
        Assert.Equal((102, 160), Digit(maps!.FromParty, 101, 960));
        Assert.Equal((101, 960), Digit(maps.ToParty, 102, 160));
    }

    [Fact]
    public void Who_answers_both_clocks_gets_the_offerers_and_may_send_either()
    {
        var offer = Audio("96 101", "96 opus/48000/2", "101 telephone-event/48000");
        var answer = Audio("96 101 102", "96 opus/48000/2", "101 telephone-event/48000", "102 telephone-event/8000");

        var (sdp, maps) = Answer(answer, offer);

        Assert.StartsWith("m=audio 20412 RTP/AVP 96 101\n", sdp, StringComparison.Ordinal);
        Assert.DoesNotContain("102", sdp, StringComparison.Ordinal);
        Assert.Equal((101, 960), Digit(maps!.FromParty, 101, 960));
        Assert.Equal((101, 960), Digit(maps.ToParty, 101, 960));
        Assert.Equal((101, 960), Digit(maps.ToParty, 102, 160));
    }

    [Fact]
    public void A_browser_with_DTMF_at_its_codecs_clock_alone_offers_a_phone_DTMF_at_8_kHz()
    {
        var offer = Audio("111 0 110", "111 opus/48000/2", "110 telephone-event/48000");
        var text = Encoding.ASCII.GetString(offer.Bytes.Span).Replace("RTP/AVP", "UDP/TLS/RTP/SAVPF", StringComparison.Ordinal)
            + "a=rtcp-mux\na=setup:actpass\na=ice-ufrag:F7gI\na=ice-pwd:x9cml/YzichV2+XlhiMu8g\na=fingerprint:sha-256 "
            + "AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99\n";

        var sdp = Offer(new(7), Descriptions.Parse(text));

        Assert.StartsWith("m=audio 20412 RTP/AVP 111 0 101\n", sdp, StringComparison.Ordinal);
        Assert.Contains("a=rtpmap:101 telephone-event/8000\n", sdp, StringComparison.Ordinal);
        Assert.DoesNotContain("110", sdp, StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_is_offered_DTMF_as_the_phone_has_it()
    {
        using var dtls = DtlsContext.Create(TimeProvider.System);
        var offer = Audio("96 101", "96 opus/48000/2", "101 telephone-event/48000");

        var sdp = Offer(new(7) { Dtls = dtls, OffersDtls = true }, offer);

        Assert.StartsWith("m=audio 20412 UDP/TLS/RTP/SAVPF 96 101\n", sdp, StringComparison.Ordinal);
    }

    [Fact]
    public void A_party_that_spoke_before_is_offered_formats_by_its_own_numbers()
    {
        // RFC 3264 §8.3.2: a number never comes to mean something else.
        var leg = new SdpRewriter(7);
        Assert.True(leg.HearOffer(Audio("0 96 97 101", "96 telephone-event/8000", "97 opus/48000/2", "101 speex/8000")));

        var sdp = Offer(leg, Audio("96 101 0", "96 iLBC/8000", "101 telephone-event/8000"));

        Assert.Equal(
            """
            m=audio 20412 RTP/AVP 102 96 0
            a=rtpmap:102 iLBC/8000
            a=fmtp:102 of 96
            a=rtpmap:96 telephone-event/8000
            a=fmtp:96 of 101
            a=rtcp:20413
            a=sendrecv

            """,
            sdp);
    }

    [Fact]
    public void Redundancy_keeps_the_numbers_that_its_packets_have_within()
    {
        // RFC 2198 §3
        var offer = Audio("111 63", "111 opus/48000/2", "63 red/48000/2");
        var renamed = Audio("112 110", "112 opus/48000/2", "110 red/48000/2");

        var (sdp, maps) = Answer(renamed, Audio("111 112 113", "111 opus/48000/2", "112 red/48000/2", "113 iLBC/8000"));

        Assert.StartsWith("m=audio 20412 RTP/AVP 112 110\n", sdp, StringComparison.Ordinal);
        Assert.Null(maps);
        Assert.Null(Answer(offer, offer).Maps);
    }

    [Fact]
    public void A_party_is_offered_codecs_by_the_numbers_that_are_chosen_for_it()
    {
        var leg = new SdpRewriter(7) { CodecIds = [new("Telephone-Event", 96), new("iLBC", 101)] };
        // What had a chosen number has another one then.
        var offer = Audio("0 96 97 101", "96 opus/48000/2", "97 iLBC/8000", "101 telephone-event/8000");

        Assert.Equal(
            """
            m=audio 20412 RTP/AVP 0 102 101 96
            a=rtpmap:102 opus/48000/2
            a=fmtp:102 of 96
            a=rtpmap:101 iLBC/8000
            a=fmtp:101 of 97
            a=rtpmap:96 telephone-event/8000
            a=fmtp:96 of 101
            a=rtcp:20413
            a=sendrecv

            """,
            Offer(leg, offer));
    }

    [Theory]
    [InlineData("0 101", "101 telephone-event/8000")]
    [InlineData("0 8")]
    [InlineData("96 63 101", "96 opus/48000/2", "63 red/48000/2", "101 telephone-event/8000")]
    public void Numbers_of_codecs_that_are_not_there_or_are_named_within_packets_change_nothing(string formats, params string[] maps)
    {
        var leg = new SdpRewriter(7) { CodecIds = [new("iLBC", 97), new("opus", 100)] };

        Assert.StartsWith($"m=audio 20412 RTP/AVP {formats}\n", Offer(leg, Audio(formats, maps)), StringComparison.Ordinal);
    }

    [Fact]
    public void DTMF_that_is_added_has_the_number_that_is_chosen_for_it()
    {
        var leg = new SdpRewriter(7) { CodecIds = [new("telephone-event", 110)] };

        Assert.Contains("a=rtpmap:110 telephone-event/8000\n", Offer(leg, Audio("96 101", "96 opus/48000/2", "101 telephone-event/48000")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_party_that_has_said_its_own_numbers_is_offered_those()
    {
        var leg = new SdpRewriter(7) { CodecIds = [new("telephone-event", 96)] };
        Assert.True(leg.HearOffer(Audio("0 120", "120 telephone-event/8000")));

        Assert.StartsWith("m=audio 20412 RTP/AVP 0 120\n", Offer(leg, Audio("0 101", "101 telephone-event/8000")), StringComparison.Ordinal);
    }

    private static IEnumerable<(int, int)> Sent(PayloadTypeMap map, params byte[] types)
    {
        foreach (var type in types)
        {
            byte[] packet = [0x80, type, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9];
            map.Apply(packet);
            yield return (type, packet[1]);
        }
    }

    private static (int Type, int Duration) Digit(PayloadTypeMap map, byte type, ushort duration)
    {
        byte[] packet = [0x80, type, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 5, 0x0A, (byte)(duration >> 8), (byte)duration];
        map.Apply(packet);
        return (packet[1], packet[14] << 8 | packet[15]);
    }

    private static string Offer(SdpRewriter leg, SessionDescription offer)
    {
        Assert.True(leg.TryRewriteOffer(offer, Local, out var sdp, out var refusal), refusal.ToString());
        return AudioOf(sdp);
    }

    private static (string Sdp, PayloadTypeMaps? Maps) Answer(SessionDescription answer, SessionDescription offer)
    {
        var leg = new SdpRewriter(7);
        Assert.True(leg.HearOffer(offer));
        Assert.True(leg.TryRewriteAnswer(answer, offer, Local, out var sdp, out var refusal), refusal.ToString());
        return (AudioOf(sdp), leg.Formats);
    }

    private static string AudioOf(byte[] sdp)
    {
        var text = Encoding.ASCII.GetString(sdp).ReplaceLineEndings("\n");
        return text[text.IndexOf("m=", StringComparison.Ordinal)..];
    }

    /// <summary>An audio line; formats that are mapped have parameters, which say whose they are.</summary>
    private static SessionDescription Audio(string formats, params string[] maps)
    {
        var lines = maps.Select(map => $"a=rtpmap:{map}\na=fmtp:{map.Split(' ')[0]} of {map.Split(' ')[0]}\n");
        return Descriptions.Parse($"v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP {formats}\n{string.Concat(lines)}");
    }
}
