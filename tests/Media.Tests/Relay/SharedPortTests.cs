using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>A leg of a browser: one port for ICE, DTLS, RTP and RTCP (RFC 7983, RFC 5761, RFC 8827).</summary>
public sealed class SharedPortTests : IDisposable
{
    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly TestPhone _phone = new();
    private readonly DtlsContext _dtls;
    private readonly IceCredentials _credentials = IceCredentials.Create();
    private readonly RelayLeg _a;
    private readonly RelayLeg _b;

    public SharedPortTests()
    {
        _dtls = DtlsContext.Create(_rig.Clock);
        _a = _rig.LegWithoutRemote(IPAddress.Loopback);
        _b = _rig.Leg(_phone);
        _rig.Session.Join(_a, _b);
    }

    [Theory]
    [InlineData(DtlsRole.Passive, DtlsRole.Active)]
    [InlineData(DtlsRole.Active, DtlsRole.Passive)]
    public void A_browser_and_a_plain_phone_hear_each_other(DtlsRole ours, DtlsRole theirs)
    {
        using var browser = Connected(ours, theirs);

        Assert.Equal(SrtpProfile.AesCm128HmacSha1Tag80, _a.ReadSecurity()?.Profile);
        HearEachOther(browser);
        browser.Report(_a);
        _rig.ReportsFallDue();
        Assert.All([browser.HearsReport(), _phone.HearsReport()], report => Assert.True(RtcpPacket.IsCompound(report)));
        Assert.Equal(1, _a.ReadStatistics().RtcpReceived);
        Assert.Equal(browser.Address, _a.ReadStatistics().Remote);
    }

    [Fact]
    public void Without_a_check_nobody_is_heard_and_no_handshake_begins()
    {
        using var browser = Invited(DtlsRole.Passive, DtlsRole.Active);

        browser.Shake(_rig, _a);
        browser.Talk(_a);
        _rig.Turn();

        Assert.Equal(DtlsState.Handshaking, browser.Dtls.State);
        Assert.Empty(browser.Pending());
        Assert.False(_phone.HasHeard());
        Assert.True(_a.ReadStatistics().StrangersDropped >= 2);
    }

    [Fact]
    public void Nothing_passes_in_the_clear_before_there_are_keys()
    {
        using var browser = Invited(DtlsRole.Passive, DtlsRole.Active);
        browser.Check(_a, _credentials);
        browser.Talk(_a);
        _phone.Talk(_b);
        _phone.Report(_b);
        _rig.Turn();

        Assert.Empty(browser.Pending());
        Assert.False(_phone.HasHeard());
        Assert.Equal(1, _a.ReadStatistics().UnauthenticDropped);
        Assert.Equal(1, _b.ReadStatistics().Withheld);
    }

    [Fact]
    public void A_strangers_ClientHello_does_not_break_the_call()
    {
        using var browser = Invited(DtlsRole.Passive, DtlsRole.Active);
        using var stranger = new TestBrowser(DtlsRole.Active);
        stranger.Dtls.Begin();
        stranger.SendRecords(_a);
        browser.Check(_a, _credentials);
        _rig.Turn();
        stranger.Shake(_rig, _a);

        browser.Shake(_rig, _a);

        HearEachOther(browser);
        Assert.Empty(stranger.Pending());
        Assert.Equal(DtlsState.Handshaking, stranger.Dtls.State);
    }

    [Fact]
    public void The_end_of_a_call_ends_its_association()
    {
        // RFC 5764 §5.1.1, RFC 5246 §7.2.1
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);

        _rig.Session.Release(_a);
        _rig.Turn();

