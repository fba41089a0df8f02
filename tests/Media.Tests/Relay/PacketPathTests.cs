using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Recording;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Srtp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>What the packet path costs, and what is left behind after many calls.</summary>
public sealed class PacketPathTests : IDisposable
{
    private const int Events = 9;

    private readonly RelayRig _rig = new(MediaRelay.CreateIo, ports: 100);

    public static TheoryData<SrtpProfile?, SrtpProfile?> Protections
    {
        get
        {
            SrtpProfile?[] all = [null, .. Enum.GetValues<SrtpProfile>()];
            var data = new TheoryData<SrtpProfile?, SrtpProfile?>();
            foreach (var callers in all)
            {
                foreach (var callees in all)
                    data.Add(callers, callees);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Protections))]
    public void Whatever_comes_costs_no_memory(SrtpProfile? callers, SrtpProfile? callees)
    {
        using var alice = new TestPhone();
        using var bob = new TestPhone { Ssrc = 2 };
        using var stranger = new TestPhone();
        var (a, b) = _rig.Joined(alice, bob);
        Protect(alice, a, callers);
        Protect(bob, b, callees);
        var warm = Gen.Choose(0, Events - 1).Sample(200).ToArray();
        _ = Cost(warm);

        Prop.ForAll(Gen.Choose(0, Events - 1).ArrayOf().ToArbitrary(), events => Allocations.AreNone(() => Cost(events))).QuickCheckThrowOnFailure();
        Assert.InRange(b.ReadStatistics().PacketsSent, 1, long.MaxValue);

        long Cost(int[] events)
        {
            foreach (var number in events)
                Send(number);
            return _rig.TurnCosts();
        }

        void Send(int number)
        {
            switch (number)
            {
                case 0: alice.Talk(a); break;
                case 1: bob.Talk(b); break;
                case 2: alice.Report(a); break;
                case 3: bob.Report(b); break;
                case 4: stranger.Talk(a); break;
                // Lost and begun anew.
                case 5: alice.Skip(50); break;
                case 6: alice.Skip(10_000); alice.Talk(a); break;
                // No packet, or a forged one.
                case 7: alice.Send(a, new byte[40]); break;
                default: alice.Send(a, [0x80, 0, .. new byte[170]]); break;
            }
        }
    }

    [Fact]
    public void Recording_costs_no_memory_per_packet_and_takes_each_party_as_its_channel()
    {
        using var alice = new TestPhone();
        using var bob = new TestPhone { Ssrc = 2 };
        var (a, b) = _rig.Joined(alice, bob);
        var ring = new RecordingRing();
        a.Record(ring, 0);
        b.Record(ring, 1);
        Speak();
        _rig.Turn();

        var rounds = 1;
        Assert.True(Allocations.AreNone(() =>
        {
            rounds++;
            Speak();
            return _rig.TurnCosts();
        }));

        a.StopRecording();
        Speak();
        _rig.Turn();
        var channels = new List<int>();
        while (ring.TryPeek(out var packet))
        {
            channels.Add(packet.Channel);
            ring.Release(packet);
        }

        Assert.Equal(rounds, channels.Count(channel => channel == 0));
        Assert.Equal(rounds + 1, channels.Count(channel => channel == 1));

        void Speak()
        {
            alice.Talk(a);
            bob.Talk(b);
        }
    }

    private static void Protect(TestPhone phone, RelayLeg leg, SrtpProfile? profile)
    {
        if (profile is not { } chosen)
            return;

        var keys = new SrtpKeys(SrtpKey.Create(chosen), SrtpKey.Create(chosen));
        phone.Protect(keys);
        leg.SetRemote(phone.Says(), phone.Address, keys: keys);
    }

    [Fact]
    public void A_session_that_ends_gives_all_its_ports_back()
    {
        using var phone = new TestPhone();
        for (var i = 0; i < 10; i++)
        {
            using var session = _rig.Relay.OpenSession();
            _rig.Session.Release(_rig.Leg(phone));
            _rig.Leg(phone, session);
            _rig.LegWithoutRemote(phone.Address, session);
        }

        Assert.Equal(0, _rig.Relay.CountPorts(AddressFamily.InterNetwork).InUse);
        Assert.Equal(1, _rig.Relay.ActiveSessions);
    }

    public void Dispose() => _rig.Dispose();
}
