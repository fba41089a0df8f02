using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Grains.DialPlan;

internal sealed partial class DialPlanGrain
{
    public Task<ImmutableArray<IpFilter>> ListIpFilters() =>
        Task.FromResult(_state.IpFiltersInOrder.ToImmutableArray());

    public async Task<Result> SaveIpFilter(IpFilter filter)
    {
        if (DialPlanRules.Validate(filter) is { } invalid)
            return invalid;

        if ((await Tenant.Get()).Problem is { } noTenant)
            return noTenant;

        if (DialPlanRules.RefuseTooMany(filter, _state) is { } tooMany)
            return tooMany;

        var placed = _state.Place(filter with { Address = DialPlanRules.NormalizeNetwork(filter.Address)! });
        var transaction = new ConfigTransaction(Id.Value);
        var key = ConfigKeys.Of(ConfigKeys.IpFilters, placed.Address);
        var row = transaction.Put(key, placed, _state.IpFilters.GetValueOrDefault(placed.Address));
        await Commit(transaction, "saved", key, _state with { IpFilters = _state.IpFilters.SetItem(placed.Address, row) });
        return Result.Done;
    }

    public async Task<Result> DeleteIpFilter(string address)
    {
        var normal = DialPlanRules.NormalizeNetwork(address);
        if (normal is null || !_state.IpFilters.TryGetValue(normal, out var row))
            return Problem.NotFound($"There is no IP filter for {address}.");

        var transaction = new ConfigTransaction(Id.Value);
        transaction.Delete(row);
        await Commit(transaction, "removed", row.Key, _state with { IpFilters = _state.IpFilters.Remove(normal) });
        return Result.Done;
    }
}
