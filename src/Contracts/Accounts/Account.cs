using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Accounts;

/// <summary>A person who signs in to the console.</summary>
/// <param name="Username">1 to 64 characters of letters, digits, <c>.</c>, <c>-</c>, <c>@</c> and <c>+</c>; lower case.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Tenant">Whose; null for an operator.</param>
/// <param name="Stamp">Changes with the password; a cookie with an older one is void.</param>
[GenerateSerializer, Alias("account")]
public sealed record Account(
    [property: Id(0)] string Username,
    [property: Id(1)] Role Role,
    [property: Id(2)] TenantId? Tenant,
    [property: Id(3)] string Stamp);
