using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Api.TekSip;

/// <summary>Operations 20 to 22, of which the manual has no samples.</summary>
internal sealed class IpFilterOperations(IGrainFactory grains) : ITekSipOperations
{
    public string Path => "/ipfilters";

    public IReadOnlyDictionary<TekSipOperation, Func<TekSipCall, Task<object>>> Operations =>
        new Dictionary<TekSipOperation, Func<TekSipCall, Task<object>>>
        {
            [TekSipOperation.AddIPFilter] = Add,
            [TekSipOperation.RemoveIPFilter] = Remove,
            [TekSipOperation.ListIPFilter] = List,
        };

    private async Task<object> Add(TekSipCall call)
    {
        var address = call.Fields.Demand("Address");
        call.Fields.Demand("Action");
        var action = call.Fields.Choice("Action", IpFilterAction.Allow);
        var order = call.Fields.Number("Order", 0);
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);

        var result = await grains.DialPlan(call.Tenant).SaveIpFilter(new IpFilter(address, action, order));
        return result.Problem is { } problem ? call.Refuse(problem) : call.Done($"IP filter entry '{address}' is added.");
    }

    private async Task<object> Remove(TekSipCall call)
    {
        var address = call.Fields.Demand("Address");
        if (call.Fields.Fault is { } fault)
            return call.Refuse(fault);

        var result = await grains.DialPlan(call.Tenant).DeleteIpFilter(address);
        if (result.Problem is not { } problem)
            return call.Done($"IP filter entry '{address}' is deleted.");

        return problem.Kind == ProblemKind.NotFound
            ? call.Refuse($"IP filter entry '{address}' does not exist.")
            : call.Refuse(problem);
    }

    private async Task<object> List(TekSipCall call)
    {
        var filters = await grains.DialPlan(call.Tenant).ListIpFilters();
        return filters.Select(filter => new TekSipIpFilter(filter.Address, filter.Action.ToString(), filter.Order)).ToArray();
    }
}
