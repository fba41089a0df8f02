namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[GrainType("life")]
internal sealed class LifeGrain(ILocalSiloDetails silo) : Grain, ILifeGrain
{
    private int _number;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _number = Lives.Of(this.GetPrimaryKeyString()).Begin();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Lives.Of(this.GetPrimaryKeyString()).End(reason.ReasonCode);
        return Task.CompletedTask;
    }

    public Task<int> Number() => Task.FromResult(_number);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task EndAfter(string gate)
    {
        DeactivateOnIdle();
        return Gate.Of(gate).Pass();
    }

    public Task Keep(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);
}
