namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal abstract class Placed(ILocalSiloDetails silo) : Grain, IPlaced
{
    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);
}
