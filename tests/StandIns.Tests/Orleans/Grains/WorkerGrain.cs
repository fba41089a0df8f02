using Orleans.Concurrency;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[StatelessWorker(2)]
internal sealed class WorkerGrain(ILocalSiloDetails silo) : Grain, IWorkerGrain
{
    public async Task<SiloAddress> Work(string gate)
    {
        await Gate.Of(gate).Pass();
        return silo.SiloAddress;
    }
}
