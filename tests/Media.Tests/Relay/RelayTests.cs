using System.Buffers.Binary;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>What passes from one party to the other; run over each way of talking to the system.</summary>
public abstract class RelayTests : IDisposable
{
    private readonly RelayRig _rig;
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };

    private protected RelayTests(Func<IRelayIo> io) => _rig = new RelayRig(io);

    [Fact]
    public void Each_party_hears_the_other_byte_for_byte()
    {
        var (a, b) = _rig.Joined(_alice, _bob);

        var fromAlice = _alice.Talk(a, 1);
        var fromBob = _bob.Talk(b, 2);
        _rig.Turn();

        Assert.Equal(fromAlice, _bob.Hears());
        Assert.Equal(fromBob, _alice.Hears());
    }

    [Fact]
    public void Packets_come_from_the_port_that_was_advertised()
    {
        // RFC 4961: symmetric RTP
        var (a, b) = _rig.Joined(_alice, _bob);
        _alice.Talk(a);
        _rig.Turn();
        _bob.Hears();

        Assert.Equal(b.Local.RtpPort, _bob.LastSource!.Port);
    }

    [Fact]
    public void Ipv4_and_ipv6_hear_each_other()
    {
        using var carol = new TestPhone("::1") { Ssrc = 3 };
        var (a, c) = _rig.Joined(_alice, carol);

        var fromAlice = _alice.Talk(a, 1);
        var fromCarol = carol.Talk(c, 2);
        _rig.Turn();

        Assert.Equal(fromAlice, carol.Hears());
        Assert.Equal(fromCarol, _alice.Hears());
    }

    [Fact]
    public void Early_media_passes_before_the_answer_and_from_the_next_candidate_after_it()
    {
        using var carol = new TestPhone { Ssrc = 3 };
        var (a, b) = _rig.Joined(_alice, _bob);
        var c = _rig.Leg(carol);
        _bob.Talk(b, 1);
        _rig.Turn();
        Assert.Equal(1, _alice.Hears()[12]);

        _rig.Session.Join(a, c);
        _rig.Turn();
        _bob.Talk(b, 2);
        var fromCarol = carol.Talk(c, 3);
        _rig.Turn();

        // What Carol says, in the stream that Alice has.
        var heard = _alice.Hears();
        Assert.Equal(fromCarol[12..], heard[12..]);
        Assert.Equal((_bob.Ssrc, 2, 320u), PlaceOf(heard));
        Assert.False(_alice.HasHeard());
    }

    [Fact]
    public void A_party_that_comes_from_another_session_hears_the_same_stream_go_on()
    {
        // RFC 5589 §7: an attended transfer gives it other ports.
        using var carol = new TestPhone { Ssrc = 3 };
        var (a, b) = _rig.Joined(_alice, _bob);
        _bob.Skip(20_000);
        _bob.Talk(b);
        _rig.Turn();
        Assert.Equal((_bob.Ssrc, 20_001, 20_001 * 160u), PlaceOf(_alice.Hears()));
        using var session = _rig.Relay.OpenSession();
        var (there, c) = (_rig.LegWithoutRemote(_alice.Address, session), _rig.Leg(carol, session));

        there.ComeFrom(a);
        _rig.Session.Dispose();
        there.SetRemote(_alice.Says(), _alice.Address);
        session.Join(there, c);
        carol.Talk(c);
        _rig.Turn();

        Assert.Equal((_bob.Ssrc, 20_002, 20_002 * 160u), PlaceOf(_alice.Hears()));
    }

    [Theory]
    [InlineData(MediaDirection.SendOnly, true, false)]
    [InlineData(MediaDirection.RecvOnly, false, true)]
    [InlineData(MediaDirection.Inactive, false, false)]
    [InlineData(MediaDirection.SendRecv, true, true)]
    public void A_hold_stops_the_flow_it_names(MediaDirection ofAlice, bool bobHears, bool aliceHears)
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        a.SetRemote(_alice.Says(direction: ofAlice), _alice.Address);

        _alice.Talk(a);
        _bob.Talk(b);
        _rig.Turn();

        Assert.Equal((bobHears, aliceHears), (_bob.HasHeard(), _alice.HasHeard()));
    }

    [Fact]
    public void A_hold_by_an_address_of_zero_keeps_what_was_learnt()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        a.SetRemote(_alice.SaysHoldByZero(), _alice.Address);
        a.SetDirection(MediaDirection.SendRecv);

        var fromBob = _bob.Talk(b);
        _rig.Turn();

        Assert.Equal(fromBob, _alice.Hears());
    }

    [Fact]
    public void What_is_no_rtp_is_dropped_and_counted()
    {
        var (a, _) = _rig.Joined(_alice, _bob);

        _alice.Send(a, [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 0, 0, 0, 0]);
        _alice.Send(a, []);
        _alice.Send(a, [0x80, .. new byte[2999]]);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
        Assert.Equal(3, a.ReadStatistics().InvalidDropped);
    }

    [Fact]
    public void A_released_candidate_hears_nothing_and_the_others_talk_on()
    {
        using var carol = new TestPhone { Ssrc = 3 };
        var (a, b) = _rig.Joined(_alice, _bob);
        var c = _rig.Leg(carol);
        _rig.Session.Release(c);
        _rig.Session.Release(c);
        _rig.Turn();

        carol.Talk(c);
        var fromAlice = _alice.Talk(a);
        _rig.Turn();

        Assert.Equal(fromAlice, _bob.Hears());
        Assert.False(carol.HasHeard());
        Assert.Equal(0, b.ReadStatistics().StrangersDropped);
    }

    [Fact]
    public void A_released_leg_is_joined_with_nobody()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        _rig.Session.Release(b);
        _rig.Session.Join(a, b);
        _rig.Turn();
        _alice.Talk(a);
        _rig.Turn();

        Assert.Equal((0, 1), (b.ReadStatistics().PacketsSent, a.ReadStatistics().Withheld));
    }

    [Fact]
    public void A_leg_of_another_session_cannot_be_joined()
    {
        using var other = _rig.Relay.OpenSession();
        var (a, b) = (_rig.Leg(_alice), _rig.Leg(_bob, other));

        Assert.Throws<ArgumentException>(() => _rig.Session.Join(a, b));
    }

    [Fact]
    public void A_relay_may_be_disposed_twice_and_its_legs_used_after()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        _rig.Relay.Dispose();
        _rig.Relay.Dispose();
        a.SetDirection(MediaDirection.Inactive);
        _rig.Session.Join(a, b);

        Assert.Equal(0, a.ReadStatistics().PacketsReceived);
    }

    [Fact]
    public void A_rejected_line_ends_the_flow()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        a.SetRemote(new RemoteAudio(null, null, MediaDirection.Inactive, IsRejected: true), _alice.Address);
        _bob.Talk(b);
        _rig.Turn();

        Assert.False(_alice.HasHeard());
    }

    [Fact]
    public void Figures_tell_packets_octets_loss_and_the_last_packet()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        _alice.Talk(a);
        _alice.Skip(2);
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(60));
        _alice.Talk(a);
        _alice.Report(a);
        _rig.Turn();

        var (ofAlice, ofBob) = (a.ReadStatistics(), b.ReadStatistics());

        Assert.Equal((2, 344, 2, 1), (ofAlice.PacketsReceived, ofAlice.OctetsReceived, ofAlice.PacketsLost, ofAlice.RtcpReceived));
        Assert.Equal((2, 344, 0), (ofBob.PacketsSent, ofBob.OctetsSent, ofBob.RtcpSent));
        Assert.Equal(_rig.Clock.GetUtcNow(), ofAlice.LastPacketAt);
        Assert.Null(ofBob.LastPacketAt);
        Assert.Equal((_alice.Rtp, null), (ofAlice.Remote, ofBob.Remote));
    }

    [Fact]
    public void Figures_can_be_read_after_the_release()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        _alice.Talk(a);
        _rig.Turn();
        _rig.Session.Dispose();
        _rig.Turn();

        Assert.Equal(1, a.ReadStatistics().PacketsReceived);
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    private static (uint Ssrc, int Sequence, uint Timestamp) PlaceOf(ReadOnlySpan<byte> packet) => (
        BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), BinaryPrimitives.ReadUInt32BigEndian(packet[4..]));
}
