using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Media.Relay;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>
/// A relay on loopback whose one loop the test turns by hand, with a clock that the test moves. On loopback a datagram is in the
/// receiver's queue when the send returns, so what has not arrived after <see cref="Turn"/> never will.
/// </summary>
internal sealed class RelayRig : IDisposable
{
    private const int FirstOfAll = 10_000;
    private const int PortsOfAll = 9_000;

    /// <summary>Where the relays of this process are: other programs of this machine have no port there.</summary>
    public static readonly IPAddress Address = new([127, (byte)Random.Shared.Next(64, 250), (byte)Random.Shared.Next(256), 1]);

    private static int _nextRange = Random.Shared.Next(0, PortsOfAll / 2) * 2;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public RelayRig(Func<IRelayIo> io, Action<RelayOptions>? change = null, int ports = 40)
    {
        Relay = new MediaRelay(Options(change, ports), Clock, Metrics(), NullLogger<MediaRelay>.Instance, io);
        Relay.Open();
        Session = Relay.OpenSession();
    }

    public FakeClock Clock { get; } = new();

    public MediaRelay Relay { get; }

    public RelaySession Session { get; }

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>Options on loopback with a range of ports that no other test of this process uses.</summary>
    public static RelayOptions Options(Action<RelayOptions>? change = null, int ports = 40)
    {
        var first = FirstOfAll + (Interlocked.Add(ref _nextRange, ports) - ports) % PortsOfAll;
        var options = new RelayOptions
        {
            BindAddress = Address.ToString(),
            BindAddressV6 = "::1",
            FirstPort = first,
            LastPort = first + ports - 1,
            Loops = 1,
            StockPairs = 2,
        };
        change?.Invoke(options);
        return options;
    }

    public MediaMetrics Metrics() => new(Meters);

    /// <summary>Takes a leg for a phone and tells the relay what the phone's description says.</summary>
    public RelayLeg Leg(TestPhone phone, RelaySession? session = null)
    {
        var leg = LegWithoutRemote(phone.Address, session);
        leg.SetRemote(phone.Says(), phone.Address);
        return leg;
    }

    public RelayLeg LegWithoutRemote(IPAddress party, RelaySession? session = null)
    {
        Assert.True((session ?? Session).TryAllocateLeg(party, out var leg, out var error), error.ToString());
        return leg;
    }

    public (RelayLeg A, RelayLeg B) Joined(TestPhone a, TestPhone b)
    {
        var legs = (A: Leg(a), B: Leg(b));
        Session.Join(legs.A, legs.B);
        Turn();
        return legs;
    }

    /// <summary>Does what was posted and passes on every packet that has arrived.</summary>
    public void Turn()
    {
        // The first turn may only begin to watch a port whose packets then show in the next.
        var loop = Relay.Loops[0];
        _ = loop.RunOnce(0);
        while (loop.RunOnce(0) > 0)
        {
        }
    }

    /// <summary>What a <see cref="Turn"/> allocates, in bytes; for <see cref="Allocations.AreNone"/>.</summary>
    public long TurnCosts()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Turn();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Lets the longest time between two reports pass (RFC 3550 §6.3.1: 1.5 × 5 s / 1.21828), so that each leg with packets reports once or twice.</summary>
    public void ReportsFallDue()
    {
        Clock.Advance(TimeSpan.FromSeconds(6.2));
        Turn();
    }

    public void Dispose()
    {
        Relay.Dispose();
        _services.Dispose();
    }
}
