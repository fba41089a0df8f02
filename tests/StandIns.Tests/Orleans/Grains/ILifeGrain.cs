using Orleans.Concurrency;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>A grain that tells about its activations.</summary>
internal interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>The number of this activation among all of this grain's.</summary>
    Task<int> Number();

    Task End();

    Task EndAfter(string gate);

    Task Keep(TimeSpan time);

    [AlwaysInterleave]
    Task<SiloAddress> Where();
}
