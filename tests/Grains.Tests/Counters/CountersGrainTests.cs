using System.Collections.Immutable;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Grains.Tests.Counters;

public sealed class CountersGrainTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Counts_and_their_baseline_outlive_a_restart()
    {
        var tenant = (await silo.NewTenant()).Value;
        await Counters(tenant).Report("x", "01", Values(requests: 10)).Soon();
        await Counters(tenant).Clear().Soon();
        await Counters(tenant).Report("x", "01", Values(requests: 15)).Soon();
        Assert.Equal(5, await ReadRequests(tenant));

        await silo.Restart();

        Assert.Equal(5, await ReadRequests(tenant));
        await Counters(tenant).Report("x", "02", Values(requests: 1)).Soon();
        Assert.Equal(6, await ReadRequests(tenant));
    }

    [Fact]
    public async Task Quarantined_addresses_are_counted_as_a_level()
    {
        var tenant = (await silo.NewTenant()).Value;
        await silo.Grains.GetGrain<IQuarantineGrain>(tenant).Add("192.0.2.66", "scanner").Soon();
        await Counters(tenant).Clear().Soon();

        Assert.Equal(1, (await Counters(tenant).Read().Soon())[(int)Counter.QuarantinedEndpoints]);
    }

    private static ImmutableArray<long> Values(long requests)
    {
        var values = new long[CounterNames.All.Length];
        values[(int)Counter.RequestsReceived] = requests;
        return [.. values];
    }

    private ICountersGrain Counters(string tenant) => silo.Grains.GetGrain<ICountersGrain>(tenant);

    private async Task<long> ReadRequests(string tenant) =>
        (await Counters(tenant).Read().Soon())[(int)Counter.RequestsReceived];
}
