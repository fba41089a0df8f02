using System.Collections.Concurrent;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal sealed class SoleGrain : Grain, ISoleGrain
{
    private static readonly ConcurrentDictionary<string, int> Alive = new();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Alive.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, count) => count + 1);
        await Task.Yield();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Alive.AddOrUpdate(this.GetPrimaryKeyString(), 0, (_, count) => count - 1);
    }

    public Task<bool> IsAlone() => Task.FromResult(Alive[this.GetPrimaryKeyString()] == 1);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
