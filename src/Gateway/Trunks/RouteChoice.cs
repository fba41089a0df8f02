using System.Collections.Immutable;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>Which destinations an extension's call to an outside number may take, best first, and why others were passed over.</summary>
/// <param name="Candidates">To be tried in this order.</param>
/// <param name="Skipped">One line a route that matched but cannot be used, for the decision log.</param>
internal sealed record RouteChoice(ImmutableArray<RouteCandidate> Candidates, ImmutableArray<string> Skipped)
{
    /// <summary>Longest prefix first, then the routes' order; the default route is the one with the empty prefix.</summary>
    public static RouteChoice For(TenantView tenant, Extension caller, string number)
    {
        var candidates = ImmutableArray.CreateBuilder<RouteCandidate>();
        var skipped = ImmutableArray.CreateBuilder<string>();
        foreach (var route in Matching(tenant.DialPlan, number))
        {
            var destination = tenant.FindDestination(route.Destination)?.Destination;
            if (WhyNot(route, destination, caller) is { } reason)
                skipped.Add($"Route '{route.Prefix}' to {route.Destination}: {reason}");
            else
                candidates.Add(new(route, tenant.FindDestination(route.Destination)!, Translate(number, route, destination!, caller)));
        }

        return new(candidates.ToImmutable(), skipped.ToImmutable());
    }

    private static IEnumerable<Route> Matching(DialPlanSnapshot plan, string number) => plan.Routes
        .Where(r => number.StartsWith(r.Prefix, StringComparison.Ordinal))
        .OrderByDescending(r => r.Prefix.Length)
        .ThenBy(r => r.Order);

    private static string? WhyNot(Route route, Destination? destination, Extension caller)
    {
        if (!route.Enabled)
            return "the route is disabled";
        if (destination is null)
            return "the destination does not exist";
        if (!destination.Enabled)
            return "the destination is disabled";

        return caller.ExternalRoute.Length > 0 && caller.ExternalRoute != destination.Name
            ? $"{caller.Username} may use {caller.ExternalRoute} only"
            : null;
    }

    private static string Translate(string number, Route route, Destination destination, Extension caller)
    {
        var rest = destination.RemovePrefix ? number[route.Prefix.Length..] : number;
        return caller.Prefix + destination.AddPrefix + rest;
    }
}
