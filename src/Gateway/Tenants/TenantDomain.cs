namespace TekSipCloud.Gateway.Tenants;

/// <summary>A domain of a tenant, by which its phones call.</summary>
/// <param name="Name">The domain as configured.</param>
/// <param name="Ownership">The line of a call's decision log that says whose it is.</param>
/// <param name="IsOriginationOnly">Whether it takes calls and rings nobody.</param>
internal sealed record TenantDomain(string Name, string Ownership, bool IsOriginationOnly);
