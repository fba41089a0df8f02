using System.Net;
using System.Text;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>What becomes of a browser's description for a phone, and of a phone's for a browser (RFC 8829, RFC 7874).</summary>
public sealed class WebRewriterTests : IDisposable
{
    private const string Fingerprint = "sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99";

    /// <summary>As Chromium writes it, with a camera.</summary>
    private static readonly SessionDescription Offer = Parse($"""
        v=0
        o=- 4611732212 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=extmap-allow-mixed
        a=msid-semantic: WMS stream
        m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:F7gI
        a=ice-pwd:x9cml/YzichV2+XlhiMu8g
        a=ice-options:trickle
        a=fingerprint:{Fingerprint}
        a=setup:actpass
        a=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=sendrecv
        a=msid:stream track
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=rtcp-fb:111 transport-cc
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111
        a=rtpmap:9 G722/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:13 CN/8000
        a=rtpmap:110 telephone-event/48000
        a=rtpmap:126 telephone-event/8000
        a=ssrc:1 cname:x
        m=video 9 UDP/TLS/RTP/SAVPF 96
        c=IN IP4 0.0.0.0
        a=mid:1
        a=rtpmap:96 VP8/90000

        """);

    private static readonly SessionDescription Answer = Parse("""
        v=0
        o=phone 1 1 IN IP4 192.0.2.7
        s=-
        c=IN IP4 192.0.2.7
        t=0 0
        m=audio 41000 RTP/AVP 0 126
        a=rtpmap:0 PCMU/8000
        a=rtpmap:126 telephone-event/8000
        a=fmtp:126 0-15
        a=ptime:20
        a=sendrecv
        m=video 0 UDP/TLS/RTP/SAVPF 96

        """);

    private static readonly LocalAudio Local = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);
    private readonly DtlsContext _dtls = DtlsContext.Create(TimeProvider.System);

    public void Dispose() => _dtls.Dispose();

    [Fact]
    public void A_phone_is_offered_what_a_phone_can_do()
    {
        Assert.True(new SdpRewriter(7).TryRewriteOffer(Offer, Local, out var sdp, out _));

        Assert.Equal(
            """
            v=0
            o=- 7 1 IN IP4 203.0.113.5
            s=-
            c=IN IP4 203.0.113.5
            t=0 0
            m=audio 20412 RTP/AVP 111 9 0 8 13 126
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:13 CN/8000
            a=rtpmap:126 telephone-event/8000
            a=rtcp:20413
            a=sendrecv
            m=video 0 UDP/TLS/RTP/SAVPF 96

            """,
            Text(sdp));
    }

    [Fact]
    public void A_browser_is_answered_in_kind_and_its_camera_is_out_of_the_bundle()
    {
        var leg = Web();
        Assert.True(leg.HearOffer(Offer));

        Assert.True(leg.TryRewriteAnswer(Answer, Offer, Local, out var sdp, out _));

        var own = leg.Terms!.Local;
        Assert.Equal(
            $"""
            v=0
            o=- 7 1 IN IP4 203.0.113.5
            s=-
            c=IN IP4 203.0.113.5
            t=0 0
            a=ice-lite
            a=group:BUNDLE 0
            m=audio 20412 UDP/TLS/RTP/SAVPF 0 126
            a=rtpmap:0 PCMU/8000
            a=rtpmap:126 telephone-event/8000
            a=fmtp:126 0-15
            a=ptime:20
            a=mid:0
            a=rtcp-mux
            a=ice-ufrag:{Encoding.ASCII.GetString(own.Fragment)}
            a=ice-pwd:{Encoding.ASCII.GetString(own.Password)}
            a=candidate:1 1 udp 2130706431 203.0.113.5 20412 typ host
            a=end-of-candidates
            a=fingerprint:{_dtls.Fingerprint}
            a=setup:passive
            a=msid:call audio
            a=sendrecv
            m=video 0 UDP/TLS/RTP/SAVPF 96
            a=mid:1

            """,
            Text(sdp));
    }

    [Fact]
    public void Another_browser_is_offered_all_formats()
    {
        Assert.True(Web(offers: true).TryRewriteOffer(Offer, Local, out var sdp, out _));

        Assert.Contains("m=audio 20412 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\n", Text(sdp), StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_that_names_no_address_does_not_hold()
    {
        // RFC 8839 §4.2.5, against RFC 3264 §8.4 of old.
        Assert.Equal(SdpRefusal.None, RemoteAudio.Read(Offer, out var audio));

        Assert.False(audio!.IsHolding);
        Assert.True(audio.IsByDtls);
        Assert.Null(audio.Rtp);
    }

    [Fact]
    public void Without_DTLS_here_a_browser_is_refused()
    {
        var leg = new SdpRewriter(7);

        Assert.False(leg.MayHearOffer(Offer));
        Assert.False(leg.HearOffer(Offer));
        Assert.Null(leg.Terms);
    }

    [Fact]
    public void Who_was_offered_DTLS_and_answers_without_is_not_heard()
    {
        var leg = Web(offers: true);
        Assert.True(leg.TryRewriteOffer(Answer, Local, out _, out _));

        Assert.False(leg.HearAnswer(Answer));
    }

    [Fact]
    public void Who_was_offered_plain_RTP_and_answers_by_DTLS_is_not_heard()
    {
        var leg = Web();
        Assert.True(leg.TryRewriteOffer(Answer, Local, out _, out _));

        Assert.False(leg.HearAnswer(Offer));
    }

    [Fact]
    public void A_party_that_has_spoken_plainly_is_not_offered_DTLS_later()
    {
        var leg = Web(offers: true);
        Assert.True(leg.HearOffer(Answer));
        Assert.True(leg.TryRewriteAnswer(Answer, Answer, Local, out _, out _));

        Assert.True(leg.TryRewriteOffer(Answer, Local, out var sdp, out _));

        Assert.Contains("m=audio 20412 RTP/AVP 0 126\n", Text(sdp), StringComparison.Ordinal);
    }

    [Fact]
    public void No_end_of_DTLS_is_agreed_to_once_it_is_spoken()
    {
        var leg = Web();
        Assert.True(leg.HearOffer(Offer));

        Assert.False(leg.MayHearOffer(Answer));
        Assert.False(leg.HearOffer(Answer));
    }

    private SdpRewriter Web(bool offers = false) => new(7) { Dtls = _dtls, OffersDtls = offers };

    private static string Text(byte[]? sdp) => Encoding.ASCII.GetString(sdp!).ReplaceLineEndings("\n");

    private static SessionDescription Parse(string text)
    {
        Assert.True(SessionDescription.TryParse(Encoding.ASCII.GetBytes(text), out var description, out _));
        return description;
    }
}
