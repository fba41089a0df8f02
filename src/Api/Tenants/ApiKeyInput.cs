using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Tenants;

/// <summary>An API key to be made.</summary>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Role">What it may do: <c>tenantAdmin</c> or <c>viewer</c>.</param>
internal sealed record ApiKeyInput(string Name, Role Role);
