using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 4 to 6.</summary>
internal sealed class RouteOperations(IGrainFactory grains) : ITekSipOperations
{
    public string Path => "/routing";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.AddRoute] = Add,
            [TekSipOperation.RemoveRoute] = Remove,
            [TekSipOperation.ListRoute] = List,
        };

    private async Task<object> Add(TekSipCall call)
    {
        var prefix = call.Fields.FindText("Prefix");
        var destination = call.Fields.Demand("Destination");
        var order = call.Fields.Number("Order", -1);
        var enabled = call.Fields.Flag("Enabled", true);
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);
        if (prefix is null)
            return call.Refuse("Cannot apply changes; enter minimum configuration: Prefix is missing.");

        var dialPlan = grains.DialPlan(call.Tenant);
        if ((await dialPlan.ListDestinations()).All(known => known.Value.Name != destination))
            return call.Refuse("Specified destination does not exist.");

        // A prefix may have several destinations; a second Add of the same pair updates it.
        var same = (await dialPlan.ListRoutes()).FirstOrDefault(r => r.Value.Prefix == prefix && r.Value.Destination == destination)?.Value;
        var route = new Route
        {
            Id = same?.Id ?? "",
            Order = order >= 0 ? order : same?.Order ?? -1,
            Prefix = prefix,
            Destination = destination,
            Enabled = enabled,
        };
        var result = await dialPlan.SaveRoute(route, WriteCondition.None);
        return result.Problem is { } problem ? call.Refuse(problem) : call.Done($"Route entry is added for prefix '{prefix}'.");
    }

    private async Task<object> Remove(TekSipCall call)
    {
        var prefix = call.Fields.FindText("Prefix");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);
        if (prefix is null)
            return call.Refuse("Cannot apply changes; enter minimum configuration: Prefix is missing.");

        var result = await grains.DialPlan(call.Tenant).DeleteRoutesByPrefix(prefix);
        if (result.Problem is not { } problem)
            return call.Done("Route entry is deleted");

        return problem.Kind == ProblemKind.NotFound ? call.Refuse("Specified route does not exist.") : call.Refuse(problem);
    }

    private async Task<object> List(TekSipCall call)
    {
        var routes = await grains.DialPlan(call.Tenant).ListRoutes();
        return routes.Select(r => new TekSipRoute(r.Value.Order, r.Value.Prefix, r.Value.Destination, r.Value.Enabled)).ToArray();
    }
}
