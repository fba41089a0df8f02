using Orleans.Concurrency;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>A grain that keeps a part of a tenant in memory.</summary>
[Alias("ITenantOwned")]
public interface ITenantOwned : IGrainWithStringKey
{
    /// <summary>
    /// The tenant is being removed: the grain answers as if there were nothing and leaves memory. Called by the tenant's grain only; the one
    /// call against the direction of all others, which is why it never waits for a turn.
    /// </summary>
    [AlwaysInterleave]
    Task Forget();
}
