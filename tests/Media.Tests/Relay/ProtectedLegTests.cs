using System.Buffers.Binary;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Legs with SRTP (RFC 3711): each has its own keys, the relay opens and seals between them.</summary>
public sealed class ProtectedLegTests : IDisposable
{
    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };

    public static TheoryData<SrtpProfile> Profiles => [.. Enum.GetValues<SrtpProfile>()];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_plain_party_and_a_protected_one_hear_each_other(SrtpProfile profile)
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Protect(_bob, b, profile);

        Assert.Equal(Said(_alice, a), _bob.Hears());
        Assert.Equal(Said(_bob, b), _alice.Hears());
        Report(_alice, a);
        Report(_bob, b);
        _rig.ReportsFallDue();
        Assert.All([_bob.HearsReport(), _alice.HearsReport()], report => Assert.True(RtcpPacket.IsCompound(report)));
        Assert.Equal((1, 1), (a.ReadStatistics().RtcpReceived, b.ReadStatistics().RtcpReceived));
    }

    [Fact]
    public void Two_parties_with_other_keys_and_profiles_hear_each_other()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Protect(_alice, a, SrtpProfile.AesCm128HmacSha1Tag32);
        Protect(_bob, b, SrtpProfile.AeadAes256Gcm);

        Assert.Equal(Said(_alice, a), _bob.Hears());
        Assert.Equal(Said(_bob, b), _alice.Hears());
    }

    [Fact]
    public void A_wrong_tag_a_replay_and_a_plain_packet_do_not_pass_and_are_counted()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        var keys = Protect(_alice, a, SrtpProfile.AesCm128HmacSha1Tag80);
        using var forger = new SrtpSender(SrtpKey.Create(SrtpProfile.AesCm128HmacSha1Tag80));

        _alice.Sealer = null;
        _alice.Talk(a);
        _alice.Sealer = forger;
        _alice.Talk(a);
        _alice.Sealer = new(keys.Theirs);
        Said(_alice, a);
        _bob.Hears();
        using var again = new SrtpSender(keys.Theirs);
        _alice.Skip(unchecked((ushort)-1));
        _alice.Sealer = again;
        _alice.Talk(a);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
        Assert.Equal(3, a.ReadStatistics().UnauthenticDropped);
        Assert.Equal(1, b.ReadStatistics().PacketsSent);
    }

    [Fact]
    public void Who_has_not_the_key_teaches_no_address()
    {
        using var stranger = new TestPhone { Ssrc = 9 };
        var (a, _) = _rig.Joined(_alice, _bob);
        var keys = Keys(SrtpProfile.AesCm128HmacSha1Tag80);
        _alice.Protect(keys);
        // What it says is behind a NAT: the first packet that is valid tells its address.
        a.SetRemote(_alice.Says("192.168.1.7"), _alice.Address, keys: keys);

        stranger.Talk(a);
        _rig.Turn();
        var heard = Said(_alice, a);

        Assert.Equal(heard, _bob.Hears());
        Assert.Equal(_alice.Rtp, a.ReadStatistics().Remote);
    }

    [Fact]
    public void A_repeated_description_keeps_the_place_in_the_sequence_and_another_key_begins_anew()
    {
        // RFC 3711 §3.3.1: the rollover counter outlives a re-INVITE with the same key.
        var (a, _) = _rig.Joined(_alice, _bob);
        var keys = Protect(_alice, a, SrtpProfile.AesCm128HmacSha1Tag80);
        _alice.Skip(65000);
        for (var i = 0; i < 1000; i++)
            Assert.Equal(Said(_alice, a), _bob.Hears());

        a.SetRemote(_alice.Says(), _alice.Address, keys: keys);
        Assert.Equal(Said(_alice, a), _bob.Hears());

        Protect(_alice, a, SrtpProfile.AeadAes128Gcm);
        Assert.Equal(Said(_alice, a), _bob.Hears());
        Assert.Equal(0, a.ReadStatistics().UnauthenticDropped);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Packets_under_way_when_the_key_changes_are_heard_until_the_new_key_is(SrtpProfile profile)
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        Protect(_alice, a, profile);
        Assert.Equal(Said(_alice, a), _bob.Hears());
        var former = _alice.Sealer;

        var keys = Keys(profile);
        a.SetRemote(_alice.Says(), _alice.Address, keys: keys);
        Assert.Equal(Said(_alice, a), _bob.Hears());
        Report(_alice, a);
        Assert.Equal(1, a.ReadStatistics().RtcpReceived);

        _alice.Protect(keys);
        Assert.Equal(Said(_alice, a), _bob.Hears());
        _alice.Sealer = former;
        Said(_alice, a);

        Assert.False(_bob.HasHeard());
        Assert.Equal(1, a.ReadStatistics().UnauthenticDropped);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_no_packet_at_all_is_invalid_whatever_its_length_and_passes_on_neither_port(SrtpProfile profile)
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Protect(_alice, a, profile);
        for (var length = 1; length < 80; length++)
        {
            // RFC 5389 §6: the first two bits of a STUN message are zero.
            var stun = new byte[length];
            _alice.Send(a, stun);
            _alice.SendReport(a, stun);
            // Header-only packets of RTP and RTCP, with zeros for a tag.
            var rtp = new byte[length];
            rtp[0] = 0x80;
            _alice.Send(a, rtp);
            var rtcp = new byte[length];
            (rtcp[0], rtcp[Math.Min(1, length - 1)]) = (0x80, 203);
            _alice.SendReport(a, rtcp);
            _rig.Turn();
        }

        Assert.False(_bob.HasHeard());
        var figures = a.ReadStatistics();
        Assert.Equal(4 * 79, figures.InvalidDropped + figures.UnauthenticDropped);
        Assert.InRange(figures.InvalidDropped, 2 * 79, 4 * 79);
        Assert.Equal(0, b.ReadStatistics().PacketsSent + b.ReadStatistics().RtcpSent);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_flood_of_forgeries_under_the_partys_own_address_costs_it_nothing_but_their_count(SrtpProfile profile)
    {
        // CVE-2021-26712, CVE-2021-41105: the call lives.
        var (a, _) = _rig.Joined(_alice, _bob);
        var keys = Protect(_alice, a, profile);
        Assert.Equal(Said(_alice, a), _bob.Hears());
        for (var ssrc = 100u; ssrc < 300; ssrc++)
        {
            using var forger = new SrtpSender(SrtpKey.Create(profile));
            _alice.Sealer = forger;
            _alice.Ssrc = ssrc % 2 == 0 ? 1 : ssrc;
            _alice.Talk(a);
            _rig.Turn();
        }

        _alice.Ssrc = 1;
        _alice.Sealer = new(keys.Theirs);
        Assert.Equal(Said(_alice, a), _bob.Hears());
        Assert.Equal(200, a.ReadStatistics().UnauthenticDropped);
        Assert.False(_bob.HasHeard());
    }

    [Fact]
    public void A_packet_that_came_twice_is_sealed_once()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Protect(_bob, b, SrtpProfile.AeadAes128Gcm);
        var packet = Said(_alice, a);
        Assert.Equal(packet, _bob.Hears());

        _alice.Send(a, packet);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
        Assert.Equal((1L, 0L), (a.ReadStatistics().Withheld, b.ReadStatistics().Withheld));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_party_that_begins_anew_is_heard_from_its_second_packet(bool isProtected)
    {
        // Another key for the same source, whose numbers go back: for bob all is one stream.
        var (a, b) = _rig.Joined(_alice, _bob);
        Protect(_bob, b, SrtpProfile.AesCm128HmacSha1Tag80);
        if (isProtected)
            Protect(_alice, a, SrtpProfile.AeadAes256Gcm);
        _alice.Skip(50_000);
        Said(_alice, a);
        var before = SequenceOf(_bob.Hears());

        if (isProtected)
            Protect(_alice, a, SrtpProfile.AeadAes256Gcm);
        _alice.Skip(unchecked((ushort)-20_000));
        Said(_alice, a);
        Assert.False(_bob.HasHeard());
        Assert.Equal(1, a.ReadStatistics().Withheld);

        for (var i = 1; i <= 3; i++)
        {
            Said(_alice, a);
            Assert.Equal((ushort)(before + i), SequenceOf(_bob.Hears()));
        }
    }

    [Fact]
    public void A_party_on_hold_for_half_an_hour_of_packets_is_heard_again()
    {
        // RFC 3711 §3.3.1: who missed more than half a cycle guesses the rollover counter wrong.
        var (a, b) = _rig.Joined(_alice, _bob);
        Protect(_bob, b, SrtpProfile.AesCm128HmacSha1Tag80);
        Said(_alice, a);
        var before = SequenceOf(_bob.Hears());

        _alice.Skip(40_000);
        Said(_alice, a);
        Said(_alice, a);

        Assert.Equal((ushort)(before + 1), SequenceOf(_bob.Hears()));
    }

    [Fact]
    public void Who_reports_with_short_tags_gets_such()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Protect(_bob, b, SrtpProfile.AesCm128HmacSha1Tag32);
        Said(_alice, a);
        _rig.ReportsFallDue();
        _ = _bob.HearsReport();

        _bob.Sealer!.RtcpTagBytes = 4;
        Report(_bob, b);
        _rig.ReportsFallDue();

        // A sender report without a block, a source description; index and tag (RFC 3711 §3.4).
        Assert.Equal(28 + 28 + 4 + 4, _bob.HearsSealedReport().Length);
        Assert.Equal((1, 0), (b.ReadStatistics().RtcpReceived, b.ReadStatistics().UnauthenticDropped));
    }

    [Fact]
    public void A_call_whose_keys_change_and_end_while_packets_come_leaves_no_fault()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        for (var i = 0; i < 20; i++)
        {
            Protect(_alice, a, SrtpProfile.AeadAes128Gcm);
            Protect(_bob, b, SrtpProfile.AesCm128HmacSha1Tag80);
            if (i % 3 == 0)
                a.SetRemote(_alice.Says(), _alice.Address);
            else
                Assert.Equal(Said(_alice, a), _bob.Hears());
        }

        _rig.Session.Dispose();
        Said(_alice, a);

        Assert.False(_bob.HasHeardAudio());
    }

    [Fact]
    public void A_party_may_turn_to_plain_RTP()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        Protect(_alice, a, SrtpProfile.AesCm128HmacSha1Tag80);
        Said(_alice, a);
        _bob.Hears();

        (_alice.Sealer, _alice.Opener) = (null, null);
        a.SetRemote(_alice.Says(), _alice.Address);

        Assert.Equal(Said(_alice, a), _bob.Hears());
    }

    [Fact]
    public void The_next_call_on_the_same_ports_knows_no_key()
    {
        using var session = _rig.Relay.OpenSession();
        var first = _rig.Leg(_alice, session);
        Protect(_alice, first, SrtpProfile.AesCm128HmacSha1Tag80);
        session.Dispose();
        _rig.Turn();

        (_alice.Sealer, _alice.Opener) = (null, null);
        var (a, _) = _rig.Joined(_alice, _bob);

        Assert.Equal(Said(_alice, a), _bob.Hears());
    }

    public void Dispose()
    {
        _rig.Dispose();
        _alice.Dispose();
        _bob.Dispose();
    }

    private static ushort SequenceOf(byte[] packet) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));

    private static SrtpKeys Keys(SrtpProfile profile) => new(SrtpKey.Create(profile), SrtpKey.Create(profile));

    private static SrtpKeys Protect(TestPhone phone, RelayLeg leg, SrtpProfile profile)
    {
        var keys = Keys(profile);
        phone.Protect(keys);
        leg.SetRemote(phone.Says(), phone.Address, keys: keys);
        return keys;
    }

    private byte[] Said(TestPhone phone, RelayLeg leg)
    {
        var packet = phone.Talk(leg, 7);
        _rig.Turn();
        return packet;
    }

    private void Report(TestPhone phone, RelayLeg leg)
    {
        phone.Report(leg, 7);
        _rig.Turn();
    }
}
