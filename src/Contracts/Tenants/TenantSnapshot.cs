namespace TekSipCloud.Contracts.Tenants;

/// <summary>What a gateway keeps of a tenant between two pieces of news.</summary>
/// <param name="Tenant">Domains, realm, settings.</param>
/// <param name="Version">Grows with every change of the tenant.</param>
[GenerateSerializer, Alias("tenant-snapshot")]
public sealed record TenantSnapshot([property: Id(0)] Tenant Tenant, [property: Id(1)] long Version);
