using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Grains.DialPlan;

internal sealed partial class DialPlanGrain
{
    // A transaction has room for the version and an audit entry besides.
    private const int RoutesAtOnce = ConfigTransaction.MaxRows - 2;

    public Task<ImmutableArray<Versioned<Route>>> ListRoutes() =>
        Task.FromResult(_state.RoutesInOrder.Select(ToVersioned).ToImmutableArray());

    public async Task<Result<Versioned<Route>>> SaveRoute(Route route, WriteCondition condition)
    {
        var current = _state.Routes.GetValueOrDefault(route.Id ?? "");
        if (current is null && route.Id is { Length: > 0 })
            return Problem.NotFound($"There is no route {route.Id}.");

        if (condition.Refuse(current?.Stamp, $"The route {route.Id}") is { } refusal)
            return refusal;

        if (DialPlanRules.Validate(route, _state) is { } invalid)
            return invalid;

        var placed = _state.Place(current is null ? route with { Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N") } : route);
        if (DialPlanRules.RefuseTwin(placed, _state) is { } twin)
            return twin;

        if ((await Tenant.Get()).Problem is { } noTenant)
            return noTenant;

        var transaction = new ConfigTransaction(Id.Value);
        var row = transaction.Put(ConfigKeys.Of(ConfigKeys.Routes, placed.Id), placed, current);
        await Commit(transaction, "saved", row.Key, _state with { Routes = _state.Routes.SetItem(placed.Id, row) });
        return ToVersioned(row);
    }

    public async Task<Result> DeleteRoute(string id, WriteCondition condition)
    {
        if (!_state.Routes.TryGetValue(id, out var row))
            return Problem.NotFound($"There is no route {id}.");

        if (condition.Refuse(row.Stamp, $"The route {id}") is { } refusal)
            return refusal;

        await DeleteRoutes([row]);
        return Result.Done;
    }

    public async Task<Result> DeleteRoutesByPrefix(string prefix)
    {
        var rows = _state.RoutesInOrder.Where(row => row.Value.Prefix == prefix).ToList();
        if (rows.Count == 0)
            return Problem.NotFound($"There is no route for '{prefix}'.");

        foreach (var chunk in rows.Chunk(RoutesAtOnce))
            await DeleteRoutes(chunk);

        return Result.Done;
    }

    private static Versioned<Route> ToVersioned(ConfigRow<Route> row) => new(row.Value, row.Stamp);

    private Task DeleteRoutes(ConfigRow<Route>[] rows)
    {
        var transaction = new ConfigTransaction(Id.Value);
        foreach (var row in rows)
            transaction.Delete(row);

        var left = _state.Routes.RemoveRange(rows.Select(row => row.Value.Id));
        return Commit(transaction, "removed", string.Join(' ', rows.Select(row => row.Key)), _state with { Routes = left });
    }
}
