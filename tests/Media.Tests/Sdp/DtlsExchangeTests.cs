using System.Net;
using System.Text;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>ICE and DTLS by offer and answer: RFC 8839 §4, RFC 8842 §5, RFC 8829.</summary>
public sealed class DtlsExchangeTests
{
    private const string Certificate = "sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99";
    private const string OtherCertificate = "sha-256 00:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99";
    private static readonly LocalAudio Local = new(IPAddress.Parse("203.0.113.5"), 20412, 20413);

    private readonly DtlsExchange _exchange = new(Fingerprint(Certificate));

    [Fact]
    public void A_browsers_offer_is_answered_line_by_line()
    {
        Assert.True(HearOffer());

        Assert.Equal(
            "a=ice-lite\r\na=group:BUNDLE audio0\r\n"
            + "a=mid:audio0\r\na=rtcp-mux\r\n"
            + $"a=ice-ufrag:{Text(_exchange.Terms.Local.Fragment)}\r\na=ice-pwd:{Text(_exchange.Terms.Local.Password)}\r\n"
            + "a=candidate:1 1 udp 2130706431 203.0.113.5 20412 typ host\r\na=end-of-candidates\r\n"
            + $"a=fingerprint:{Certificate}\r\na=setup:passive\r\na=msid:call audio\r\n",
            Write(isOffer: false));
        Assert.Equal(OtherCertificate, Assert.Single(_exchange.Terms.Fingerprints).ToString());
    }

    [Fact]
    public void Our_offer_leaves_the_role_to_the_browser()
    {
        Assert.Contains("a=setup:actpass\r\n", Write(isOffer: true), StringComparison.Ordinal);
        Assert.Contains("a=group:BUNDLE 0\r\na=mid:0\r\n", Write(isOffer: true), StringComparison.Ordinal);
        // It may begin before its answer comes.
        Assert.Equal((DtlsRole.Passive, 1), (_exchange.Terms.Role, _exchange.Terms.Association));

        Assert.True(HearAnswer(setup: "active"));
        Assert.Equal((DtlsRole.Passive, 1), (_exchange.Terms.Role, _exchange.Terms.Association));
    }

    [Fact]
    public void An_answerer_that_waits_has_us_begin_with_another_association()
    {
        Assert.True(HearAnswer(setup: "passive"));

        Assert.Equal((DtlsRole.Active, 2), (_exchange.Terms.Role, _exchange.Terms.Association));
    }

    [Fact]
    public void A_hold_and_its_end_change_nothing_but_the_direction()
    {
        HearOffer();
        var before = Write(isOffer: false);

        Assert.True(HearOffer());

        Assert.Equal(before, Write(isOffer: false));
        Assert.Equal(1, _exchange.Terms.Association);
    }

    [Fact]
    public void A_role_once_agreed_on_is_kept_when_the_browser_leaves_it_open_again_RFC_8842_section_5_5()
    {
        HearAnswer(setup: "passive");

        Assert.True(HearOffer());

        Assert.Equal((DtlsRole.Active, 2), (_exchange.Terms.Role, _exchange.Terms.Association));
        Assert.Contains("a=setup:active\r\n", Write(isOffer: false), StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_ICE_restart_our_credentials_are_others_and_the_association_stays_RFC_8839_section_4_4()
    {
        HearOffer();
        var before = _exchange.Terms.Local;

        Assert.True(HearOffer(fragment: "next"));

        Assert.False(_exchange.Terms.Local.IsSameAs(before));
        Assert.Equal(1, _exchange.Terms.Association);
    }

    [Fact]
    public void Another_certificate_is_another_association_RFC_8842_section_4()
    {
        HearOffer();

        Assert.True(HearOffer(fingerprint: Certificate));

        Assert.Equal(2, _exchange.Terms.Association);
        Assert.Equal(Certificate, Assert.Single(_exchange.Terms.Fingerprints).ToString());
    }

    [Fact]
    public void What_lacks_something_is_refused_and_changes_nothing()
    {
        HearOffer();
        var before = Write(isOffer: false);

        Assert.False(HearOffer(fragment: "abc"));
        Assert.False(HearOffer(fingerprint: "md5 AA"));
        Assert.False(HearOffer(setup: "holdconn"));
        Assert.False(HearOffer(more: ""));
        Assert.False(HearAnswer(setup: "actpass"));

        Assert.Equal(before, Write(isOffer: false));
        Assert.Equal(1, _exchange.Terms.Association);
    }

    private bool HearOffer(string setup = "actpass", string fragment = "k7Qd", string fingerprint = OtherCertificate, string more = "a=rtcp-mux\r\n")
    {
        var session = Browser(setup, fragment, fingerprint, more);
        return _exchange.HearOffer(session, session.Media[0]);
    }

    private bool HearAnswer(string setup)
    {
        var session = Browser(setup, "k7Qd", OtherCertificate, "a=rtcp-mux\r\n");
        return _exchange.HearAnswer(session, session.Media[0]);
    }

    private string Write(bool isOffer)
    {
        var writer = new SdpWriter(new byte[1000]);
        _exchange.WriteSession(ref writer);
        if (isOffer)
            _exchange.WriteOffer(ref writer, Local);
        else
            _exchange.WriteAnswer(ref writer, Local);
        return Text(writer.Written);
    }

    private static SessionDescription Browser(string setup, string fragment, string fingerprint, string more)
    {
        var text = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE audio0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\nc=IN IP4 0.0.0.0\r\n"
            + $"a=ice-ufrag:{fragment}\r\na=ice-pwd:3vY0uYk3w1m8l5o2s7q9Zx1a\r\na=ice-options:trickle\r\n"
            + $"a=fingerprint:{fingerprint}\r\na=setup:{setup}\r\na=mid:audio0\r\na=sendrecv\r\n{more}";
        Assert.True(SessionDescription.TryParse(Encoding.ASCII.GetBytes(text), out var session, out var error), error.ToString());
        return session;
    }

    private static CertificateFingerprint Fingerprint(string value)
    {
        Assert.True(CertificateFingerprint.TryParse(Encoding.ASCII.GetBytes(value), out var fingerprint));
        return fingerprint;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
