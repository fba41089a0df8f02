using System.Collections.Immutable;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Grains.DialPlan;

/// <summary>Destinations by name, routes by id and IP filters by address, as last read or written.</summary>
internal sealed record DialPlanState
{
    public static readonly DialPlanState Empty = new();

    public ConfigRow<DialPlanVersion>? Version { get; init; }

    public ImmutableSortedDictionary<string, ConfigRow<DestinationTarget>> Destinations { get; init; } =
        ImmutableSortedDictionary.Create<string, ConfigRow<DestinationTarget>>(StringComparer.Ordinal);

    public ImmutableDictionary<string, ConfigRow<Route>> Routes { get; init; } =
        ImmutableDictionary<string, ConfigRow<Route>>.Empty;

    public ImmutableDictionary<string, ConfigRow<IpFilter>> IpFilters { get; init; } =
        ImmutableDictionary<string, ConfigRow<IpFilter>>.Empty;

    /// <summary>The routes as they are shown.</summary>
    public IEnumerable<ConfigRow<Route>> RoutesInOrder =>
        Routes.Values.OrderBy(row => row.Value.Order).ThenBy(row => row.Value.Prefix, StringComparer.Ordinal).ThenBy(row => row.Value.Id);

    /// <summary>The filters as they are tried.</summary>
    public IEnumerable<IpFilter> IpFiltersInOrder =>
        IpFilters.Values.Select(row => row.Value).OrderBy(filter => filter.Order).ThenBy(filter => filter.Address, StringComparer.Ordinal);

    /// <summary>Everything as gateways keep it: routes by longest prefix, then order.</summary>
    public DialPlanSnapshot Snapshot(TenantId tenant) => new(
        tenant,
        Version?.Value.Version ?? 0,
        [.. Destinations.Values.Select(row => row.Value)],
        [.. RoutesInOrder.Select(row => row.Value).OrderByDescending(route => route.Prefix.Length)],
        [.. IpFiltersInOrder]);

    /// <summary>The place for a route that names none: its old one, or behind all others of its prefix.</summary>
    public Route Place(Route route)
    {
        if (route.Order >= 0)
            return route;

        var others = Routes.Values.Where(row => row.Value.Prefix == route.Prefix && row.Value.Id != route.Id);
        return Routes.TryGetValue(route.Id, out var current) && current.Value.Prefix == route.Prefix
            ? route with { Order = current.Value.Order }
            : route with { Order = others.Select(row => row.Value.Order + 1).DefaultIfEmpty(0).Max() };
    }

    /// <summary>The place for a filter that names none.</summary>
    public IpFilter Place(IpFilter filter)
    {
        if (filter.Order >= 0)
            return filter;

        return IpFilters.TryGetValue(filter.Address, out var current)
            ? filter with { Order = current.Value.Order }
            : filter with { Order = IpFilters.Values.Select(row => row.Value.Order + 1).DefaultIfEmpty(0).Max() };
    }
}
