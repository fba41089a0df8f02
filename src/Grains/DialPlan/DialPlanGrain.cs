using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.DialPlan;

/// <summary>A tenant's destinations here, its routes and IP filters in the other parts.</summary>
[GrainType("dialplan")]
internal sealed partial class DialPlanGrain(ConfigRows config, ISecretProtector protector, TimeProvider clock) : Grain, IDialPlanGrain
{
    private DialPlanState _state = DialPlanState.Empty;

    private TenantId Id => new(this.GetPrimaryKeyString());

    private ITenantGrain Tenant => GrainFactory.GetGrain<ITenantGrain>(Id.Value);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var tenant = await config.Find<TenantDocument>(Id.Value, ConfigKeys.Tenant, cancellationToken);
        if (tenant is { Value.IsLeaving: false })
            _state = await Load(cancellationToken);
    }

    public Task<DialPlanSnapshot> GetSnapshot() => Task.FromResult(_state.Snapshot(Id));

    public Task<ImmutableArray<Versioned<Destination>>> ListDestinations() =>
        Task.FromResult(_state.Destinations.Values.Select(ToVersioned).ToImmutableArray());

    public async Task<Result<Versioned<Destination>>> SaveDestination(Destination destination, string? password, WriteCondition condition)
    {
        var current = _state.Destinations.GetValueOrDefault(destination.Name ?? "");
        if (condition.Refuse(current?.Stamp, $"The destination {destination.Name}") is { } refusal)
            return refusal;

        if (DialPlanRules.Validate(destination, password) is { } invalid)
            return invalid;

        if ((await Tenant.Get()).Problem is { } noTenant)
            return noTenant;

        var transaction = new ConfigTransaction(Id.Value);
        var key = ConfigKeys.Of(ConfigKeys.Destinations, destination.Name!);
        var row = transaction.Put(key, ToTarget(destination, password, current?.Value), current);
        await Commit(transaction, "saved", key, _state with { Destinations = _state.Destinations.SetItem(destination.Name!, row) });
        return ToVersioned(row);
    }

    public async Task<Result> DeleteDestination(string name, WriteCondition condition)
    {
        if (!_state.Destinations.TryGetValue(name, out var row))
            return Problem.NotFound($"There is no destination {name}.");

        if (condition.Refuse(row.Stamp, $"The destination {name}") is { } refusal)
            return refusal;

        if (_state.RoutesInOrder.FirstOrDefault(route => route.Value.Destination == name) is { } user)
            return Problem.Conflict($"The route for '{user.Value.Prefix}' uses the destination {name}.");

        var transaction = new ConfigTransaction(Id.Value);
        transaction.Delete(row);
        await Commit(transaction, "removed", row.Key, _state with { Destinations = _state.Destinations.Remove(name) });
        return Result.Done;
    }

    public Task Forget()
    {
        _state = DialPlanState.Empty;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private static Versioned<Destination> ToVersioned(ConfigRow<DestinationTarget> row) =>
        new(row.Value.Destination, row.Stamp);

    private DestinationTarget ToTarget(Destination destination, string? password, DestinationTarget? current)
    {
        var secret = string.IsNullOrEmpty(password)
            ? current?.ProtectedPassword
            : protector.Protect(password, new DestinationKey(Id, destination.Name).PasswordPurpose);
        return new(destination with { HasPassword = secret is not null }, secret);
    }

    /// <summary>Stores a change with the next version and tells the gateways.</summary>
    private async Task Commit(ConfigTransaction transaction, string action, string subject, DialPlanState next)
    {
        var version = new DialPlanVersion((_state.Version?.Value.Version ?? 0) + 1);
        var row = transaction.Put(ConfigKeys.DialPlan, version, _state.Version);
        transaction.Audit(clock.GetUtcNow(), action, subject);
        await config.Commit(transaction);

        _state = next with { Version = row };
        await Tenant.Publish(new() { Tenant = Id, DialPlan = _state.Snapshot(Id) });
    }

    private async Task<DialPlanState> Load(CancellationToken cancel)
    {
        var state = DialPlanState.Empty with { Version = await config.Find<DialPlanVersion>(Id.Value, ConfigKeys.DialPlan, cancel) };
        var destinations = state.Destinations.ToBuilder();
        await foreach (var row in config.List<DestinationTarget>(Id.Value, ConfigKeys.Destinations, cancel))
            destinations[row.Value.Destination.Name] = row;

        var routes = state.Routes.ToBuilder();
        await foreach (var row in config.List<Route>(Id.Value, ConfigKeys.Routes, cancel))
            routes[row.Value.Id] = row;

        var filters = state.IpFilters.ToBuilder();
        await foreach (var row in config.List<IpFilter>(Id.Value, ConfigKeys.IpFilters, cancel))
            filters[row.Value.Address] = row;

        return state with
        {
            Destinations = destinations.ToImmutable(),
            Routes = routes.ToImmutable(),
            IpFilters = filters.ToImmutable(),
        };
    }
}
