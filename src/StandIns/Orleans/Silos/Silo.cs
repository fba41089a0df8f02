using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.Observers;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>One silo: its activations, the calls its code makes, and its life.</summary>
internal sealed partial class Silo : ILocalSiloDetails, IDisposable
{
    private readonly ConcurrentDictionary<Activation, byte> _activations = new();
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _workers = new();
    private readonly SiloMessagingOptions _messaging;
    private readonly ClusterKey _key;
    private Cluster? _cluster;
    private IIncomingGrainCallFilter[]? _filters;

    public Silo(IServiceProvider services, ILogger<Silo> logger)
    {
        Services = services;
        Log = new SiloLog(logger);
        Clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        CollectionOptions = Option<GrainCollectionOptions>();
        _messaging = Option<SiloMessagingOptions>();
        _key = KeyOf(Option<EndpointOptions>(), Option<ClusterOptions>(), Option<DevelopmentClusterMembershipOptions>());
        Name = Option<SiloOptions>().SiloName ?? $"Silo_{Random.Shared.Next(100_000):D5}";
        Address = SiloAddress.New(EndpointOf(Option<EndpointOptions>()), SiloAddress.AllocateNewGeneration());
        Outstanding = new OutstandingCalls(Clock, _messaging.ResponseTimeout, _messaging.CancelRequestOnTimeout);
        References = new GrainReferences(this);
        Observers = new ObserverReferences(this);
        Grains = new ClusterClient(this);
        _collector = Clock.CreateTimer(
            static silo => ((Silo)silo!).CollectIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IServiceProvider Services { get; }

    public SiloLog Log { get; }

    public TimeProvider Clock { get; }

    public GrainCollectionOptions CollectionOptions { get; }

    public OutstandingCalls Outstanding { get; }

    public GrainReferences References { get; }

    public ObserverReferences Observers { get; }

    public ClusterClient Grains { get; }

    public SiloAddress Address { get; }

    public string Name { get; }

    public Cluster Cluster => _cluster ?? throw NotActive();

    public IIncomingGrainCallFilter[] Filters => _filters ??= [.. Services.GetServices<IIncomingGrainCallFilter>()];

    public int ActivationCount => _activations.Count;

    string ILocalSiloDetails.ClusterId => _key.ClusterId;

    string ILocalSiloDetails.DnsHostName => Dns.GetHostName();

    SiloAddress ILocalSiloDetails.SiloAddress => Address;

    SiloAddress? ILocalSiloDetails.GatewayAddress => Option<EndpointOptions>() is { GatewayPort: > 0 } endpoint
        ? SiloAddress.New(Address.Endpoint.Address, endpoint.GatewayPort, Address.Generation)
        : null;

    /// <summary>Sends a call made by this silo's code. What can not be sent fails; what can not be copied throws.</summary>
    public void Send(Call call)
    {
        try
        {
            if (Status == SiloStatus.Dead)
                throw new SiloUnavailableException($"Silo {Address} has stopped.");

            if (!call.Method.IsOneWay)
                Outstanding.Add(call);

            Cluster.Deliver(call);
            call.FollowToken();
        }
        catch (OrleansException error)
        {
            call.Fail(error);
        }
        catch
        {
            Outstanding.Remove(call);
            throw;
        }

        if (call.Method.IsOneWay)
            call.ReleaseCaller();
    }

    public WorkerPool Workers(GrainId id) => _workers.GetOrAdd(id, static (key, silo) => new WorkerPool(key, silo), this);

    /// <summary>Begins an activation here, unless this silo takes none any more.</summary>
    public bool TryAdopt(Activation activation)
    {
        _activations[activation] = 0;
        if (Status != SiloStatus.Active)
        {
            _activations.TryRemove(activation, out _);
            return false;
        }

        activation.Begin();
        return true;
    }

    public void Forget(Activation activation)
    {
        _activations.TryRemove(activation, out _);
        _cluster?.Forget(activation);
        if (_workers.TryGetValue(activation.GrainId, out var workers))
            workers.Forget(activation);
    }

    public void Dispose()
    {
        Die();
        _collector.Dispose();
        Outstanding.Dispose();
    }

    private static IPEndPoint EndpointOf(EndpointOptions options) => options.SiloPort == 0
        ? throw new OrleansConfigurationException($"{nameof(EndpointOptions)}.{nameof(options.SiloPort)} must not be 0.")
        : new(options.AdvertisedIPAddress ?? IPAddress.Loopback, options.SiloPort);

    private static ClusterKey KeyOf(
        EndpointOptions endpoint, ClusterOptions cluster, DevelopmentClusterMembershipOptions membership) =>
        new(membership.PrimarySiloEndpoint ?? EndpointOf(endpoint), cluster.ServiceId, cluster.ClusterId);

    private OrleansException NotActive() => new($"Silo {Address} is not active yet: it is {Status}.");

    private T Option<T>() where T : class => Services.GetRequiredService<IOptions<T>>().Value;
}
