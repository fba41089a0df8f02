using System.Collections.Immutable;
using TekSipCloud.Contracts.Counters;

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
