using Orleans.Concurrency;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal interface ICancellableGrain : IPlaced
{
    Task WaitForCancellation(string gate, CancellationToken cancel);

    [AlwaysInterleave]
    Task WasCancelled();

    [ResponseTimeout("00:00:00.300")]
    Task WaitTooLong(string gate, CancellationToken cancel);

    Task<bool> IsCancelled(CancellationToken cancel);
}
