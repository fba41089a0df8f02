using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>What of a tenant is to change; null leaves a member as it is.</summary>
[GenerateSerializer, Alias("tenant-change")]
public sealed record TenantChange(
    [property: Id(0)] string? Name = null,
    [property: Id(1)] ImmutableArray<string>? Domains = null,
    [property: Id(2)] bool? Enabled = null,
    [property: Id(3)] TenantSettings? Settings = null)
{
    /// <summary>The domains that take calls only; null leaves those that the tenant still has.</summary>
    [Id(20)]
    public ImmutableArray<string>? OriginationDomains { get; init; }
}
