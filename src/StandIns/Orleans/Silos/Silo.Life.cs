using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Start, graceful stop and death.</summary>
internal sealed partial class Silo
{
    private readonly Lock _statusLock = new();
    private SiloLifecycle? _lifecycle;
    private volatile SiloStatus _status = SiloStatus.Created;

    public SiloStatus Status => _status;

    public async Task Start(CancellationToken cancel)
    {
        if (!Services.GetServices<IConfigureOptions<DevelopmentClusterMembershipOptions>>().Any())
            throw new OrleansConfigurationException("No clustering is configured. Call UseLocalhostClustering, for example.");

        if (CollectionOptions.CollectionAge <= CollectionOptions.CollectionQuantum)
            throw new OrleansConfigurationException("The collection age must be longer than the collection quantum.");

        GrainClasses.ScanAll();
        _lifecycle = new SiloLifecycle(Log);
        foreach (var participant in Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
            participant.Participate(_lifecycle);

        _lifecycle.Subscribe<Silo>(ServiceLifecycleStage.BecomeActive, _ => BecomeActive(), Leave);
        _cluster = Cluster.Join(_key, this);
        _status = SiloStatus.Joining;
        Log.Embedded(Address);
        try
        {
            await _lifecycle.Start(cancel);
        }
        catch
        {
            Die();
            throw;
        }
    }

    /// <summary>Stops stage by stage; when cancelled, without a word to the grains.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        if (_lifecycle is not null && Status != SiloStatus.Dead)
            await _lifecycle.Stop(cancel);

        Die();
    }

    /// <summary>Ends at once what a crash would end. A second death changes nothing.</summary>
    public void Die()
    {
        lock (_statusLock)
        {
            if (_status == SiloStatus.Dead)
                return;

            _status = SiloStatus.Dead;
        }

        _cluster?.Leave(this);
        foreach (var activation in _activations.Keys)
            activation.Abandon();

        _activations.Clear();
        Outstanding.LoseAll();
    }

    private Task BecomeActive()
    {
        _status = SiloStatus.Active;
        var quantum = CollectionOptions.CollectionQuantum;
        _collector.Change(quantum, quantum);
        return Task.CompletedTask;
    }

    private async Task Leave(CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
            return;

        _status = SiloStatus.ShuttingDown;
        _collector.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating.");
        while (!_activations.IsEmpty && !cancel.IsCancellationRequested)
        {
            var ending = _activations.Keys.Select(activation => activation.End(reason));
            await Task.WhenAll(ending).WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
