using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Grains.Nodes;

/// <summary>
/// Holds this node's lease from before anything else starts until everything else has stopped, so that no two live
/// processes are the same node of the same storage.
/// </summary>
internal sealed partial class NodeLeaseService(
    INodeLeases leases,
    NodeIdentity node,
    IOptions<NodeOptions> options,
    IHostApplicationLifetime host,
    TimeProvider clock,
    ILogger<NodeLeaseService> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>How long a lease outlives its last renewal.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = Lifetime + TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _renewing = Task.CompletedTask;

    /// <summary>The lease that the last start of this node held; null for the first start.</summary>
    public NodeLease? Predecessor { get; private set; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var known = await leases.List(cancellationToken);
        Predecessor = known.FirstOrDefault(lease => lease.Name == node.Name && lease.Incarnation != node.Incarnation);

        await Take(cancellationToken);
        LogTaken(node.Name, node.Incarnation);
        _renewing = RenewUntilStopped();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _renewing;
        try
        {
            await leases.Release(node, cancellationToken);
        }
        catch (Exception fault)
        {
            // Everything else has stopped well. The lease lapses by itself: a start within that time waits for it.
            LogReleaseFailed(fault, node.Name);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task Take(CancellationToken cancel)
    {
        var deadline = clock.GetUtcNow() + Patience;
        for (var tries = 0; await FindObstacle(cancel) is { } obstacle; tries++)
        {
            if (clock.GetUtcNow() >= deadline)
                throw new StorageInUseException(obstacle);

            if (tries == 0)
                LogWaiting(obstacle);
            await Task.Delay(RetryPeriod, clock, cancel);
        }
    }

    private async Task<string?> FindObstacle(CancellationToken cancel)
    {
        // Two clusters of one process each would both believe themselves the owner of every grain.
        if (options.Value.IsAlone && await leases.FindRival(node, cancel) is { } rival)
            return $"Another live process, node '{rival.Name}', uses this storage, and no clustering is configured. Stop it, or use another storage.";

        return await leases.Renew(node, Lifetime, cancel)
            ? null
            : $"Another live process is the node '{node.Name}' of this storage. Stop it, or give this one another Node:Name.";
    }

    private async Task RenewUntilStopped()
    {
        using var timer = new PeriodicTimer(RenewalPeriod, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                await Renew();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task Renew()
    {
        try
        {
            if (await leases.Renew(node, Lifetime, _stopping.Token))
                return;

            // Two processes that are the same node would answer for each other's calls: the later one stays.
            LogLost(node.Name);
            host.StopApplication();
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The host stops; the lease lapses.
        }
        catch (Exception fault)
        {
            // Cancelled without a stop is a time-out of the storage client's own.
            LogRenewalFailed(fault, node.Name);
        }
    }

    [LoggerMessage(3010, LogLevel.Information, "This is node {Node}, incarnation {Incarnation}")]
    private partial void LogTaken(string node, string incarnation);

    [LoggerMessage(3011, LogLevel.Information, "Waiting: {Obstacle}")]
    private partial void LogWaiting(string obstacle);

    [LoggerMessage(3012, LogLevel.Critical, "The lease of node {Node} was taken by another process; this one stops")]
    private partial void LogLost(string node);

    [LoggerMessage(3014, LogLevel.Warning, "The lease of node {Node} could not be given up; it lapses within seconds")]
    private partial void LogReleaseFailed(Exception fault, string node);

    [LoggerMessage(3013, LogLevel.Warning, "The lease of node {Node} could not be renewed")]
    private partial void LogRenewalFailed(Exception fault, string node);
}
