using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Stateless workers.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task A_stateless_worker_serves_as_many_calls_at_once_as_it_may_have_activations()
    {
        await using var hosts = await SiloHosts.Start(1);
        var worker = hosts.Grains(0).GetGrain<IWorkerGrain>("pool");
        var (firstName, first) = Gate.New();
        var (secondName, second) = Gate.New();
        var both = Task.WhenAll(worker.Work(firstName), worker.Work(secondName));

        await Task.WhenAll(first.Entered, second.Entered);

        first.Open();
        second.Open();
        await both.Soon();
    }

    [Fact]
    public async Task A_stateless_worker_works_where_its_caller_is()
    {
        await using var hosts = await SiloHosts.Start(2);
        var (name, gate) = Gate.New();
        gate.Open();

        for (var silo = 0; silo < 2; silo++)
            Assert.Equal(hosts.Address(silo), await hosts.Grains(silo).GetGrain<IWorkerGrain>("local").Work(name).Soon());
    }
}
