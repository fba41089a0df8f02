using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Accounts;

/// <summary>Who makes a request: an account or an API key.</summary>
/// <param name="Username">The account's, or <c>key:</c> and the key's name.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Tenant">Whose; null for an operator.</param>
internal sealed record Caller(string Username, Role Role, TenantId? Tenant);
