using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>The relay as the gateway has it: threads of its own, refusals, figures.</summary>
public sealed class MediaRelayTests : IDisposable
{
    private const int Calls = 200;
    private const int PacketsEach = 10;

    /// <summary>Other programs may have some of a range.</summary>
    private const int SparePorts = 64;

    private readonly RelayRig _rig = new(MediaRelay.CreateIo);

    [Fact]
    public void Two_hundred_calls_on_several_loops_hear_every_packet()
    {
        using var relay = Started(RelayRig.Options(o => o.Loops = 2, ports: 2 * 2 * Calls + SparePorts));
        using var callers = new Parties(Calls);
        using var callees = new Parties(Calls);
        var calls = Enumerable.Range(0, Calls).Select(i => Connect(relay, callers[i], callees[i])).ToList();

        for (var packet = 0; packet < PacketsEach; packet++)
        {
            for (var i = 0; i < Calls; i++)
            {
                var said = callers[i].Talk(calls[i].A, (byte)i);
                Assert.Equal(said, callees[i].Hears());
            }
        }

        calls.ForEach(call => call.Session.Dispose());
        Assert.All(calls, call => Assert.Equal(PacketsEach, call.A.ReadStatistics().PacketsReceived));
        Assert.True(SpinWait.SpinUntil(
            () => relay.CountPorts(AddressFamily.InterNetwork).InUse == 0 && relay.ActiveSessions == 0, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void The_managed_way_works_on_a_thread_of_its_own()
    {
        using var relay = Started(RelayRig.Options(), () => new ManagedIo());
        using var alice = new TestPhone();
        using var bob = new TestPhone();
        var call = Connect(relay, alice, bob);

        Assert.Equal(alice.Talk(call.A), bob.Hears());
    }

    [Fact]
    public void A_leg_without_ports_is_refused()
    {
        using var rig = new RelayRig(() => new ManagedIo(), o => (o.LastPort, o.StockPairs) = (o.FirstPort + 1, 0));
        rig.LegWithoutRemote(IPAddress.Loopback);

        Assert.False(rig.Session.TryAllocateLeg(IPAddress.Loopback, out _, out var error));
        Assert.Equal(RelayError.NoPorts, error);
    }

    [Fact]
    public void A_relay_on_an_address_that_is_not_ours_does_not_start()
    {
        // RFC 5737: 192.0.2.0/24 is nobody's.
        using var relay = new MediaRelay(
            RelayRig.Options(o => o.BindAddress = "192.0.2.1"), _rig.Clock, _rig.Metrics(), NullLogger<MediaRelay>.Instance);

        Assert.Throws<SocketException>(relay.Start);
    }

    [Fact]
    public void A_leg_of_a_family_switched_off_is_refused()
    {
        using var rig = new RelayRig(() => new ManagedIo(), o => o.BindAddressV6 = null);

        Assert.False(rig.Session.TryAllocateLeg(IPAddress.IPv6Loopback, out _, out var error));
        Assert.Equal(RelayError.NoAddressOfFamily, error);
    }

    [Fact]
    public void An_ended_session_gives_no_leg()
    {
        _rig.Session.Dispose();

        Assert.False(_rig.Session.TryAllocateLeg(IPAddress.Loopback, out _, out var error));
        Assert.Equal(RelayError.Closed, error);
    }

    [Theory]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    [InlineData("0.0.0.0", null, "127.0.0.1")]
    [InlineData("0.0.0.0", "203.0.113.5", "203.0.113.5")]
    public void A_leg_advertises_the_external_address_else_the_one_that_reaches_the_party(
        string bound, string? external, string expected)
    {
        using var rig = new RelayRig(() => new ManagedIo(), o => (o.BindAddress, o.ExternalAddress) = (bound, external));

        Assert.Equal(expected, rig.LegWithoutRemote(IPAddress.Loopback).Local.Address.ToString());
    }

    [Fact]
    public void Totals_are_exported_once_a_second()
    {
        using var alice = new TestPhone();
        using var bob = new TestPhone { Ssrc = 2 };
        using var stranger = new TestPhone();
        var measured = Listen(out var listener);
        var (a, _) = _rig.Joined(alice, bob);
        alice.Talk(a);
        stranger.Talk(a);
        _rig.Turn();
        Assert.Empty(measured);

        _rig.Clock.Advance(TimeSpan.FromSeconds(2));
        listener.Dispose();

        Assert.Equal((1, 1, 172, 1), (
            measured["teksip.rtp.packets_received"], measured["teksip.rtp.packets_sent"], measured["teksip.rtp.bytes_sent"],
            measured["teksip.rtp.strangers"]));
    }

    [Fact]
    public void Sessions_and_ports_can_be_watched()
    {
        var measured = Listen(out var listener);
        _rig.LegWithoutRemote(IPAddress.Loopback);
        listener.RecordObservableInstruments();
        listener.Dispose();

        Assert.Equal((1, 40), (measured["teksip.rtp.sessions"], measured["teksip.rtp.port_pairs"]));
    }

    [Fact]
    public void Ports_that_the_limit_of_open_files_does_not_reach_for_are_told_with_what_to_do()
    {
        // Forty ports of two families are 80 files.
        var options = RelayRig.Options();
        using var relay = WithFiles(options, 100);

        Assert.Equal(
            $"Media ports {options.FirstPort} to {options.LastPort} can't all be used: the process may have 100 files open, and all else needs "
            + "some of them. They are enough for 6 calls; the limit of open files (ulimit -n, LimitNOFILE) must be 320 for 20.",
            relay.FileShortage);
        using var enough = WithFiles(RelayRig.Options(), 320);
        Assert.Null(enough.FileShortage);
    }

    [Theory]
    [InlineData(512, 64)]
    [InlineData(1024, 128)]
    [InlineData(2048, 512)]
    [InlineData(20_000, 5_000)]
    [InlineData(1_048_576, 262_144)]
    public void Half_of_the_files_are_for_ports_and_less_where_there_are_few(long limit, long pairs)
    {
        Assert.Equal(pairs, new DescriptorBudget(limit).Pairs);
        Assert.Equal(pairs, new DescriptorBudget(DescriptorBudget.LimitFor(pairs)).Pairs);
    }

    [Fact]
    public void A_leg_beyond_the_limit_of_open_files_is_refused_with_that_reason()
    {
        using var relay = WithFiles(RelayRig.Options(o => o.StockPairs = 0), 16);
        using var session = relay.OpenSession();
        Assert.True(session.TryAllocateLeg(RelayRig.Address, out _, out _));
        Assert.True(session.TryAllocateLeg(RelayRig.Address, out _, out _));

        Assert.False(session.TryAllocateLeg(RelayRig.Address, out _, out var error));
        Assert.Equal(RelayError.NoFiles, error);
    }

    [Fact]
    public void The_limit_of_this_process_is_as_high_as_it_may_be()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems are not asked.");
        var line = File.ReadLines("/proc/self/limits").Single(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];

        Assert.Equal(hard, $"{DescriptorBudget.OfProcess().Limit}");
    }

    public void Dispose() => _rig.Dispose();

    private MediaRelay WithFiles(RelayOptions options, long limit) => new(
        options, TimeProvider.System, _rig.Metrics(), NullLogger<MediaRelay>.Instance, MediaRelay.CreateIo, new DescriptorBudget(limit));

    private static (RelaySession Session, RelayLeg A) Connect(MediaRelay relay, TestPhone caller, TestPhone callee)
    {
        var session = relay.OpenSession();
        Assert.True(session.TryAllocateLeg(caller.Address, out var a, out _));
        Assert.True(session.TryAllocateLeg(callee.Address, out var b, out _));
        a.SetRemote(caller.Says(), caller.Address);
        b.SetRemote(callee.Says(), callee.Address);
        session.Join(a, b);
        return (session, a);
    }

    private MediaRelay Started(RelayOptions options, Func<IRelayIo>? io = null)
    {
        var relay = new MediaRelay(
            options, TimeProvider.System, _rig.Metrics(), NullLogger<MediaRelay>.Instance, io ?? MediaRelay.CreateIo);
        relay.Start();
        return relay;
    }

    private ConcurrentDictionary<string, long> Listen(out MeterListener listener)
    {
        var measured = new ConcurrentDictionary<string, long>();
        listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == _rig.Meters)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) =>
            measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        return measured;
    }

    private sealed class Parties(int count) : IDisposable
    {
        private readonly TestPhone[] _phones = [.. Enumerable.Range(0, count).Select(_ => new TestPhone())];

        public TestPhone this[int index] => _phones[index];

        public void Dispose() => Array.ForEach(_phones, phone => phone.Dispose());
    }
}
