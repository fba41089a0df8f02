using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Calls;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// Empties the node of calls: no new ones begin, those in progress go on until they end or the deadline cuts them. Can be taken back.
/// Thread-safe.
/// </summary>
internal sealed partial class NodeDrain(CallTable calls, IEventLog events, TimeProvider clock, ILogger<NodeDrain> logger) : IDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private CancellationTokenSource? _watch;
    private volatile bool _isDraining;

    /// <summary>Whether new work is refused; read for every new request.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>When the calls that are left are cut; null for never.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    public GatewayPhase Phase => !_isDraining ? GatewayPhase.Open : calls.Count > 0 ? GatewayPhase.Draining : GatewayPhase.Drained;

    /// <summary>Begins, or moves the deadline.</summary>
    /// <returns>Done when no call is left, or the drain was taken back.</returns>
    public Task Begin(DateTimeOffset? deadline)
    {
        lock (_lock)
        {
            StopWatching();
            if (!_isDraining)
                Tell(EventType.Warning, $"The node is being drained: no new calls, {calls.Count} in progress.");
            Deadline = deadline;
            _isDraining = true;
            LogBegun(calls.Count, deadline);
            _watch = new CancellationTokenSource();
            var (timer, stop) = (new PeriodicTimer(LookPeriod, clock), _watch.Token);
            return Task.Run(() => Watch(timer, deadline, stop));
        }
    }

    /// <summary>Takes new calls again.</summary>
    public void TakeBack()
    {
        lock (_lock)
        {
            if (!_isDraining)
                return;

            StopWatching();
            (_isDraining, Deadline) = (false, null);
            LogTakenBack();
            Tell(EventType.Information, "The node takes calls again.");
        }
    }

    public void Dispose()
    {
        lock (_lock)
            StopWatching();
    }

    private async Task Watch(PeriodicTimer timer, DateTimeOffset? deadline, CancellationToken stop)
    {
        using var looks = timer;
        try
        {
            while (calls.Count > 0)
            {
                var isDue = deadline <= clock.GetUtcNow();
                // Looked at after the time: a deadline that came when the drain had been taken back cuts nobody.
                stop.ThrowIfCancellationRequested();
                if (isDue)
                    await Cut();
                // False from a timer that is gone, which would have this go round and round: on the finalizer's thread, if that ended it.
                if (calls.Count > 0 && !await timer.WaitForNextTickAsync(stop))
                    return;
            }

            stop.ThrowIfCancellationRequested();
            LogEnded();
            Tell(EventType.Information, "The node is drained: no call is left.");
        }
        catch (OperationCanceledException)
        {
            // Taken back, or begun anew with another deadline.
        }
    }

    private Task Cut()
    {
        LogCut(calls.Count);
        return calls.HangUpAll("The node was drained, and the time for it was over.");
    }

    private void StopWatching()
    {
        _watch?.Cancel();
        _watch?.Dispose();
        _watch = null;
    }

    private void Tell(EventType type, string message) => events.Write(TenantId.System, type, message);

    [LoggerMessage(4045, LogLevel.Information, "Drain: no new calls, {Calls} in progress, deadline {Deadline}")]
    private partial void LogBegun(int calls, DateTimeOffset? deadline);

    [LoggerMessage(4046, LogLevel.Information, "Drain: taken back, calls are taken again")]
    private partial void LogTakenBack();

    [LoggerMessage(4047, LogLevel.Information, "Drain: no call is left")]
    private partial void LogEnded();

    [LoggerMessage(4048, LogLevel.Warning, "Drain: the deadline has come, {Calls} calls are ended")]
    private partial void LogCut(int calls);
}
