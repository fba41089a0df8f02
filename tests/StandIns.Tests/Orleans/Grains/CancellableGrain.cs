using Orleans.Placement;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

[PreferLocalPlacement]
internal sealed class CancellableGrain(ILocalSiloDetails silo) : Placed(silo), ICancellableGrain
{
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task WaitForCancellation(string gate, CancellationToken cancel)
    {
        await using var registration = cancel.Register(() => _cancelled.TrySetResult());
        _ = Gate.Of(gate).Pass();
        await _cancelled.Task;
        cancel.ThrowIfCancellationRequested();
    }

    public Task WaitTooLong(string gate, CancellationToken cancel) => WaitForCancellation(gate, cancel);

    public Task WasCancelled() => _cancelled.Task;

    public Task<bool> IsCancelled(CancellationToken cancel) => Task.FromResult(cancel.IsCancellationRequested);
}
