using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Rtcp;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Who is heard and who is sent to: nobody steals audio, nobody injects it.</summary>
public sealed class AddressRulesTests : IDisposable
{
    private const string PrivateAddress = "192.168.7.7";

    private readonly RelayRig _rig = new(() => new ManagedIo());
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };
    private readonly TestPhone _stranger = new() { Ssrc = 666 };
    private readonly TestPhone _farStranger = new("127.0.0.9") { Ssrc = 666 };

    [Fact]
    public void A_signalled_phone_is_sent_to_before_it_talks()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        _alice.Talk(a);
        _rig.Turn();

        Assert.True(_bob.HasHeard());
    }

    [Fact]
    public void A_stranger_is_not_heard_before_the_phone_talks()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        InjectFromBoth(a);

        Assert.False(_bob.HasHeard());
        Assert.Equal(4, a.ReadStatistics().StrangersDropped);
    }

    [Fact]
    public void A_stranger_is_not_heard_after_the_phone_talked()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        _alice.Talk(a);
        _alice.Report(a);
        _rig.Turn();
        _bob.Hears();
        InjectFromBoth(a);

        Assert.False(_bob.HasHeard());
    }

    [Fact]
    public void A_stranger_gets_nothing_by_talking()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        InjectFromBoth(a);
        _bob.Talk(b);
        _bob.Report(b);
        _rig.Turn();

        Assert.False(_stranger.HasHeard() || _farStranger.HasHeard());
        Assert.True(_alice.HasHeard());
    }

    [Fact]
    public void Before_a_description_came_nobody_is_heard()
    {
        var a = _rig.LegWithoutRemote(_alice.Address);
        _rig.Session.Join(a, _rig.Leg(_bob));
        _alice.Talk(a);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
    }

    [Fact]
    public void A_phone_behind_nat_is_sent_nothing_until_it_talks_and_then_there()
    {
        var (a, b) = JoinedBehindNat();
        _bob.Talk(b, 1);
        _rig.Turn();
        Assert.False(_alice.HasHeard());

        _alice.Talk(a);
        _rig.Turn();
        _bob.Talk(b, 2);
        _rig.Turn();

        Assert.Equal(2, _alice.Hears()[12]);
    }

    [Fact]
    public void A_private_address_is_learnt_only_from_the_signalling_source()
    {
        var (a, _) = JoinedBehindNat();
        _farStranger.Talk(a);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
        Assert.Equal(1, a.ReadStatistics().StrangersDropped);
    }

    [Fact]
    public void Once_learnt_address_and_port_are_locked()
    {
        var (a, b) = JoinedBehindNat();
        _alice.Talk(a);
        _rig.Turn();
        _bob.Hears();
        _stranger.Talk(a);
        _farStranger.Talk(a);
        _bob.Talk(b);
        _rig.Turn();

        Assert.False(_bob.HasHeard() || _stranger.HasHeard() || _farStranger.HasHeard());
    }

    [Fact]
    public void What_is_no_rtp_is_not_learnt_from()
    {
        var (a, _) = JoinedBehindNat();
        _stranger.Send(a, new byte[20]);
        var fromAlice = _alice.Talk(a);
        _rig.Turn();

        Assert.Equal(fromAlice, _bob.Hears());
    }

    [Fact]
    public void Rtcp_has_a_lock_of_its_own()
    {
        var (a, b) = JoinedBehindNat();
        _bob.Talk(b);
        _alice.Talk(a);
        _rig.ReportsFallDue();
        Assert.Equal(0, a.ReadStatistics().RtcpSent);
        _alice.Report(a, 1);
        _stranger.Report(a, 2);
        _rig.ReportsFallDue();

        Assert.True(RtcpPacket.IsCompound(_alice.HearsReport()));
        Assert.False(_stranger.HasHeard());
        Assert.Equal((1, 1), (a.ReadStatistics().RtcpReceived, a.ReadStatistics().StrangersDropped));
    }

    [Fact]
    public void A_repeated_description_does_not_open_the_lock()
    {
        var (a, _) = JoinedBehindNat();
        _alice.Talk(a);
        _rig.Turn();
        _bob.Hears();
        a.SetRemote(_alice.Says(PrivateAddress), _alice.Address);
        _stranger.Talk(a);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
    }

    [Fact]
    public void A_new_description_moves_the_call_and_the_old_place_falls_silent()
    {
        using var alicesOtherPhone = new TestPhone { Ssrc = 3 };
        var (a, b) = _rig.Joined(_alice, _bob);
        _alice.Talk(a);
        _rig.Turn();
        a.SetRemote(alicesOtherPhone.Says(), _alice.Address);
        _bob.Talk(b);
        _rig.Turn();
        Assert.True(alicesOtherPhone.HasHeard());
        Assert.False(_alice.HasHeard());

        _rig.Clock.Advance(TimeSpan.FromSeconds(2));
        _alice.Talk(a, 1);
        alicesOtherPhone.Talk(a, 2);
        _rig.Turn();

        Assert.Equal(0, _bob.Hears()[12]);
        Assert.Equal(2, _bob.Hears()[12]);
        Assert.False(_bob.HasHeardAudio());
    }

    [Fact]
    public void After_a_reinvite_the_old_mapping_is_heard_until_the_new_one_talks()
    {
        using var newMapping = new TestPhone { Ssrc = 1 };
        var (a, b) = JoinedBehindNat();
        _alice.Talk(a, 1);
        _rig.Turn();
        a.SetRemote(_alice.Says(PrivateAddress), _alice.Address, relearn: true);
        _alice.Talk(a, 2);
        newMapping.Talk(a, 3);
        _alice.Talk(a, 4);
        _rig.Turn();
        _bob.Talk(b);
        _rig.Turn();

        Assert.Equal([1, 2, 3], [_bob.Hears()[12], _bob.Hears()[12], _bob.Hears()[12]]);
        Assert.False(_bob.HasHeard());
        Assert.True(newMapping.HasHeard());
    }

    [Fact]
    public void A_new_source_is_refused_while_the_old_one_talks()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        _alice.Talk(a, 1);
        _rig.Turn();
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(99));
        _alice.Ssrc = 77;
        _alice.Talk(a, 2);
        _rig.Turn();

        Assert.Equal(1, _bob.Hears()[12]);
        Assert.False(_bob.HasHeard());
        Assert.Equal(1, a.ReadStatistics().SourcesRefused);
    }

    [Fact]
    public void A_new_source_is_heard_after_a_tenth_of_a_second_of_silence()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        _alice.Talk(a, 1);
        _rig.Turn();
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(100));
        _alice.Ssrc = 77;
        _alice.Talk(a, 2);
        _rig.Turn();

        Assert.Equal([1, 2], [_bob.Hears()[12], _bob.Hears()[12]]);
    }

    [Fact]
    public void A_trunks_private_address_is_taken_as_it_is_signalled()
    {
        using var mediaHost = new TestPhone("127.0.0.8");
        var a = _rig.LegWithoutRemote(_alice.Address);
        var b = _rig.Leg(_bob);
        a.SetRemote(mediaHost.Says(), _alice.Address, RemoteAddressRule.AsSignalled);
        _rig.Session.Join(a, b);
        _bob.Talk(b);
        _rig.Turn();

        Assert.True(mediaHost.HasHeard());
    }

    [Fact]
    public void A_phone_cannot_point_us_at_our_own_ports()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        var c = _rig.LegWithoutRemote(_alice.Address);
        c.SetRemote(_alice.Says($"{a.Local.Address}", port: a.Local.RtpPort), a.Local.Address);
        _rig.Session.Join(c, b);
        _bob.Talk(b);
        _rig.Turn();

        Assert.Equal((0, 0), (c.ReadStatistics().PacketsSent, a.ReadStatistics().StrangersDropped));
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _stranger.Dispose();
        _farStranger.Dispose();
        _rig.Dispose();
    }

    private (RelayLeg A, RelayLeg B) JoinedBehindNat()
    {
        var a = _rig.LegWithoutRemote(_alice.Address);
        a.SetRemote(_alice.Says(PrivateAddress), _alice.Address);
        var b = _rig.Leg(_bob);
        _rig.Session.Join(a, b);
        _rig.Turn();
        return (a, b);
    }

    private void InjectFromBoth(RelayLeg leg)
    {
        foreach (var stranger in (TestPhone[])[_stranger, _farStranger])
        {
            stranger.Talk(leg);
            stranger.Report(leg);
        }

        _rig.Turn();
    }
}
