using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Extensions;

/// <summary>Lists extensions without waking them.</summary>
public interface IExtensionList
{
    /// <summary>The tenant's extensions by username; the prefix is one of the username.</summary>
    Task<Page<Versioned<Extension>>> List(TenantId tenant, PageRequest page, CancellationToken cancel);
}
