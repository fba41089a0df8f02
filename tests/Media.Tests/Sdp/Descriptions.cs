using System.Text;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>Session descriptions as real phones write them, and a short way to read them.</summary>
internal static class Descriptions
{
    public const string DeskPhone = """
        v=0
        o=- 3872 1 IN IP4 192.0.2.10
        s=-
        c=IN IP4 192.0.2.10
        t=0 0
        m=audio 40000 RTP/AVP 0 8 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        a=ptime:20
        a=sendrecv
        """;

    public const string DeskPhoneAnswer = """
        v=0
        o=bob 17 5 IN IP4 198.51.100.7
        s=call
        t=0 0
        m=audio 5004 RTP/AVP 8 101
        c=IN IP4 198.51.100.7
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        """;

    public const string VideoFirst = """
        v=0
        o=- 1 1 IN IP4 192.0.2.10
        s=-
        c=IN IP4 192.0.2.10
        t=0 0
        a=group:BUNDLE 0 1
        a=ice-ufrag:abcd
        a=ice-pwd:0123456789012345678901
        m=video 40002 RTP/AVP 96
        a=rtpmap:96 H264/90000
        a=mid:0
        m=audio 40000 RTP/AVPF 0 126
        c=IN IP4 192.0.2.11
        b=AS:80
        a=rtpmap:0 PCMU/8000
        a=rtpmap:126 telephone-event/8000
        a=fmtp:126 0-16
        a=mid:1
        a=rtcp:40009 IN IP4 192.0.2.12
        a=rtcp-mux
        a=rtcp-fb:* nack
        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:secret
        a=candidate:1 1 udp 2130706431 192.0.2.11 40000 typ host
        a=ssrc:1 cname:x
        a=msid:a b
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=fingerprint:sha-256 AA:BB
        a=setup:actpass
        a=x-unknown:1
        a=sendonly
        m=image 40004 udptl t38
        """;

    public static SessionDescription Parse(string text)
    {
        var understood = SessionDescription.TryParse(Encoding.Latin1.GetBytes(text), out var description, out var error);
        Assert.True(understood, error.ToString());
        return description!;
    }

    public static SdpError ErrorOf(string text)
    {
        _ = SessionDescription.TryParse(Encoding.Latin1.GetBytes(text), out _, out var error);
        return error;
    }
}
