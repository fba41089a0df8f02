using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Silos of one cluster: one directory, placement, silos that stop and silos that die.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task A_grain_is_activated_once_whichever_silo_calls_it()
    {
        await using var hosts = await SiloHosts.Start(3);
        var key = NewKey();

        var calls = Enumerable.Range(0, 60).Select(i => Task.Run(() => hosts.Grains(i % 3).GetGrain<ILifeGrain>(key).Where()));

        Assert.Single((await Task.WhenAll(calls).Soon()).Distinct());
        Assert.Equal(1, Lives.Of(key).Begun);
    }

    [Fact]
    public async Task However_often_grains_end_and_begin_no_two_activations_of_one_live_at_once()
    {
        await using var hosts = await SiloHosts.Start(3);
        var prefix = NewKey();

        var rounds = Enumerable.Range(0, 12).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                var grain = hosts.Grains((worker + i) % 3).GetGrain<ISoleGrain>($"{prefix}{(worker * 7 + i) % 5}");
                Assert.True(await grain.IsAlone());
                if (i % 3 == 0)
                    await grain.End();
            }
        }));

        await Task.WhenAll(rounds).Soon();
    }

    [Fact]
    public async Task Grains_spread_over_the_silos()
    {
        await using var hosts = await SiloHosts.Start(3);

        var calls = Enumerable.Range(0, 120).Select(_ => hosts.Grains(0).GetGrain<ILifeGrain>(NewKey()).Where());

        Assert.Equal(3, (await Task.WhenAll(calls).Soon()).Distinct().Count());
    }

    [Fact]
    public async Task A_grain_that_prefers_its_callers_silo_gets_it()
    {
        await using var hosts = await SiloHosts.Start(3);

        for (var silo = 0; silo < 3; silo++)
            Assert.Equal(hosts.Address(silo), await hosts.Grains(silo).GetGrain<IEchoGrain>(NewKey()).Where().Soon());
    }

    [Fact]
    public async Task Clusters_with_different_primaries_know_nothing_of_each_other()
    {
        await using var one = await SiloHosts.Start(1);
        await using var other = await SiloHosts.Start(1);
        var key = NewKey();

        Assert.Equal(1, await one.Grains(0).GetGrain<ILifeGrain>(key).Number().Soon());
        Assert.Equal(2, await other.Grains(0).GetGrain<ILifeGrain>(key).Number().Soon());
    }

    [Fact]
    public async Task A_silo_that_stops_ends_its_grains_and_they_are_activated_elsewhere()
    {
        await using var hosts = await SiloHosts.Start(2);
        var key = await PlaceOn(hosts, 1);

        await hosts.Stop(1);

        Assert.Equal(DeactivationReasonCode.ShuttingDown, await Lives.Of(key).NextEnd());
        Assert.Equal(2, await hosts.Grains(0).GetGrain<ILifeGrain>(key).Number().Soon());
    }

    [Fact]
    public async Task A_call_that_a_dying_silo_serves_fails()
    {
        await using var hosts = await SiloHosts.Start(2);
        var (name, gate) = Gate.New();
        var grain = hosts.Grains(0).GetGrain<ILifeGrain>(await PlaceOn(hosts, 1));
        var held = grain.EndAfter(name);
        await gate.Entered;

        await hosts.Kill(1);

        await Assert.ThrowsAnyAsync<OrleansException>(() => held.Soon());
        gate.Open();
    }

    [Fact]
    public async Task The_grains_of_a_dead_silo_are_activated_elsewhere()
    {
        await using var hosts = await SiloHosts.Start(2);
        var key = await PlaceOn(hosts, 1);

        await hosts.Kill(1);

        Assert.Equal(2, await Retry(() => hosts.Grains(0).GetGrain<ILifeGrain>(key).Number()));
    }

    [Fact]
    public async Task A_silo_whose_host_is_disposed_without_a_stop_is_dead()
    {
        await using var hosts = await SiloHosts.Start(2);
        var key = await PlaceOn(hosts, 1);

        hosts[1].Dispose();

        Assert.Equal(2, await Retry(() => hosts.Grains(0).GetGrain<ILifeGrain>(key).Number()));
    }

    [Fact]
    public async Task A_silo_can_start_again_at_the_address_of_one_that_stopped()
    {
        await using var hosts = await SiloHosts.Start(2);
        await hosts.Stop(1);

        await hosts.Restart(1);

        Assert.Equal(hosts.Address(1), await hosts.Grains(1).GetGrain<IEchoGrain>(NewKey()).Where().Soon());
    }

    [Fact]
    public async Task The_cluster_lists_its_active_silos()
    {
        await using var hosts = await SiloHosts.Start(2);
        await hosts.Stop(1);

        var active = await hosts.Grains(0).GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).Soon();

        Assert.Equal([hosts.Address(0)], active.Keys);
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private static async Task<string> PlaceOn(SiloHosts hosts, int silo)
    {
        while (true)
        {
            var key = NewKey();
            if (Equals(await hosts.Grains(0).GetGrain<ILifeGrain>(key).Where().Soon(), hosts.Address(silo)))
                return key;
        }
    }

    /// <summary>A cluster may need a while to learn of a death; until then calls are rejected.</summary>
    private static async Task<int> Retry(Func<Task<int>> call)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            try
            {
                return await call().Soon();
            }
            catch (OrleansException) when (!limit.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
