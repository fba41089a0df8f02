namespace TekSipCloud.Api.Tenants;

/// <summary>What of a tenant is to change; an absent or null member stays as it is.</summary>
/// <param name="Name">For people.</param>
/// <param name="Domains">All SIP domains; operators only.</param>
/// <param name="Enabled">Whether the tenant is served; operators only.</param>
/// <param name="OriginationDomains">All those of its domains that take calls and ring nobody; operators only.</param>
internal sealed record TenantPatch(
    string? Name = null, IReadOnlyList<string>? Domains = null, bool? Enabled = null, IReadOnlyList<string>? OriginationDomains = null);
