using System.Net.Sockets;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>
/// Signalling ends a call at each moment of the relay's handling of a packet, and no moment lets the packet reach another call. What
/// signalling does happens inside the relay's turn here, so each order of events is the one that the test says.
/// </summary>
public sealed class EndOfCallTests : IDisposable
{
    private readonly ScriptedIo _io = new();
    private readonly RelayRig _rig;
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };
    private readonly TestPhone _carol = new() { Ssrc = 3 };
    private readonly TestPhone _dave = new() { Ssrc = 4 };

    // Nothing is open in advance: the next call gets the ports of the last.
    public EndOfCallTests() => _rig = new RelayRig(
        () => _io, o => (o.BindAddressV6, o.LastPort, o.StockPairs) = (null, o.FirstPort + 5, 0));

    [Fact]
    public void A_packet_announced_before_its_call_ended_is_a_stranger_to_the_next_one()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        RelayLeg? c = null;
        RelayLeg? d = null;
        _io.OnAnnounced = () =>
        {
            _rig.Session.Dispose();
            var next = _rig.Relay.OpenSession();
            (c, d) = (_rig.Leg(_carol, next), _rig.Leg(_dave, next));
            next.Join(c, d);
        };
        _alice.Talk(a);
        _rig.Turn();

        Assert.False(_bob.HasHeard() || _carol.HasHeard() || _dave.HasHeard());
        Assert.Equal((0, 1), (a.ReadStatistics().PacketsReceived, c!.ReadStatistics().StrangersDropped + d!.ReadStatistics().StrangersDropped));
    }

    [Fact]
    public async Task A_packet_read_while_its_call_ends_goes_nowhere_and_the_port_rests()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        PortPoolCounts meanwhile = default;
        _io.OnReceived = () =>
        {
            _rig.Session.Dispose();
            meanwhile = Counts();
        };
        _alice.Talk(a);
        _rig.Turn();

        Assert.Equal(2, meanwhile.InUse);
        Assert.False(_bob.HasHeard());
        await UntilCounts(new PortPoolCounts(3, InUse: 0, Stocked: 1, Quarantined: 1));
    }

    [Fact]
    public async Task Ports_are_not_given_back_while_a_packet_is_passed_on()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        PortPoolCounts meanwhile = default;
        _io.OnSending = () =>
        {
            _rig.Session.Dispose();
            meanwhile = Counts();
        };
        var said = _alice.Talk(a);
        _rig.Turn();

        // It was the call's own while it lasted: it arrives, and the figures have it.
        Assert.Equal(said, _bob.Hears());
        Assert.Equal(2, meanwhile.InUse);
        Assert.Equal((1, 1), (a.ReadStatistics().PacketsReceived, b.ReadStatistics().PacketsSent));
        await UntilCounts(new PortPoolCounts(3, InUse: 0, Stocked: 0, Quarantined: 2));
    }

    [Fact]
    public void A_packet_read_while_the_other_leg_is_released_goes_nowhere()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        _io.OnReceived = () => _rig.Session.Release(b);
        _alice.Talk(a);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
        Assert.Equal((1, 1), (a.ReadStatistics().PacketsReceived, a.ReadStatistics().Withheld));
    }

    [Fact]
    public void A_released_port_that_another_call_has_is_not_sent_to_by_the_leg_it_was_joined_with()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        _rig.Session.Release(b);
        using var next = _rig.Relay.OpenSession();
        var c = _rig.Leg(_carol, next);
        _alice.Talk(a);
        _rig.Turn();

        Assert.Equal(b.Local.RtpPort, c.Local.RtpPort);
        Assert.False(_bob.HasHeard() || _carol.HasHeard());
        Assert.Equal((1, 0), (a.ReadStatistics().Withheld, c.ReadStatistics().PacketsSent));
    }

    [Fact]
    public void What_a_released_leg_was_last_told_does_not_reach_the_call_that_has_its_ports()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        b.SetDirection(MediaDirection.Inactive);
        b.SetRemote(_dave.Says(), _dave.Address);
        _rig.Session.Release(b);
        using var next = _rig.Relay.OpenSession();
        var c = _rig.Leg(_carol, next);
        _alice.Talk(a);
        _rig.Turn();
        _rig.Session.Release(a);
        var d = _rig.Leg(_dave, next);
        next.Join(c, d);

        var said = _carol.Talk(c);
        _rig.Turn();

        Assert.Equal(b.Local.RtpPort, c.Local.RtpPort);
        Assert.Equal(said, _dave.Hears());
    }

    [Fact]
    public void A_join_with_a_leg_released_since_still_parts_the_leg_that_was_joined_before()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        var c = _rig.Leg(_carol);
        _rig.Session.Join(a, c);
        _rig.Session.Release(c);
        _alice.Talk(a);
        _rig.Turn();

        Assert.False(_bob.HasHeard());
        Assert.Equal((1, 0), (a.ReadStatistics().Withheld, b.ReadStatistics().PacketsSent));
    }

    [Fact]
    public void A_call_without_a_packet_never_wakes_the_relay()
    {
        _rig.Session.Dispose();
        for (var i = 0; i < 100; i++)
        {
            using var session = _rig.Relay.OpenSession();
            var (a, b) = (_rig.Leg(_alice, session), _rig.Leg(_bob, session));
            session.Join(a, b);
            a.SetRemote(_alice.Says(direction: MediaDirection.SendOnly), _alice.Address);
            Assert.Equal(0, a.ReadStatistics().PacketsReceived);
        }

        Assert.Equal((0, 0, 2), (_io.Wakes, Counts().InUse, Counts().Stocked));
    }

    [Fact]
    public void Changes_do_not_pile_up_however_long_no_packet_comes()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        for (var i = 0; i < 1000; i++)
            a.SetDirection(i % 2 == 0 ? MediaDirection.SendRecv : MediaDirection.Inactive);
        Assert.Equal(1, _io.Wakes);

        _rig.Turn();
        for (var i = 0; i < 15; i++)
            a.SetDirection(MediaDirection.SendRecv);
        _bob.Talk(b);
        _rig.Turn();

        Assert.Equal(1, _io.Wakes);
        Assert.True(_alice.HasHeard());
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _carol.Dispose();
        _dave.Dispose();
        _rig.Dispose();
    }

    private PortPoolCounts Counts() => _rig.Relay.CountPorts(AddressFamily.InterNetwork);

    private Task<PortPoolCounts> UntilCounts(PortPoolCounts counts) =>
        Poll.UntilSeen("the counts", Counts, seen => seen == counts, TimeSpan.FromSeconds(10));
}
