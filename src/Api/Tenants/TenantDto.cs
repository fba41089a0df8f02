using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tenants;

/// <summary>A customer with its own domains, extensions, routes and history.</summary>
/// <param name="Id">Immutable.</param>
/// <param name="Name">For people.</param>
/// <param name="Realm">The digest realm; immutable.</param>
/// <param name="Domains">The SIP domains that mean this tenant.</param>
/// <param name="Enabled">A disabled tenant's requests are refused with 403.</param>
/// <param name="Created">When it was made.</param>
/// <param name="OriginationDomains">Those of its domains that take calls and ring nobody.</param>
internal sealed record TenantDto(
    string Id,
    string Name,
    string Realm,
    IReadOnlyList<string> Domains,
    bool Enabled,
    DateTimeOffset Created,
    IReadOnlyList<string> OriginationDomains)
{
    public static TenantDto From(Tenant tenant) =>
        new(tenant.Id.Value, tenant.Name, tenant.Realm, tenant.Domains, tenant.Enabled, tenant.Created,
            [.. tenant.Domains.Where(tenant.IsOriginationOnly)]);
}
