using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Calls;

/// <summary>Reads CDRs.</summary>
public interface ICallHistory
{
    /// <summary>The tenant's finished calls, latest first.</summary>
    Task<Page<CallRecord>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel);

    /// <summary>One finished call; null for none.</summary>
    Task<CallRecord?> Find(TenantId tenant, Guid call, CancellationToken cancel);
}