        browser.AwaitsEnd();
        Assert.Equal(DtlsState.Closed, browser.Dtls.State);
    }

    [Fact]
    public void Each_check_at_the_chosen_path_is_a_consent()
    {
        // RFC 7675 §5.1
        using var browser = Invited(DtlsRole.Passive, DtlsRole.Active);
        Assert.Null(_a.ReadConsentAge());
        browser.Check(_a, _credentials);
        _rig.Turn();
        Assert.Equal(TimeSpan.Zero, _a.ReadConsentAge());

        _rig.Clock.Advance(TimeSpan.FromSeconds(20));
        using var stranger = new TestBrowser(DtlsRole.Active);
        stranger.Check(_a, IceCredentials.Create());
        _rig.Turn();
        Assert.Equal(TimeSpan.FromSeconds(20), _a.ReadConsentAge());

        browser.Check(_a, _credentials, nominates: false);
        _rig.Turn();
        Assert.Equal(TimeSpan.Zero, _a.ReadConsentAge());
    }

    [Fact]
    public void Terms_that_did_not_change_are_not_begun_anew()
    {
        using var browser = new TestBrowser(DtlsRole.Active);
        browser.Dtls.Expect([_dtls.Fingerprint]);
        var offered = new DtlsTerms(_credentials, DtlsRole.Passive, [], 1);
        _a.Agree(offered, _dtls);
        browser.Check(_a, _credentials);
        _rig.Turn();
        var agreed = offered with { Fingerprints = [browser.Fingerprint] };
        _a.Agree(agreed, _dtls);
        browser.Shake(_rig, _a);
        HearEachOther(browser);

        _a.Agree(agreed with { }, _dtls);
        HearEachOther(browser);

        var restarted = agreed with { Local = IceCredentials.Create() };
        _a.Agree(restarted, _dtls);
        browser.Check(_a, restarted.Local);
        HearEachOther(browser);

        var anew = restarted with { Association = 2 };
        browser.Renew(DtlsRole.Active).Expect([_dtls.Fingerprint]);
        _a.Agree(anew, _dtls);
        browser.Shake(_rig, _a);
        HearEachOther(browser);
    }

    [Fact]
    public void A_stranger_neither_hears_nor_injects_anything()
    {
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);
        using var stranger = new TestBrowser(DtlsRole.Active);

        stranger.Check(_a, IceCredentials.Create());
        stranger.Talk(_a);
        _rig.Turn();

        HearEachOther(browser);
        Assert.Empty(stranger.Pending());
        Assert.False(_phone.HasHeard());
        Assert.Equal(2, _a.ReadStatistics().StrangersDropped);
    }

    [Fact]
    public void Another_certificate_than_the_descriptions_is_not_heard_and_the_leg_says_why()
    {
        using var other = DtlsContext.Create(_rig.Clock);
        using var browser = Invited(DtlsRole.Passive, DtlsRole.Active, other.Fingerprint);
        browser.Check(_a, _credentials);
        _rig.Turn();

        browser.Shake(_rig, _a);

        Assert.Equal((DtlsState.Failed, DtlsFailure.WrongFingerprint), (_a.ReadSecurity()?.State, _a.ReadSecurity()?.Failure));
        _phone.Talk(_b);
        browser.Talk(_a);
        _rig.Turn();
        Assert.False(_phone.HasHeard());
    }

    [Fact]
    public void A_browser_that_changes_its_network_goes_on_with_its_keys()
    {
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);
        HearEachOther(browser);

        browser.Move();
        _rig.Clock.Advance(TimeSpan.FromSeconds(5));
        browser.Check(_a, _credentials);
        _rig.Turn();

        HearEachOther(browser);
        Assert.Equal(browser.Address, _a.ReadStatistics().Remote);
    }

    [Fact]
    public void After_an_ICE_restart_the_new_credentials_move_the_path_and_the_keys_stay()
    {
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);
        var next = IceCredentials.Create();
        _a.RestartIce(next);
        HearEachOther(browser);

        browser.Move();
        browser.Check(_a, next);
        _rig.Turn();

        HearEachOther(browser);
    }

    [Fact]
    public void Another_association_has_other_keys_on_the_same_path_RFC_8842_section_4()
    {
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);
        HearEachOther(browser);

        browser.Renew(DtlsRole.Passive).Expect([_dtls.Fingerprint]);
        _a.UseIce(_credentials, _dtls, DtlsRole.Active);
        _a.ExpectCertificate([browser.Fingerprint]);
        browser.Talk(_a);
        _rig.Turn();
        Assert.False(_phone.HasHeard());

        browser.Shake(_rig, _a);
        HearEachOther(browser);
    }

    [Fact]
    public void A_description_repeated_changes_neither_path_nor_keys()
    {
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);

        _a.SetRemote(new(new(IPAddress.Loopback, 9), new(IPAddress.Loopback, 10), MediaDirection.SendRecv, false), IPAddress.Loopback, relearn: true);

        HearEachOther(browser);
    }

    [Fact]
    public void When_the_browser_closes_nothing_is_heard_any_more()
    {
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);

        browser.Dtls.Close();
        browser.SendRecords(_a);
        _rig.Turn();
        browser.Talk(_a);
        _phone.Talk(_b);
        _rig.Turn();

        Assert.Equal(DtlsState.Closed, _a.ReadSecurity()?.State);
        Assert.DoesNotContain(DatagramKind.Rtp, browser.Pending());
        Assert.False(_phone.HasHeard());
    }

    [Fact]
    public void A_handshake_that_gets_no_answer_fails_in_time()
    {
        using var browser = Invited(DtlsRole.Active, DtlsRole.Passive);
        browser.Check(_a, _credentials);
        _rig.Turn();
        Assert.InRange(_rig.Relay.Loops[0].Handshakes.WaitMilliseconds, 0, (int)DtlsAssociation.HandshakeTimeout.TotalMilliseconds);

        _rig.Clock.Advance(DtlsAssociation.HandshakeTimeout);
        _rig.Turn();

        Assert.Equal(DtlsFailure.TimedOut, _a.ReadSecurity()?.Failure);
        Assert.Equal(Timeout.Infinite, _rig.Relay.Loops[0].Handshakes.WaitMilliseconds);
    }

    [Fact]
    public void The_relays_own_thread_sends_a_ClientHello_again_that_got_no_answer_RFC_6347_section_4_2_4()
    {
        using var relay = new MediaRelay(RelayRig.Options(), TimeProvider.System, _rig.Metrics(), NullLogger<MediaRelay>.Instance);
        relay.Start();
        using var session = relay.OpenSession();
        Assert.True(session.TryAllocateLeg(IPAddress.Loopback, out var leg, out _));
        using var dtls = DtlsContext.Create(TimeProvider.System);
        leg.UseIce(_credentials, dtls, DtlsRole.Active);
        using var browser = new TestBrowser(DtlsRole.Passive);

        browser.Check(leg, _credentials);

        Assert.Equal(DatagramKind.Stun, browser.Waits());
        Assert.Equal(DatagramKind.Dtls, browser.Waits());
        Assert.Equal(DatagramKind.Dtls, browser.Waits());
    }

    [Fact]
    public void A_call_that_ends_amid_a_handshake_leaves_nothing()
    {
        using var browser = Invited(DtlsRole.Active, DtlsRole.Passive);
        browser.Check(_a, _credentials);
        _rig.Turn();

        _rig.Session.Dispose();
        browser.Check(_a, _credentials);
        _rig.Turn();

        Assert.Equal(DtlsState.Handshaking, _a.ReadSecurity()?.State);
        Assert.Equal(Timeout.Infinite, _rig.Relay.Loops[0].Handshakes.WaitMilliseconds);
    }

    [Fact]
    public void Passing_packets_on_and_answering_checks_allocates_nothing()
    {
        using var browser = Connected(DtlsRole.Passive, DtlsRole.Active);
        _ = Exchange();

        Assert.True(Allocations.AreNone(Exchange));

        long Exchange()
        {
            for (var i = 0; i < 50; i++)
            {
                browser.Talk(_a);
                _phone.Talk(_b);
                browser.Check(_a, _credentials);
                browser.Report(_a);
            }

            return _rig.TurnCosts();
        }
    }

    public void Dispose()
    {
        _rig.Dispose();
        _dtls.Dispose();
        _phone.Dispose();
    }

    /// <summary>A browser whose description has come, and who knows ours.</summary>
    private TestBrowser Invited(DtlsRole ours, DtlsRole theirs, CertificateFingerprint? fingerprint = null)
    {
        var browser = new TestBrowser(theirs);
        browser.Dtls.Expect([_dtls.Fingerprint]);
        _a.UseIce(_credentials, _dtls, ours);
        _a.ExpectCertificate([fingerprint ?? browser.Fingerprint]);
        return browser;
    }

    private TestBrowser Connected(DtlsRole ours, DtlsRole theirs)
    {
        var browser = Invited(ours, theirs);
        browser.Check(_a, _credentials);
        _rig.Turn();
        browser.Shake(_rig, _a);
        Assert.Equal(DtlsState.Established, browser.Dtls.State);
        return browser;
    }

    private void HearEachOther(TestBrowser browser)
    {
        var said = browser.Talk(_a);
        _rig.Turn();
        Assert.Equal(said, _phone.Hears());
        said = _phone.Talk(_b);
        _rig.Turn();
        Assert.Equal(said, browser.Hears());
    }
}
