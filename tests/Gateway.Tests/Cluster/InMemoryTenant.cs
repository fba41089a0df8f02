using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>A tenant and its dial plan; only what gateways ask is there.</summary>
internal sealed class InMemoryTenant(Weather weather, Tenant tenant) : ITenantGrain, IDialPlanGrain
{
    private long _version = 1;

    public Tenant Tenant { get; set; } = tenant;

    public bool IsRemoved { get; set; }

    public List<DestinationTarget> Destinations { get; } = [];

    public List<Route> Routes { get; } = [];

    public List<IpFilter> IpFilters { get; } = [];

    /// <summary>How often a gateway read the tenant.</summary>
    public int Subscriptions { get; private set; }

    public TenantSnapshot Snapshot => new(Tenant, _version);

    public DialPlanSnapshot DialPlan => new(Tenant.Id, _version, [.. Destinations], [.. Routes], [.. IpFilters]);

    /// <summary>News of the tenant as it is now.</summary>
    public TenantNews News()
    {
        _version++;
        return new TenantNews { Tenant = Tenant.Id, Snapshot = Snapshot, DialPlan = DialPlan };
    }

    public Task<Result<TenantSnapshot>> Subscribe(IGatewayObserver gateway)
    {
        Subscriptions++;
        return weather.Answer<Result<TenantSnapshot>>(() => Snapshot);
    }

    public Task<DialPlanSnapshot> GetSnapshot() => weather.Answer(() => DialPlan);

    public Task<Result<Versioned<Tenant>>> Create(NewTenant tenant) => throw new NotSupportedException();

    public Task<Result<Versioned<Tenant>>> Get() => weather.Answer<Result<Versioned<Tenant>>>(
        () => IsRemoved ? Problem.NotFound("There is no such tenant.") : new Versioned<Tenant>(Tenant, "1"));

    public Task<Result<Versioned<Tenant>>> Change(TenantChange change, WriteCondition condition) => throw new NotSupportedException();

    public Task<Result> Delete(WriteCondition condition) => throw new NotSupportedException();

    public Task<Result> SetApiPassword(string? password) => throw new NotSupportedException();

    public Task<bool> CheckApiPassword(string password) => throw new NotSupportedException();

    public Task<Result<NewApiKey>> AddApiKey(string name, Role role) => throw new NotSupportedException();

    public Task<ImmutableArray<ApiKey>> ListApiKeys() => throw new NotSupportedException();

    public Task<Result> RemoveApiKey(string id) => throw new NotSupportedException();

    public Task<ApiKey?> CheckApiKey(string secret) => throw new NotSupportedException();

    public Task<Result<ImmutableArray<Sound>>> SetSound(Sound sound) => throw new NotSupportedException();

    public Task<Result<ImmutableArray<Sound>>> RemoveSound(SoundKind kind) => throw new NotSupportedException();

    public Task Publish(TenantNews news) => throw new NotSupportedException();

    public Task Forget() => throw new NotSupportedException();

    public Task<ImmutableArray<Versioned<Destination>>> ListDestinations() => throw new NotSupportedException();

    public Task<Result<Versioned<Destination>>> SaveDestination(Destination destination, string? password, WriteCondition condition) =>
        throw new NotSupportedException();

    public Task<Result> DeleteDestination(string name, WriteCondition condition) => throw new NotSupportedException();

    public Task<ImmutableArray<Versioned<Route>>> ListRoutes() => throw new NotSupportedException();

    public Task<Result<Versioned<Route>>> SaveRoute(Route route, WriteCondition condition) => throw new NotSupportedException();

    public Task<Result> DeleteRoute(string id, WriteCondition condition) => throw new NotSupportedException();

    public Task<Result> DeleteRoutesByPrefix(string prefix) => throw new NotSupportedException();

    public Task<ImmutableArray<IpFilter>> ListIpFilters() => throw new NotSupportedException();

    public Task<Result> SaveIpFilter(IpFilter filter) => throw new NotSupportedException();

    public Task<Result> DeleteIpFilter(string address) => throw new NotSupportedException();
}
