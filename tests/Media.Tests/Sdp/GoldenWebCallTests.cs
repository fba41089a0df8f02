using System.Net;
using System.Text;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>
/// Whole descriptions, to the letter, of calls between a browser and a desk phone, either calling: offer and answer, hold and resume by either (RFC 3264 §8.4),
/// another ICE session (RFC 8839 §4.4).
/// </summary>
public sealed class GoldenWebCallTests : IDisposable
{
    private const string Certificate = "sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99";
    private static readonly LocalAudio ToBrowser = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);
    private static readonly LocalAudio ToPhone = new(IPAddress.Parse("203.0.113.5"), 20500, 20501);

    private readonly DtlsContext _dtls = DtlsContext.Create(TimeProvider.System);
    private readonly SdpRewriter _browser;
    private readonly SdpRewriter _phone = new(8);

    public GoldenWebCallTests() => _browser = new(7) { Dtls = _dtls, OffersDtls = true };

    public void Dispose() => _dtls.Dispose();

    [Fact]
    public void A_browser_calls_holds_resumes_and_begins_ICE_anew()
    {
        var told = BrowserOffers(Browser("actpass"), Phone());
        Assert.Equal((Phone(local: true), Told("passive")), told);

        told = BrowserOffers(Browser("actpass", "sendonly", version: 2), Phone("recvonly", version: 2));
        Assert.Equal((Phone("sendonly", 2, local: true), Told("passive", "recvonly", 2)), told);

        told = BrowserOffers(Browser("actpass", version: 3), Phone(version: 3));
        Assert.Equal((Phone(version: 3, local: true), Told("passive", version: 3)), told);

        // The phone hears nothing of it: the same words have the same version (RFC 3264 §8).
        var before = Told("passive", version: 4);
        told = BrowserOffers(Browser("actpass", version: 4, fragment: "next"), Phone(version: 3));
        Assert.Equal((Phone(version: 3, local: true), Told("passive", version: 4)), told);
        Assert.NotEqual(before, told.Browser);
    }

    [Fact]
    public void A_phone_calls_a_browser_holds_and_resumes()
    {
        var told = PhoneOffers(Phone(), Browser("active"));
        Assert.Equal((Told("actpass"), Phone(local: true)), told);

        told = PhoneOffers(Phone("sendonly", 2), Browser("active", "recvonly", 2));
        Assert.Equal((Told("actpass", "sendonly", 2), Phone("recvonly", 2, local: true)), told);

        told = PhoneOffers(Phone(version: 3), Browser("active", version: 3));
        Assert.Equal((Told("actpass", version: 3), Phone(version: 3, local: true)), told);
    }

    [Fact]
    public void A_phone_that_was_called_by_a_browser_holds_and_the_browser_keeps_its_role()
    {
        BrowserOffers(Browser("actpass"), Phone());

        var told = PhoneOffers(Phone("inactive", 2), Browser("active", "inactive", 2));

        Assert.Equal((Told("actpass", "inactive", 2), Phone("inactive", 2, local: true)), told);
        Assert.Equal((DtlsRole.Passive, 1), (_browser.Terms!.Role, _browser.Terms.Association));
    }

    private (string Phone, string Browser) BrowserOffers(string offer, string answer)
    {
        var (offered, answered) = (Parse(offer), Parse(answer));
        Assert.True(_browser.HearOffer(offered));
        Assert.True(_phone.TryRewriteOffer(offered, ToPhone, out var toPhone, out _));
        Assert.True(_phone.HearAnswer(answered));
        Assert.True(_browser.TryRewriteAnswer(answered, offered, ToBrowser, out var toBrowser, out _));
        return (Text(toPhone), Text(toBrowser));
    }

    private (string Browser, string Phone) PhoneOffers(string offer, string answer)
    {
        var (offered, answered) = (Parse(offer), Parse(answer));
        Assert.True(_phone.HearOffer(offered));
        Assert.True(_browser.TryRewriteOffer(offered, ToBrowser, out var toBrowser, out _));
        Assert.True(_browser.HearAnswer(answered));
        Assert.True(_phone.TryRewriteAnswer(answered, offered, ToPhone, out var toPhone, out _));
        return (Text(toBrowser), Text(toPhone));
    }

    /// <summary>What Chromium says, with the formats that both have.</summary>
    private static string Browser(string setup, string direction = "sendrecv", int version = 1, string fragment = "F7gI") => $"""
        v=0
        o=- 4611732212 {version} IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        a=extmap-allow-mixed
        a=msid-semantic: WMS stream
        m=audio 53211 UDP/TLS/RTP/SAVPF 0 126
        c=IN IP4 192.0.2.33
        a=rtcp:9 IN IP4 0.0.0.0
        a=candidate:1 1 udp 2122260223 192.0.2.33 53211 typ host generation 0
        a=ice-ufrag:{fragment}
        a=ice-pwd:x9cml/YzichV2+XlhiMu8g
        a=ice-options:trickle
        a=fingerprint:{Certificate}
        a=setup:{setup}
        a=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a={direction}
        a=msid:stream track
        a=rtcp-mux
        a=rtpmap:0 PCMU/8000
        a=rtcp-fb:0 transport-cc
        a=rtpmap:126 telephone-event/8000
        a=ssrc:1 cname:x

        """;

    /// <summary>What it is told.</summary>
    private string Told(string setup, string direction = "sendrecv", int version = 1) => $"""
        v=0
        o=- 7 {version} IN IP4 203.0.113.5
        s=-
        c=IN IP4 203.0.113.5
        t=0 0
        a=ice-lite
        a=group:BUNDLE 0
        m=audio 20412 UDP/TLS/RTP/SAVPF 0 126
        a=rtpmap:0 PCMU/8000
        a=rtpmap:126 telephone-event/8000
        a=mid:0
        a=rtcp-mux
        a=ice-ufrag:{Encoding.ASCII.GetString(_browser.Terms!.Local.Fragment)}
        a=ice-pwd:{Encoding.ASCII.GetString(_browser.Terms.Local.Password)}
        a=candidate:1 1 udp 2130706431 203.0.113.5 20412 typ host
        a=end-of-candidates
        a=fingerprint:{_dtls.Fingerprint}
        a=setup:{setup}
        a=msid:call audio
        a={direction}

        """;

    /// <summary>What the phone says, and, with our address, what it is told.</summary>
    private static string Phone(string direction = "sendrecv", int version = 1, bool local = false) => $"""
        v=0
        o={(local ? "- 8" : "phone 1")} {version} IN IP4 {(local ? "203.0.113.5" : "192.0.2.7")}
        s=-
        c=IN IP4 {(local ? "203.0.113.5" : "192.0.2.7")}
        t=0 0
        m=audio {(local ? 20500 : 41000)} RTP/AVP 0 126
        a=rtpmap:0 PCMU/8000
        a=rtpmap:126 telephone-event/8000
        {(local ? "a=rtcp:20501\n" : "")}a={direction}

        """;

    private static string Text(byte[]? sdp) => Encoding.ASCII.GetString(sdp!).ReplaceLineEndings("\n");

    private static SessionDescription Parse(string text)
    {
        Assert.True(SessionDescription.TryParse(Encoding.ASCII.GetBytes(text), out var description, out _));
        return description;
    }
}
