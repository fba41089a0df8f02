using System.Collections.Immutable;
using Orleans.Concurrency;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.DialPlan;

/// <summary>Owns a tenant's destinations, routes and IP filters. Key: the tenant id.</summary>
[Alias("IDialPlanGrain")]
public interface IDialPlanGrain : ITenantOwned
{
    /// <summary>Everything at once, as gateways keep it. Changes reach them as <see cref="Tenants.TenantNews"/>.</summary>
    [ReadOnly]
    Task<DialPlanSnapshot> GetSnapshot();

    /// <summary>The destinations by name.</summary>
    [ReadOnly]
    Task<ImmutableArray<Versioned<Destination>>> ListDestinations();

    /// <summary>
    /// Adds or replaces a destination. A null or empty password keeps the stored one; <see cref="Destination.HasPassword"/> is ignored.
    /// Invalid, Conflict, Changed, NotFound (no such tenant).
    /// </summary>
    Task<Result<Versioned<Destination>>> SaveDestination(Destination destination, string? password, WriteCondition condition);

    /// <summary>Removes a destination. NotFound, Changed, Conflict while a route uses it.</summary>
    Task<Result> DeleteDestination(string name, WriteCondition condition);

    /// <summary>The routes in the order they are shown: by <see cref="Route.Order"/>.</summary>
    [ReadOnly]
    Task<ImmutableArray<Versioned<Route>>> ListRoutes();

    /// <summary>Adds a route (empty id) or replaces one. Invalid (also for an unknown destination), NotFound, Changed, Conflict.</summary>
    Task<Result<Versioned<Route>>> SaveRoute(Route route, WriteCondition condition);

    /// <summary>Removes a route. NotFound, Changed.</summary>
    Task<Result> DeleteRoute(string id, WriteCondition condition);

    /// <summary>Removes every route with this prefix. NotFound.</summary>
    Task<Result> DeleteRoutesByPrefix(string prefix);

    /// <summary>The filters by order.</summary>
    [ReadOnly]
    Task<ImmutableArray<IpFilter>> ListIpFilters();

    /// <summary>Adds a filter or replaces the one with the same address. Invalid.</summary>
    Task<Result> SaveIpFilter(IpFilter filter);

    /// <summary>Removes the filter with this address. NotFound.</summary>
    Task<Result> DeleteIpFilter(string address);
}
