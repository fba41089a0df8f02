using System.Collections.Concurrent;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The cluster as a gateway sees it, without a silo: one object a grain, answers by <see cref="Weather"/>.</summary>
internal sealed class InMemoryGrains(TimeProvider clock) : IGrainFactory
{
    private readonly ConcurrentDictionary<string, InMemoryTenant> _tenants = new();
    private readonly ConcurrentDictionary<string, InMemoryExtension> _extensions = new();
    private readonly ConcurrentDictionary<string, InMemoryDestination> _destinations = new();

    private readonly ConcurrentDictionary<string, InMemoryGateway> _gateways = new();

    public Weather Weather { get; } = new();

    /// <summary>Whether the doors to other nodes are shut, as after their death.</summary>
    public bool GatewaysAreGone { get; set; }

    public InMemoryGateway Gateway(string node) =>
        _gateways.GetOrAdd(node, _ => new(GatewaysAreGone ? new Weather { IsDown = true } : Weather));

    public IEnumerable<InMemoryTenant> Tenants => _tenants.Values;

    public IEnumerable<InMemoryDestination> Destinations => _destinations.Values;

    /// <summary>The books of the one node whose calls are written here.</summary>
    public InMemoryCallBook Book { get; } = new();

    public InMemoryTenant Add(Tenant tenant) => _tenants[tenant.Id.Value] = new(Weather, tenant);

    public void Remove(TenantId id) => _tenants.TryRemove(id.Value, out _);

    public InMemoryTenant Tenant(TenantId id) => _tenants[id.Value];

    public InMemoryExtension Extension(TenantId tenant, string username) => Extension(new ExtensionKey(tenant, username).ToString());

    public InMemoryDestination Destination(TenantId tenant, string name) =>
        Destination(new DestinationKey(tenant, name).ToString());

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => (TGrainInterface)Find(typeof(TGrainInterface), primaryKey);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        throw new NotSupportedException();

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => (TGrainObserverInterface)obj;

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
    }

    private object Find(Type type, string key) =>
        type == typeof(ITenantGrain) || type == typeof(IDialPlanGrain) ? _tenants[key]
        : type == typeof(IExtensionGrain) ? Extension(key)
        : type == typeof(IDestinationGrain) ? Destination(key)
        : type == typeof(ICallBookGrain) ? Book
        : type == typeof(IGatewayGrain) ? Gateway(key)
        : throw new NotSupportedException(type.Name);

    private InMemoryExtension Extension(string key) => _extensions.GetOrAdd(key, _ => new(Weather, clock, maxBindings: 10));

    private InMemoryDestination Destination(string key) => _destinations.GetOrAdd(key, _ => new(Weather));
}
