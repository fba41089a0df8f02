using System.Net.Sockets;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>What the packet path costs, and what is left behind after many calls.</summary>
public sealed class PacketPathTests : IDisposable
{
    private readonly RelayRig _rig = new(MediaRelay.CreateIo, ports: 100);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Passing_packets_on_allocates_nothing(bool isProtected)
    {
        using var alice = new TestPhone();
        using var bob = new TestPhone { Ssrc = 2 };
        using var stranger = new TestPhone();
        var (a, b) = _rig.Joined(alice, bob);
        if (isProtected)
        {
            Protect(alice, a, SrtpProfile.AesCm128HmacSha1Tag80);
            Protect(bob, b, SrtpProfile.AeadAes128Gcm);
        }

        Exchange(rounds: 50);

        Assert.Equal(0, Exchange(rounds: 50));
        Assert.Equal(100, b.ReadStatistics().PacketsSent);

        long Exchange(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                alice.Talk(a);
                bob.Talk(b);
                alice.Report(a);
                stranger.Talk(a);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            _rig.Turn();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void Protect(TestPhone phone, RelayLeg leg, SrtpProfile profile)
    {
        var keys = new SrtpKeys(SrtpKey.Create(profile), SrtpKey.Create(profile));
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
