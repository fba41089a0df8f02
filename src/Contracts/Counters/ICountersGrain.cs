using System.Collections.Immutable;
using Orleans.Concurrency;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Counters;

/// <summary>Sums a tenant's counters over the nodes. Key: the tenant id.</summary>
[Alias("ICountersGrain")]
public interface ICountersGrain : ITenantOwned
{
    /// <summary>A node's absolute figures since its start, one per <see cref="Counter"/>; sent each second while they change.
    /// Levels count while the report is younger than 10 s or the node's lease holds.</summary>
    Task Report(string node, string incarnation, ImmutableArray<long> values);

    /// <summary>The sums, one per <see cref="Counter"/>, less the baseline of the last Clear.</summary>
    [ReadOnly]
    Task<ImmutableArray<long>> Read();

    /// <summary>Starts the counts anew; levels stay. The baseline is stored.</summary>
    Task Clear();
}
