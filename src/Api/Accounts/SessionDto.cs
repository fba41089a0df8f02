using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Accounts;

/// <summary>Who is signed in.</summary>
/// <param name="Username">The account's name, or <c>key:</c> and an API key's name.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Tenant">Their tenant; null for an operator.</param>
/// <param name="Tenants">The tenants they may see, up to a thousand.</param>
internal sealed record SessionDto(string Username, Role Role, string? Tenant, IReadOnlyList<SessionTenantDto> Tenants);
