using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Calls;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// Empties the node of calls: no new ones begin, those in progress go on until they end or the deadline cuts them, also other nodes' calls with
/// phones of this one. Can be taken back. Thread-safe.
/// </summary>
internal sealed partial class NodeDrain(
    CallTable calls, CarriedCalls carried, IEventLog events, TimeProvider clock, ILogger<NodeDrain> logger) : IDisposable
{
    private const string WhyCut = "The node was drained, and the time for it was over.";
    private const string WhyCutElsewhere = "The node that a party is reached through was drained, and the time for it was over.";

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>How often other nodes are asked for their calls, which costs each of them a look at all of its own.</summary>
    private static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(1);

    /// <summary>What another node gets to end its calls at the deadline; one that does not must not hold up this one's stop.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private const int Unknown = -1;

    private readonly Lock _lock = new();
    private long _asked;
    private volatile int _carried = Unknown;
    private CancellationTokenSource? _watch;
    private volatile bool _isDraining;

    /// <summary>Whether new work is refused; read for every new request.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>When the calls that are left are cut; null for never.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Other nodes' calls with phones of this one, as of a moment ago; null without a drain, and until they are known.</summary>
    public int? Carried => _carried == Unknown ? null : _carried;

    public GatewayPhase Phase => !_isDraining ? GatewayPhase.Open
        : calls.Count > 0 || _carried != 0 ? GatewayPhase.Draining : GatewayPhase.Drained;

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
            (_isDraining, Deadline, _carried) = (false, null, Unknown);
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
            (long? cut, var hasCarried) = (null, false);
            while (await IsOccupied(cut, stop))
            {
                var isDue = deadline <= clock.GetUtcNow();
                // Looked at after the time: a deadline that came when the drain had been taken back cuts nobody.
                stop.ThrowIfCancellationRequested();
                if (isDue && (cut is null || calls.Count > 0))
                    await Cut();
                if (isDue)
                    cut ??= clock.GetTimestamp();
                hasCarried |= _carried > 0;
                // False from a timer that is gone, which would have this go round and round: on the finalizer's thread, if that ended it.
                if (IsOccupied(cut) && !await timer.WaitForNextTickAsync(stop))
                    return;
            }

            // The BYEs of other nodes still have to leave here.
            if (hasCarried && !await timer.WaitForNextTickAsync(stop))
                return;
            // What another node did not end in time is given up.
            Note(0, stop);
            LogEnded();
            Tell(EventType.Information, "The node is drained: no call is left.");
        }
        catch (OperationCanceledException)
        {
            // Taken back, or begun anew with another deadline.
        }
    }

    private async Task<bool> IsOccupied(long? cut, CancellationToken stop)
    {
        await Ask(stop);
        return IsOccupied(cut);
    }

    private bool IsOccupied(long? cut) =>
        calls.Count > 0 || (_carried > 0 && !(cut is { } since && clock.GetElapsedTime(since) >= Farewell));

    private async Task Ask(CancellationToken stop)
    {
        if (_carried != Unknown && clock.GetElapsedTime(_asked) < AskPeriod)
            return;

        _asked = clock.GetTimestamp();
        Note(await carried.Count(), stop);
    }

    private void Note(int count, CancellationToken stop)
    {
        lock (_lock)
        {
            stop.ThrowIfCancellationRequested();
            _carried = count;
        }
    }

    private Task Cut()
    {
        LogCut(calls.Count, _carried);
        return Task.WhenAll(calls.HangUpAll(WhyCut), carried.HangUpAll(WhyCutElsewhere));
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

    [LoggerMessage(4048, LogLevel.Warning, "Drain: the deadline has come, {Calls} calls are ended, and {Carried} of other nodes")]
    private partial void LogCut(int calls, int carried);
}
