using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>How the loops share the ports.</summary>
public sealed class PortRangeTests
{
    [Fact]
    public void Every_pair_is_of_one_loop_and_at_one_place() =>
        Prop.ForAll(Ranges().ToArbitrary(), shared =>
        {
            var (options, loops) = shared;
            var shares = Enumerable.Range(0, loops).Select(i => new PortRange(options, i, loops)).ToArray();
            var first = options.FirstPort + options.FirstPort % 2;
            var all = Enumerable.Range(first, Math.Max(0, options.LastPort - first)).Where(port => port % 2 == 0);

            Assert.Equal(all, shares.SelectMany(s => s.ToArray()).Order());
            foreach (var share in shares)
                Assert.All(share.ToArray().Index(), port => Assert.Equal(port.Index, PlaceOf(share, port.Item)));
            Assert.All(all, port => Assert.Single(shares, s => s.TryPlace(port, out _)));
            Assert.DoesNotContain(shares, s => s.TryPlace(first - 1, out _) || s.TryPlace(options.LastPort + 2, out _));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10, 4, 1)]
    [InlineData(254, 4, 1)]
    [InlineData(256, 4, 2)]
    [InlineData(10_000, 4, 4)]
    public void A_small_range_is_shared_by_few_loops(int ports, int wanted, int expected) =>
        Assert.Equal(expected, PortRange.LoopsFor(new RelayOptions { FirstPort = 20_000, LastPort = 19_999 + ports, Loops = wanted }));

    private static int PlaceOf(PortRange share, int port) => share.TryPlace(port + 1, out var place) ? place : -1;

    private static Gen<(RelayOptions Options, int Loops)> Ranges() =>
        from first in Gen.Choose(1024, 1200)
        from ports in Gen.Choose(2, 300)
        from loops in Gen.Choose(1, 20)
        select (new RelayOptions { FirstPort = first, LastPort = first + ports - 1 }, loops);
}
