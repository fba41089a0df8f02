using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Sdp;

/// <summary>What descriptions say of ICE and DTLS: RFC 8839 §5, RFC 8842 §5, RFC 8122 §5.</summary>
public sealed class RemoteIceTests
{
    private const string Fingerprint = "sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99";
    private const string Ice = "a=ice-ufrag:k7Qd\r\na=ice-pwd:3vY0uYk3w1m8l5o2s7q9Zx1a\r\n";

    [Fact]
    public void The_candidates_of_RFC_8839_section_5_1_are_read()
    {
        var host = Read("1 1 UDP 2130706431 203.0.113.141 8998 typ host");
        var reflexive = Read("2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998");

        Assert.Equal(new("1", 1, true, 2130706431, IPAddress.Parse("203.0.113.141"), 8998, IceCandidateType.Host), host);
        Assert.Equal((IceCandidateType.ServerReflexive, 45664), (reflexive!.Type, reflexive.Port));
        Assert.Equal(IPAddress.Parse("2001:db8::9"), Read("1 1 udp 1 2001:db8::9 9 typ relay raddr :: rport 9 generation 0 network-id 1")?.Address);
    }

    [Fact]
    public void A_browsers_hidden_address_is_a_candidate_without_one()
    {
        var hidden = Read("842163049 1 udp 1677729535 4f4c2c4f-6f5c-4f5e-8b8e-1d2d6f0d7a01.local 46154 typ host generation 0 network-cost 999");

        Assert.Null(hidden?.Address);
        Assert.Equal(46154, hidden?.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 1 UDP 2130706431 203.0.113.141 8998")]
    [InlineData("1 0 UDP 2130706431 203.0.113.141 8998 typ host")]
    [InlineData("1 257 UDP 2130706431 203.0.113.141 8998 typ host")]
    [InlineData("1 1 UDP 0 203.0.113.141 8998 typ host")]
    [InlineData("1 1 UDP 2147483648 203.0.113.141 8998 typ host")]
    [InlineData("1 1 UDP 1 203.0.113.141 65536 typ host")]
    [InlineData("1 1 UDP 1 203.0.113.141 8998 type host")]
    [InlineData("1 1 UDP 1 203.0.113.141 8998 typ ghost")]
    [InlineData("123456789012345678901234567890123 1 UDP 1 203.0.113.141 8998 typ host")]
    public void What_is_no_candidate_is_passed_over(string value) => Assert.Null(Read(value));

    [Fact]
    public void What_is_written_is_read_as_the_same() =>
        Prop.ForAll(Gen.Choose(0, 65535).ToArbitrary(), Gen.Elements("192.0.2.1", "2001:db8::1", "255.255.255.255").ToArbitrary(), (port, address) =>
        {
            var candidate = IceCandidate.Host(IPAddress.Parse(address), port);
            var buffer = new byte[IceCandidate.MaxOwnBytes];
            return IceCandidate.TryParse(buffer.AsSpan(0, candidate.Write(buffer)), out var read) && read == candidate;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Arbitrary_text_never_throws() =>
        Prop.ForAll<byte[]>(bytes => IceCandidate.TryParse([.. "1 1 udp 1 "u8, .. bytes], out _) || SetupRoles.TryParse(bytes, out _) || true)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_medium_is_asked_before_the_session()
    {
        var session = Parse("a=ice-lite\r\na=ice-ufrag:abcd\r\na=ice-pwd:0000000000000000000000\r\n", Ice + "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n");

        Assert.True(RemoteIce.TryRead(session, session.Media[0], out var ice));
        Assert.True(ice.IsLite);
        Assert.False(ice.IsComplete);
        Assert.Equal("k7Qd", Encoding.ASCII.GetString(ice.Credentials.Fragment));
        Assert.Single(ice.Candidates);
    }

    [Fact]
    public void What_the_session_says_holds_for_its_media()
    {
        var session = Parse(Ice + $"a=end-of-candidates\r\na=setup:actpass\r\na=fingerprint:{Fingerprint}\r\n", "");

        Assert.True(RemoteIce.TryRead(session, session.Media[0], out var ice));
        Assert.True(ice.IsComplete);
        Assert.True(RemoteDtls.TryRead(session, session.Media[0], out var dtls));
        Assert.Equal(SetupRole.ActPass, dtls.Setup);
        Assert.Equal(Fingerprint, Assert.Single(dtls.Fingerprints).ToString());
    }

    [Theory]
    [InlineData("a=ice-ufrag:k7Qd\r\n")]
    [InlineData("a=ice-ufrag:k7Q\r\na=ice-pwd:3vY0uYk3w1m8l5o2s7q9Zx1a\r\n")]
    [InlineData("a=ice-ufrag:k7Qd\r\na=ice-pwd:short\r\n")]
    public void Half_an_ICE_is_none(string media)
    {
        var session = Parse("", media);

        Assert.False(RemoteIce.TryRead(session, session.Media[0], out _));
    }

    [Theory]
    [InlineData("a=setup:active\r\n")]
    [InlineData("a=setup:active\r\na=fingerprint:md5 AA:BB\r\n")]
    [InlineData($"a=setup:first\r\na=fingerprint:{Fingerprint}\r\n")]
    public void DTLS_without_a_fingerprint_or_with_a_role_that_is_none_is_none(string media)
    {
        var session = Parse("", media);

        Assert.False(RemoteDtls.TryRead(session, session.Media[0], out _));
    }

    [Theory]
    [InlineData("a=setup:actpass\r\n", DtlsRole.Passive, null)]
    [InlineData("a=setup:active\r\n", DtlsRole.Passive, DtlsRole.Passive)]
    [InlineData("a=setup:passive\r\n", DtlsRole.Active, DtlsRole.Active)]
    [InlineData("a=setup:holdconn\r\n", null, null)]
    [InlineData("", DtlsRole.Passive, DtlsRole.Active)]
    public void Who_begins_follows_from_what_the_party_says_RFC_8842_section_5(string setup, DtlsRole? againstOffer, DtlsRole? againstAnswer)
    {
        var session = Parse("", setup + $"a=fingerprint:{Fingerprint}\r\n");

        Assert.True(RemoteDtls.TryRead(session, session.Media[0], out var dtls));
        Assert.Equal((againstOffer, againstAnswer), (dtls.RoleAgainstOffer, dtls.RoleAgainstAnswer));
    }

    [Fact]
    public void What_we_write_for_a_browser_is_read_as_the_same()
    {
        var credentials = IceCredentials.Create();
        Assert.True(CertificateFingerprint.TryParse(Encoding.ASCII.GetBytes(Fingerprint), out var fingerprint));
        var writer = new SdpWriter(new byte[1000]);
        writer.WriteIceCredentials(credentials);
        writer.WriteCandidate(IceCandidate.Host(IPAddress.Parse("203.0.113.5"), 20412));
        writer.WriteFlag("end-of-candidates"u8);
        writer.WriteFingerprint(fingerprint);
        writer.WriteSetup(SetupRole.Passive);
        var session = Parse("", Encoding.ASCII.GetString(writer.Written));

        Assert.Contains("a=candidate:1 1 udp 2130706431 203.0.113.5 20412 typ host\r\n", Encoding.ASCII.GetString(writer.Written), StringComparison.Ordinal);
        Assert.True(RemoteIce.TryRead(session, session.Media[0], out var ice) && RemoteDtls.TryRead(session, session.Media[0], out var dtls)
            && ice.Credentials.IsSameAs(credentials) && ice.IsComplete && !ice.IsLite
            && dtls.Setup == SetupRole.Passive && dtls.Fingerprints[0].IsSameAs(fingerprint));
    }

    private static IceCandidate? Read(string value) => IceCandidate.TryParse(Encoding.UTF8.GetBytes(value), out var candidate) ? candidate : null;

    private static SessionDescription Parse(string session, string media)
    {
        var text = $"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n{session}m=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n{media}";
        Assert.True(SessionDescription.TryParse(Encoding.ASCII.GetBytes(text), out var description, out var error), error.ToString());
        return description;
    }
}
