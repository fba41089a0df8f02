using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Storage.Tenants;

/// <summary>Says which tenant has a domain.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Claimed">When it was claimed.</param>
internal sealed record DomainClaim(TenantId Tenant, DateTimeOffset Claimed);
