using System.Collections.Immutable;
using Orleans.Concurrency;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Security;

/// <summary>Owns the list of blocked addresses of a tenant. Key: the tenant id.</summary>
[Alias("IQuarantineGrain")]
public interface IQuarantineGrain : ITenantOwned
{
    /// <summary>The entries, latest first.</summary>
    [ReadOnly]
    Task<ImmutableArray<QuarantineEntry>> List();

    /// <summary>Adds or renews an entry. Invalid for a bad address.</summary>
    Task<Result> Add(string address, string userAgent);

    /// <summary>Removes one entry. NotFound.</summary>
    Task<Result> Remove(string address);

    /// <summary>Removes all entries.</summary>
    Task Clear();
}
