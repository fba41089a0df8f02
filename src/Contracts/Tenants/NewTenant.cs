using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>What is said when a tenant is made.</summary>
/// <param name="Name">For people; empty takes the id.</param>
/// <param name="Domains">At least one; refused with Conflict when another tenant has one of them.</param>
/// <param name="Realm">The digest realm for good; null takes the first domain.</param>
/// <param name="Settings">Null takes the defaults.</param>
[GenerateSerializer, Alias("new-tenant")]
public sealed record NewTenant(
    [property: Id(0)] string Name,
    [property: Id(1)] ImmutableArray<string> Domains,
    [property: Id(2)] string? Realm = null,
    [property: Id(3)] TenantSettings? Settings = null)
{
    /// <summary>Those of <see cref="Domains"/> that take calls only.</summary>
    [Id(20)]
    public ImmutableArray<string> OriginationDomains { get; init; } = [];
}
