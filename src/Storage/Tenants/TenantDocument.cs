using System.Collections.Immutable;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Storage.Tenants;

/// <summary>A tenant as stored.</summary>
/// <param name="Tenant">What can be shown.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record TenantDocument(Tenant Tenant, long Version)
{
    /// <summary>The hash of the TekSIP-compatible API's password; null when that API is off.</summary>
    public string? ApiPasswordHash { get; init; }

    /// <summary>Domains given up whose claims may not be removed yet.</summary>
    public ImmutableArray<string> ReleasedDomains { get; init; } = [];

    /// <summary>Whether it ever had a sound of its own, so that there may be audio to be removed with it.</summary>
    public bool HadSounds { get; init; }

    /// <summary>The tenant is being removed: it exists for nobody any more.</summary>
    public bool IsLeaving { get; init; }
}
