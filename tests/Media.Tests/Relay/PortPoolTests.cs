using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Media.Relay;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>Ports: pairs, shortage, rest after use, other programs.</summary>
public sealed class PortPoolTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly RelayLoop _loop;

    public PortPoolTests() => _loop = new RelayLoop(MediaRelay.CreateIo(), _clock, NullLogger.Instance);

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void Rtp_is_even_and_rtcp_the_port_above()
    {
        // RFC 3550 §11
        using var pool = Pool(pairs: 3);
        var ports = RentAll(pool);

        Assert.All(ports, pair => Assert.Equal((0, pair.RtpPort + 1), (pair.RtpPort % 2, pair.RtcpPort)));
        Assert.Equal(3, ports.Select(p => p.RtpPort).Distinct().Count());
        Free(ports);
    }

    [Fact]
    public void An_exhausted_range_says_so()
    {
        using var pool = Pool(pairs: 2);
        var ports = RentAll(pool);

        Assert.False(pool.TryRent(out _));
        Assert.Equal(new PortPoolCounts(2, InUse: 2, Stocked: 0, Quarantined: 0), pool.Counts);
        Free(ports);
    }

    [Fact]
    public async Task A_returned_pair_that_had_traffic_rests_before_it_is_used_again()
    {
        using var pool = Pool(pairs: 1);
        var pair = Rent(pool);
        pair.Spoil();
        pair.GiveBack();
        await UntilCounts(pool, new PortPoolCounts(1, InUse: 0, Stocked: 0, Quarantined: 1));
        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.False(pool.TryRent(out _));

        _clock.Advance(TimeSpan.FromTicks(1));

        Free([Rent(pool)]);
    }

    [Fact]
    public void A_silent_pair_stays_open_for_the_next_call()
    {
        using var pool = Pool(pairs: 1);
        var pair = Rent(pool);

        pair.GiveBack();

        Assert.Equal(new PortPoolCounts(1, InUse: 0, Stocked: 1, Quarantined: 0), pool.Counts);
        Assert.Same(pair, Rent(pool));
        Free([pair]);
    }

    [Fact]
    public async Task Silent_pairs_beyond_what_stays_open_are_closed_and_need_no_rest()
    {
        using var pool = Pool(pairs: 3, maxOpen: 2);
        var ports = RentAll(pool);

        ports.ForEach(pair => pair.GiveBack());

        await UntilCounts(pool, new PortPoolCounts(3, InUse: 0, Stocked: 2, Quarantined: 0));
        Assert.Equal(3, pool.Available);
    }

    [Fact]
    public async Task A_pair_that_hears_something_while_no_call_has_it_rests()
    {
        using var pool = Pool(pairs: 1);
        var pair = Rent(pool);
        pair.GiveBack();
        using var phone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        phone.SendTo("late"u8, new IPEndPoint(RelayRig.Address, pair.RtcpPort));

        await Poll.UntilSeen("the packet is there", () => _loop.RunOnce(0), ports => ports == 1, TimeSpan.FromSeconds(10));

        // A pair that is spoilt while the loop is at it is closed by the loop's next turn.
        await UntilCounts(pool, new PortPoolCounts(1, InUse: 0, Stocked: 0, Quarantined: 1), () => _loop.RunOnce(0));
        Assert.Equal(1, _loop.Totals.Rtcp.Strangers);
    }

    [Fact]
    public void Which_silent_pair_is_next_nobody_can_tell_from_the_last()
    {
        using var pool = Pool(pairs: 8);
        var orders = new HashSet<string>();
        for (var round = 0; round < 20; round++)
        {
            var ports = RentAll(pool);
            orders.Add(string.Join(' ', ports.Select(pair => pair.RtpPort)));
            ports.ForEach(pair => pair.GiveBack());
        }

        Assert.InRange(orders.Count, 2, 20);
        Free(RentAll(pool));
    }

    [Fact]
    public void A_pair_that_another_program_has_is_passed_over()
    {
        using var pool = Pool(pairs: 2);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(RelayRig.Address, Options.FirstPort + 1));

        Assert.Equal(Options.FirstPort + 2, Assert.Single(RentAll(pool)).RtpPort);
    }

    [Fact]
    public async Task Pairs_beyond_the_limit_of_open_files_are_refused_until_one_is_closed()
    {
        // A quarter of sixteen files: two pairs.
        using var pool = Pool(pairs: 5, maxOpen: 0, budget: new DescriptorBudget(16));
        var ports = RentAll(pool);
        Assert.Equal((2, true), (ports.Count, pool.IsOutOfFiles));
        Assert.Equal(new PortPoolCounts(5, InUse: 2, Stocked: 0, Quarantined: 0), pool.Counts);

        ports[0].GiveBack();
        await UntilCounts(pool, new PortPoolCounts(5, InUse: 1, Stocked: 0, Quarantined: 0));

        Free([ports[1], Rent(pool)]);
        Assert.False(pool.IsOutOfFiles);
    }

    [Fact]
    public void A_range_that_is_used_up_is_no_want_of_files()
    {
        using var pool = Pool(pairs: 2, budget: new DescriptorBudget(24));

        Free(RentAll(pool));

        Assert.False(pool.IsOutOfFiles);
    }

    [Fact]
    public void The_stock_is_open_before_it_is_wanted()
    {
        using var pool = Pool(pairs: 5, stock: 3);
        pool.Refill();

        Assert.Equal(new PortPoolCounts(5, InUse: 0, Stocked: 3, Quarantined: 0), pool.Counts);
    }

    [Fact]
    public void Pools_with_different_ranges_stand_side_by_side()
    {
        using var one = Pool(pairs: 2);
        using var other = Pool(pairs: 2);

        Free([.. RentAll(one), .. RentAll(other)]);
    }

    [Fact]
    public void An_odd_first_port_is_rounded_up()
    {
        Options = RelayRig.Options(o => o.LastPort = o.FirstPort++ + 3);
        using var pool = NewPool();

        Assert.Equal(1, pool.Counts.Total);
    }

    private RelayOptions Options { get; set; } = new();

    private PortPool Pool(int pairs, int stock = 0, int maxOpen = 100, DescriptorBudget? budget = null)
    {
        Options = RelayRig.Options(o => (o.LastPort, o.StockPairs) = (o.FirstPort + 2 * pairs - 1, stock));
        return NewPool(maxOpen, budget);
    }

    private PortPool NewPool(int maxOpen = 100, DescriptorBudget? budget = null) =>
        new(RelayRig.Address, new PortRange(Options, 0, 1), Options, _clock, _loop, budget) { MaxOpen = maxOpen };

    private static Task<PortPoolCounts> UntilCounts(PortPool pool, PortPoolCounts counts, Action? turn = null) => Poll.UntilSeen(
        "the counts",
        () =>
        {
            turn?.Invoke();
            return pool.Counts;
        },
        seen => seen == counts,
        TimeSpan.FromSeconds(10));

    private static PortPair Rent(PortPool pool)
    {
        Assert.True(pool.TryRent(out var pair));
        return pair;
    }

    private static List<PortPair> RentAll(PortPool pool)
    {
        var pairs = new List<PortPair>();
        while (pool.TryRent(out var pair))
            pairs.Add(pair);

        return pairs;
    }

    private static void Free(List<PortPair> pairs) => pairs.ForEach(pair => pair.Dispose());
}
