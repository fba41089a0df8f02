using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;

namespace TekSipCloud.Storage.Events;

/// <summary>
/// Takes the queued events to storage, several at once, until the host stops and the queue is empty. While storage is away they wait; what it
/// goes on refusing is given up, so that it never keeps the others waiting.
/// </summary>
internal sealed partial class EventWriter(EventLog log, TimeProvider clock, ILogger<EventWriter> logger) : BackgroundService
{
    private const int MaxAtOnce = 1_000;

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private List<EventEntry> _taken = [];
    private long? _failingSince;
    private long _reportedDrops;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested && Take() && await TryStore())
        {
        }

        if (_taken.Count + log.Queue.Count is > 0 and var lost)
            LogLost(lost);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_taken.Count > 0 || await log.Queue.WaitToReadAsync(stoppingToken))
            {
                if (Take() && !await TryStore())
                    await Task.Delay(PauseAfterFault, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest.
        }
    }

    /// <summary>What was taken and is not stored yet comes before what is queued.</summary>
    private bool Take()
    {
        while (_taken.Count < MaxAtOnce && log.Queue.TryRead(out var line))
            _taken.Add(line);

        return _taken.Count > 0;
    }

    private async Task<bool> TryStore()
    {
        if (log.Dropped is var dropped && dropped > _reportedDrops)
        {
            LogDropped(dropped - _reportedDrops);
            _reportedDrops = dropped;
        }

        try
        {
            await log.Store(_taken);
        }
        catch (Exception fault)
        {
            return GiveUp(fault);
        }

        Forget();
        return true;
    }

    private bool GiveUp(Exception fault)
    {
        if (_failingSince is null)
            LogWaiting(fault, _taken.Count);

        var since = _failingSince ??= clock.GetTimestamp();
        if (clock.GetElapsedTime(since) < LongestWait)
            return false;

        LogLost(_taken.Count);
        Forget();
        return true;
    }

    private void Forget()
    {
        _taken = [];
        _failingSince = null;
    }

    [LoggerMessage(6010, LogLevel.Warning, "{Count} events were dropped: they came faster than storage takes them")]
    private partial void LogDropped(long count);

    [LoggerMessage(6011, LogLevel.Error, "{Count} events could not be stored and are lost")]
    private partial void LogLost(int count);

    [LoggerMessage(6012, LogLevel.Warning, "{Count} events wait for storage")]
    private partial void LogWaiting(Exception fault, int count);
}
