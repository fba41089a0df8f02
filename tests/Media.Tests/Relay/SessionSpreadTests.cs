using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Media.Relay;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Which loop a call is of: few calls are together, many are spread, and nobody waits for ports that another loop has.</summary>
public sealed class SessionSpreadTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly List<RelayLoop> _loops = [];
    private readonly List<PortPool> _pools = [];

    public void Dispose()
    {
        _pools.ForEach(pool => pool.Dispose());
        _loops.ForEach(loop => loop.Dispose());
    }

    [Fact]
    public void Few_sessions_are_all_on_one_loop()
    {
        var spread = WithPorts(4_000, 4_000);

        var loops = Begin(spread, SessionSpread.Together);

        Assert.Single(loops.Distinct());
        Assert.Equal(SessionSpread.Together, spread.Count);
    }

    [Fact]
    public void Many_sessions_are_as_many_on_each_loop()
    {
        var spread = WithPorts(4_000, 4_000, 4_000);

        var loops = Begin(spread, 5 * SessionSpread.Together);

        Assert.All(loops.CountBy(loop => loop), loop => Assert.InRange(loop.Value, 5 * SessionSpread.Together / 3, 5 * SessionSpread.Together / 3 + 1));
    }

    [Fact]
    public void As_sessions_end_the_next_ones_come_together_again()
    {
        var spread = WithPorts(4_000, 4_000);
        var loops = Begin(spread, 3 * SessionSpread.Together);
        // All but ten of the first loop, and all but one of the second.
        foreach (var loop in loops.Order().Where((loop, i) => i is not (< 10 or 1_500)))
            spread.End(loop);

        Assert.All(Begin(spread, 100), loop => Assert.Equal(0, loop));
    }

    [Fact]
    public void A_loop_that_is_busy_for_most_of_its_time_gets_no_session_while_another_is_not()
    {
        var spread = WithPorts(4_000, 4_000);
        Assert.Equal(0, spread.Begin());
        _loops[0].Post(() => _clock.Advance(TimeSpan.FromSeconds(0.8)));
        _loops[0].RunOnce(0);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        spread.Look();

        Assert.All(Begin(spread, 10), loop => Assert.Equal(1, loop));

        foreach (var _ in Enumerable.Range(0, 10))
            spread.End(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        spread.Look();
        Assert.Equal(0, spread.Begin());
    }

    [Fact]
    public void A_loop_that_has_few_ports_left_gets_no_session_while_another_has_more()
    {
        var spread = WithPorts(PortRange.LeastPairs - 1, PortRange.LeastPairs);

        Assert.All(Begin(spread, 2 * SessionSpread.Together), loop => Assert.Equal(1, loop));
        Assert.All(Begin(WithPorts(20, 10), 5), loop => Assert.Equal(0, loop));
    }

    [Fact]
    public async Task Ports_that_have_rested_count_again_also_on_a_loop_that_nobody_uses()
    {
        var spread = WithPorts(PortRange.LeastPairs, PortRange.LeastPairs);
        var pool = _pools[0];
        Assert.True(pool.TryRent(out var pair));
        using var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        phone.SendTo("sound"u8, new IPEndPoint(RelayRig.Address, pair.RtpPort));
        await Poll.UntilSeen("the packet is there", () => _loops[0].RunOnce(0), ports => ports == 1, TimeSpan.FromSeconds(10));
        pair.GiveBack();
        await Poll.UntilSeen("the pair rests", () => (_loops[0].RunOnce(0), pool.Counts.Quarantined), seen => seen.Quarantined == 1, TimeSpan.FromSeconds(10));
        Assert.Equal(1, spread.Begin());

        spread.End(1);
        _clock.Advance(new RelayOptions().PortQuarantine);

        Assert.Equal(0, spread.Begin());
    }

    private static List<int> Begin(SessionSpread spread, int sessions) => [.. Enumerable.Range(0, sessions).Select(_ => spread.Begin())];

    private SessionSpread WithPorts(params int[] pairs)
    {
        foreach (var count in pairs)
        {
            _loops.Add(new RelayLoop(MediaRelay.CreateIo(), _clock, NullLogger.Instance));
            _pools.Add(NewPool(count, _loops[^1]));
        }

        return new SessionSpread(_loops[^pairs.Length..], _pools[^pairs.Length..], _clock);
    }

    private PortPool NewPool(int pairs, RelayLoop loop)
    {
        var options = new RelayOptions { FirstPort = 20_000, LastPort = 20_000 + 2 * pairs - 1, StockPairs = 0 };
        return new PortPool(RelayRig.Address, new PortRange(options, 0, 1), options, _clock, loop);
    }
}
