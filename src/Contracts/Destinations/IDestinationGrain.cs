using Orleans.Concurrency;

namespace TekSipCloud.Contracts.Destinations;

/// <summary>Counts the calls of one destination, in memory. Key: <see cref="DestinationKey"/>.</summary>
[Alias("IDestinationGrain")]
public interface IDestinationGrain : IGrainWithStringKey
{
    /// <summary>Takes a place for a call; OverLimit when <paramref name="capacity"/> (zero: none) is reached. Idempotent by call.</summary>
    Task<Result> Take(Guid call, int capacity);

    /// <summary>Gives the place back. Idempotent.</summary>
    Task Release(Guid call);

    /// <summary>The calls in progress.</summary>
    [ReadOnly]
    Task<int> CountCalls();
}
