using System.Collections.Immutable;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.DialPlan;

/// <summary>The whole dial plan of a tenant at one version.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Destinations">By name.</param>
/// <param name="Routes">Longest prefix first, then order.</param>
/// <param name="IpFilters">By order.</param>
[GenerateSerializer, Alias("dial-plan-snapshot")]
public sealed record DialPlanSnapshot(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] long Version,
    [property: Id(2)] ImmutableArray<DestinationTarget> Destinations,
    [property: Id(3)] ImmutableArray<Route> Routes,
    [property: Id(4)] ImmutableArray<IpFilter> IpFilters);
